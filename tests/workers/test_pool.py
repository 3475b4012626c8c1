"""Workers that are reserved, kept, ended and not waited for."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from huggingnersc_lab.workers import pool as module
from huggingnersc_lab.workers.pool import AT_ONCE, MOST_HELD, WorkerPool

from .conftest import PATIENCE, is_gone, wait_until


@pytest.fixture
def pool() -> Iterator[WorkerPool]:
    made = WorkerPool()
    yield made
    made.close()


def test_so_many_work_at_once(pool: WorkerPool) -> None:
    assert pool.reserve(1, 0) == 1
    assert pool.reserve(AT_ONCE, 0, spare=1) == AT_ONCE - 2
    assert pool.reserve(AT_ONCE, 0, spare=1) == 0
    assert pool.reserve(AT_ONCE, 0) == 1
    assert pool.reserve(1, 0) == 0
    pool.release(2)
    assert pool.reserve(5, 0) == 2


def test_one_that_is_released_is_had_by_who_waits(pool: WorkerPool) -> None:
    pool.reserve(AT_ONCE, 0)
    begin = time.monotonic()
    assert pool.reserve(1, 0.1) == 0
    assert time.monotonic() - begin >= 0.1
    threading.Timer(0.05, pool.release, [1]).start()
    assert pool.reserve(1, PATIENCE) == 1


def test_one_that_is_kept_is_had_again(pool: WorkerPool) -> None:
    first = pool.get()
    assert first is not None
    pool.keep(first)
    assert pool.get() is first
    pool.keep(first)
    first.process.kill()
    first.process.wait()
    second = pool.get()
    assert second is not None
    assert second is not first
    pool.kill(second)
    wait_until(lambda: is_gone(second.process.pid))


def test_somebody_else_does_not_get_it(pool: WorkerPool, monkeypatch: pytest.MonkeyPatch) -> None:
    first = pool.get()
    assert first is not None
    pool.keep(first)
    with monkeypatch.context() as patch:
        patch.setattr(module, "_person", lambda: (os.getpid(), 12345, 12345))
        second = pool.get()
        assert second is not None
        assert second is not first
    pool.kill(first)
    pool.kill(second)


class Held:
    """A process that a file system holds."""

    def __init__(self) -> None:
        self.ended: int | None = None

    def poll(self) -> int | None:
        return self.ended

    def wait(self, seconds: float) -> None:
        if self.ended is None:
            raise module.TimeoutExpired("worker", seconds)


def test_no_more_are_started_than_can_be_held(pool: WorkerPool, monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[Any] = [Held() for _ in range(MOST_HELD)]
    monkeypatch.setattr(pool, "_killed", held)
    assert pool.get() is None
    held[3].ended = 0
    worker = pool.get()
    assert worker is not None
    pool.kill(worker)
    begin = time.monotonic()
    monkeypatch.setattr(module, "_END_SECONDS", 0.1)
    pool.close()  # which does not wait for those
    assert time.monotonic() - begin < PATIENCE


def test_none_can_be_started(pool: WorkerPool, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise OSError("no more processes")

    monkeypatch.setattr(module, "Worker", fail)
    assert pool.get() is None


def test_closing_ends_those_without_work(pool: WorkerPool) -> None:
    worker = pool.get()
    assert worker is not None
    pool.keep(worker)
    pool.close()
    assert worker.process.poll() is not None
