"""Sweeps by and by: one at a time, with a pause after each."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import cast

import pytest

from huggingnersc_lab.access import sweeper as module
from huggingnersc_lab.access.cache import AccessCache
from huggingnersc_lab.access.sweeper import Sweeper


class StubCache:
    """Takes as long for a sweep as it is told, and says how many data it has looked at."""

    def __init__(self, count: int = 1) -> None:
        self.count = count
        self.asked: list[Mapping[str, str]] = []
        self.go_on = threading.Event()
        self.go_on.set()

    def sweep(self, first: Mapping[str, str]) -> int:
        self.asked.append(first)
        self.go_on.wait(60)
        return self.count


class Clock:
    """Takes the place of ``time``."""

    now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(module, "time", made)
    return made


def begin(sweeper: Sweeper, cache: StubCache, *, wait: bool = True, **first: str) -> None:
    sweeper.begin(cast("AccessCache", cache), first)
    if wait and sweeper._thread is not None:
        sweeper._thread.join(60)


@pytest.mark.usefixtures("clock")
def test_one_sweep_at_a_time() -> None:
    cache, sweeper = StubCache(), Sweeper()
    cache.go_on.clear()
    begin(sweeper, cache, wait=False, a="/a")
    begin(sweeper, cache, wait=False, b="/b")
    cache.go_on.set()
    assert sweeper._thread is not None
    sweeper._thread.join(60)
    assert cache.asked == [{"a": "/a"}]
    assert sweeper._thread.daemon


@pytest.mark.parametrize(("count", "pause"), [(1, 15), (0, 10)])
def test_a_pause_after_it(count: int, pause: float, clock: Clock) -> None:
    cache, sweeper = StubCache(count), Sweeper()
    begin(sweeper, cache)
    clock.now += pause - 0.1
    begin(sweeper, cache)
    assert len(cache.asked) == 1
    clock.now += 0.1
    begin(sweeper, cache)
    assert len(cache.asked) == 2


def test_a_pause_of_ones_own(clock: Clock) -> None:
    cache, sweeper = StubCache(), Sweeper(pause=3600)
    begin(sweeper, cache)
    clock.now += 3599
    begin(sweeper, cache)
    assert len(cache.asked) == 1
