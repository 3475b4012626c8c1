"""A stall of a few seconds costs no minute."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from huggingnersc_lab.workers import recheck
from huggingnersc_lab.workers.calls import UnansweredError, Workers
from huggingnersc_lab.workers.mounts import Hung
from huggingnersc_lab.workers.recheck import Recheck

from .conftest import PATIENCE, wait_until


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recheck, "PAUSES", (0.1, 0.1, 0.1))


def test_what_answers_again_is_asked_again(workers: Workers, tmp_path: Path) -> None:
    path = str(tmp_path)
    workers.call("look", path, path=path)
    (idle,) = workers.pool._idle
    os.kill(idle.process.pid, signal.SIGSTOP)
    with pytest.raises(UnansweredError):
        workers.call("look", path, path=path, seconds=0.1)
    begin = time.monotonic()
    wait_until(lambda: path not in workers.hung)
    assert time.monotonic() - begin < PATIENCE < 60
    assert workers.call("look", path, path=path)


def test_a_place_is_tried_a_few_times_by_one_thread(workers: Workers) -> None:
    tried: list[str] = []
    hung = Hung(60)
    trying = Recheck(hung, lambda place: bool(tried.append(place)))
    hung.add("/hung/a", None)
    for _ in range(5):
        trying.begin("/hung/a", "/hung/a")
    wait_until(lambda: not trying._places)
    assert tried == ["/hung/a"] * 3
    assert "/hung/a" in hung
    trying.begin("/hung/a", "/hung/a")  # it hung once more
    wait_until(lambda: not trying._places)
    assert len(tried) == 6


def test_what_is_forgotten_meanwhile_is_not_tried() -> None:
    trying = Recheck(Hung(60), lambda _: pytest.fail("it was tried"))
    trying.begin("/hung", "/hung")
    wait_until(lambda: not trying._places)


def test_nothing_is_tried_after_the_end(workers: Workers, tmp_path: Path) -> None:
    workers.hung.add(str(tmp_path), None)
    workers.close()
    time.sleep(0.5)
    assert workers.pool._idle == []


def test_a_try_takes_no_worker_that_a_call_needs(workers: Workers, tmp_path: Path) -> None:
    taken = workers.pool.reserve(3, 0)
    assert not workers._answers(str(tmp_path))
    workers.pool.release(taken)
    assert workers._answers(str(tmp_path))
