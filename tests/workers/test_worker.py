"""One worker process, seen from the one that has work for it."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from huggingnersc_lab.workers import worker as module
from huggingnersc_lab.workers.registry import OPERATIONS
from huggingnersc_lab.workers.worker import Worker, command, exchange, order_of

from .conftest import MORE, PATIENCE, is_gone, wait_until


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Iterator[Worker]:
    """A worker that knows a few more operations."""
    for name, target in MORE.items():
        monkeypatch.setitem(OPERATIONS, name, target)
    made = Worker()
    yield made
    made.kill()
    made.process.wait()


def test_the_step_that_it_is_at_is_known() -> None:
    started = Worker()
    started.order(order_of("access", [["/tmp"]], is_batch=True), ["/tmp"])
    assert not started.is_begun
    started.wait(PATIENCE)
    assert started.is_ready
    assert started.is_begun
    assert started.step == "/tmp"
    started.kill()
    started.process.wait()


def test_one_order_after_the_other(started: Worker) -> None:
    assert not started.is_ready
    for value in (1, "ä"):
        started.order(order_of("echo", [value]), ["/a"])
        assert list(started.pending) == ["/a"]
        assert started.wait(PATIENCE)[-1] == value
        assert (list(started.pending), started.is_ready, started.is_begun) == ([], True, True)


def test_answers_are_of_the_paths_in_their_order(started: Worker, tmp_path: Path) -> None:
    paths = [str(tmp_path), str(tmp_path / "gone")]
    started.order(order_of("access", [paths], is_batch=True), paths)
    found: list[str] = []
    while started.pending:
        for ready in exchange([started], time.monotonic() + PATIENCE):
            found += [path for path, _ in ready.answers()]
    assert found == paths


def test_an_order_that_does_not_fit_into_the_pipe_is_sent_bit_by_bit(started: Worker) -> None:
    content = b"x" * 2_000_000
    started.order(order_of("echo", [content]), ["/a"])
    assert started.has_unsent
    assert started.wait(PATIENCE)[-1] == content
    assert not started.has_unsent


def test_one_that_does_not_answer_in_time(started: Worker) -> None:
    started.order(order_of("echo", [1]), ["/a"])
    started.wait(PATIENCE)
    started.order(order_of("sleep", [600]), ["/a"])
    begin = time.monotonic()
    with pytest.raises(TimeoutError):
        started.wait(0.2)
    assert 0.2 <= time.monotonic() - begin < PATIENCE


def test_a_start_may_take_longer_than_an_answer(started: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    started.since = 100.0
    assert started.deadline(2) == 100 + module.START_SECONDS
    started.is_ready = True
    assert started.deadline(2) == 102
    monkeypatch.setattr(module, "START_SECONDS", 0.0)
    started.is_ready = False
    with pytest.raises(TimeoutError):
        started.wait(600)


def test_one_that_is_gone(started: Worker) -> None:
    started.order(order_of("echo", [1]), ["/a"])
    started.wait(PATIENCE)
    os.kill(started.process.pid, signal.SIGKILL)
    wait_until(lambda: is_gone(started.process.pid))
    started.order(order_of("echo", [b"x" * 1_000_000]), ["/a"])
    assert not started.has_unsent
    with pytest.raises(EOFError):
        started.wait(PATIENCE)


def test_whoever_says_nothing_is_waited_for_no_longer_than_until(started: Worker) -> None:
    started.order(order_of("echo", [1]), ["/a"])
    started.wait(PATIENCE)
    begin = time.monotonic()
    assert exchange([started], begin + 0.1) == []
    assert time.monotonic() - begin >= 0.09
    assert exchange([started], begin - 5) == []
    assert list(started.answers()) == []


def test_a_text_that_no_file_system_can_hold() -> None:
    with pytest.raises(ValueError, match="surrogates"):
        order_of("look", ["/\ud800"])
    with pytest.raises(KeyError):
        order_of("nothing", [])


def test_it_is_our_own_python_without_what_brings_in_modules() -> None:
    start = command()
    assert start[:3] == [sys.executable, "-I", "-S"]
    assert start[3] == f"{start[4]}/huggingnersc_lab/workers/child.py"


def test_where_it_cannot_be_started_nothing_stays_open(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(module, "command", lambda: [str(tmp_path / "no python")])
    before = len(list(Path("/proc/self/fd").iterdir()))
    with pytest.raises(OSError, match="No such file"):
        Worker()
    assert len(list(Path("/proc/self/fd").iterdir())) == before
