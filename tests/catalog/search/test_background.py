"""Work that may never end, and many calls at once."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from huggingnersc_lab.catalog.search import background as module
from huggingnersc_lab.catalog.search.background import Background, each

PATIENCE = 60


class Work:
    """Goes on until it is let go."""

    def __init__(self) -> None:
        self.begun = 0
        self.go_on = threading.Event()
        self.started = threading.Semaphore(0)

    def __call__(self) -> None:
        self.begun += 1
        self.started.release()
        self.go_on.wait(PATIENCE)


class Counted(Background):
    """Tells when a caller has asked for a run, that is, waits for one."""

    def __init__(self, work: Work, name: str) -> None:
        super().__init__(work, name)
        self.asked = threading.Semaphore(0)

    def _begin(self, wanted: int) -> tuple[int, threading.Event]:
        found = super()._begin(wanted)
        self.asked.release()
        return found


@pytest.fixture
def work() -> Iterator[Work]:
    made = Work()
    yield made
    made.go_on.set()


def test_work_is_waited_for(work: Work) -> None:
    work.go_on.set()
    background = Background(work, "name")
    assert background.run(None)
    assert background.run(PATIENCE)
    assert work.begun == 2


def test_it_is_waited_for_no_longer_than_one_may(work: Work) -> None:
    background = Background(work, "name")
    begin = time.monotonic()
    assert not background.run(0.1)
    assert 0.1 <= time.monotonic() - begin < PATIENCE
    assert not background.run(0)
    assert work.begun == 1
    assert background.stalled_for is None


def test_work_that_was_begun_before_is_not_enough(work: Work) -> None:
    """What changed after it began may have been passed over, so that it is done once more."""
    background = Background(work, "name")
    background.run(0)
    assert work.started.acquire(timeout=PATIENCE)
    waiting = threading.Thread(target=background.run, args=(None,))
    waiting.start()
    work.go_on.set()
    waiting.join(PATIENCE)
    assert work.begun == 2


def test_many_who_wait_share_the_work(work: Work) -> None:
    background = Counted(work, "name")
    background.run(0)
    assert work.started.acquire(timeout=PATIENCE)
    assert background.asked.acquire(timeout=PATIENCE)
    finished: list[bool] = []
    threads = [threading.Thread(target=lambda: finished.append(background.run(None))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for _ in threads:
        assert background.asked.acquire(timeout=PATIENCE)
    work.go_on.set()
    for thread in threads:
        thread.join(PATIENCE)
    assert (finished, work.begun) == ([True] * 8, 2)


def test_nobody_waits_for_what_has_stalled(work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    background = Background(work, "name")
    background.run(0)
    monkeypatch.setattr(module, "STALLED_SECONDS", 0.05)
    assert not background.run(None)
    stalled = background.stalled_for
    assert stalled is not None
    assert stalled > 0.05
    begin = time.monotonic()
    assert not background.run(PATIENCE)
    assert time.monotonic() - begin < PATIENCE / 2
    monkeypatch.setattr(module, "STALLED_SECONDS", 10.0)
    background.heartbeat()
    assert background.stalled_for is None
    work.go_on.set()
    assert background.run(None)
    assert background.stalled_for is None


def test_work_that_fails_has_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[object] = []
    monkeypatch.setattr(threading, "excepthook", lambda args: told.append(args.exc_type))

    def fail() -> None:
        raise ValueError

    assert Background(fail, "name").run(None)
    assert told == [ValueError]


def test_the_thread_keeps_no_program_from_ending(work: Work) -> None:
    Background(work, "a name of its own").run(0)
    (thread,) = (its for its in threading.enumerate() if its.name == "a name of its own")
    assert thread.daemon


@pytest.mark.parametrize("count", [0, 1, 32, 33, 48, 100])
@pytest.mark.parametrize("is_slow", [False, True])
def test_each_item_has_its_result_in_its_place(count: int, is_slow: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_SLOW_SECONDS", 0.0 if is_slow else 60.0)
    threads: set[int] = set()
    lives: list[int] = []

    def double(item: int) -> int:
        threads.add(threading.get_ident())
        return 2 * item

    assert list(each(double, range(count), lambda: lives.append(1))) == [2 * item for item in range(count)]
    assert len(lives) == (count if is_slow else min(count, 32))
    assert (len(threads) > 1) == (is_slow and count > 32)
