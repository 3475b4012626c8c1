"""Many paths at once, with workers that do as they are told."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from huggingnersc_lab.workers import batch as module
from huggingnersc_lab.workers.batch import CHUNK, Batch
from huggingnersc_lab.workers.mounts import Hung
from huggingnersc_lab.workers.outcome import outcome_of
from huggingnersc_lab.workers.wire import Inbox


class StubWorker:
    """Answers for each path in capitals; dies over ``/deadly`` and hangs at ``/hang``."""

    def __init__(self) -> None:
        self.pending: deque[str] = deque()
        self.given: list[list[str]] = []
        self.is_ready = True
        self.process = None
        self.since = 0.0

    step = None

    def order(self, _message: bytes, paths: Sequence[str]) -> None:
        self.given.append(list(paths))
        self.pending.extend(paths)
        self.since = time.monotonic()

    def answers(self) -> Iterator[tuple[str, list[object]]]:
        while self.pending:
            if self.pending[0] == "/deadly":
                raise EOFError
            if self.pending[0] == "/hang":
                return
            path = self.pending.popleft()
            yield path, next(iter(Inbox().add(outcome_of(path.upper))))

    def deadline(self, seconds: float) -> float:
        return self.since + seconds


class StubPool:
    """Gives such workers; none after so many."""

    def __init__(self, most: int = 100) -> None:
        self.most = most
        self.made: list[StubWorker] = []
        self.kept: list[Any] = []
        self.killed: list[Any] = []

    def get(self) -> Any:
        if len(self.made) == self.most:
            return None
        self.made.append(StubWorker())
        return self.made[-1]

    def keep(self, worker: Any) -> None:
        self.kept.append(worker)

    def kill(self, worker: Any) -> None:
        self.killed.append(worker)


@pytest.fixture(autouse=True)
def _stub_exchange(monkeypatch: pytest.MonkeyPatch) -> None:
    def exchange(workers: Sequence[Any], until: float) -> list[Any]:
        ready = [worker for worker in workers if worker.pending and worker.pending[0] != "/hang"]
        if not ready:
            time.sleep(max(0.0, until - time.monotonic()) + 0.005)
        return ready

    monkeypatch.setattr(module, "exchange", exchange)


def run(paths: Sequence[str], pool: StubPool, hung: Hung | None = None, *, budget: float = 30, count: int = 2) -> Batch:
    end = time.monotonic() + budget
    made = Batch("look", [], paths, pool, hung or Hung(60), seconds=0.05, end=end)  # type: ignore[arg-type]
    made.run(count)
    return made


def test_every_path_is_asked_once() -> None:
    pool = StubPool()
    done = run(["/b", "/a", "/b"], pool)
    assert done.found == {"/b": "/B", "/a": "/A"}
    assert (done.failed, pool.made[0].given, len(pool.kept)) == ({}, [["/b", "/a"]], 1)


def test_chunks_go_to_as_many_workers_as_may_work() -> None:
    pool = StubPool()
    paths = [f"/{number}" for number in range(2 * CHUNK + 1)]
    assert len(run(paths, pool).found) == len(paths)
    assert [len(given) for worker in pool.made for given in worker.given] == [CHUNK, CHUNK, 1]
    assert run(["/a"], pool, count=0).failed == {"/a": "no_time"}


def test_what_is_no_name_or_hung_before_is_not_asked() -> None:
    hung, pool = Hung(60), StubPool()
    hung.add("/dead/a", "/dead/a", None)  # type: ignore[arg-type]
    done = run(["/dead/a", "/\ud800", "/a"], pool, hung)
    assert done.failed == {"/dead/a": "hung", "/\ud800": "no_name"}
    assert pool.made[0].given == [["/a"]]


def test_where_no_worker_is_to_be_had() -> None:
    assert run(["/a"], StubPool(0)).failed == {"/a": "no_worker"}


def test_what_ends_a_worker_twice_is_lost_and_the_rest_is_asked() -> None:
    pool = StubPool()
    done = run(["/a", "/deadly", "/b"], pool)
    assert (done.found, done.failed) == ({"/a": "/A", "/b": "/B"}, {"/deadly": "lost"})
    assert len(pool.killed) == 2
    assert [worker.given for worker in pool.made][:2] == [[["/a", "/deadly", "/b"]], [["/deadly", "/b"]]]


def test_what_hangs_is_late_and_left_alone_and_the_rest_is_asked() -> None:
    pool, hung = StubPool(), Hung(60)
    done = run(["/a", "/hang", "/b"], pool, hung)
    assert (done.found, done.failed) == ({"/a": "/A", "/b": "/B"}, {"/hang": "late"})
    assert "/hang" in hung
    assert len(pool.killed) == 1


def test_a_worker_that_does_not_start_says_nothing_of_the_path() -> None:
    pool, hung = StubPool(), Hung(60)
    real = pool.get

    def get() -> Any:
        worker = real()
        worker.is_ready = False
        return worker

    pool.get = get  # type: ignore[method-assign]
    assert run(["/hang"], pool, hung).failed == {"/hang": "late"}
    assert "/hang" not in hung


def test_what_nobody_has_time_for() -> None:
    pool = StubPool()
    done = run(["/hang", "/b"], pool, budget=0.01)
    assert done.failed in ({"/hang": "no_time", "/b": "no_time"}, {"/hang": "late", "/b": "no_time"})
    assert len(pool.killed) == 1
