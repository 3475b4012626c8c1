"""Work that may never finish: runs in its own thread, and callers wait for a limited time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

STALLED_SECONDS = 10.0
"""Work without progress for this long is not waited for."""

_TICK_SECONDS = 0.1
_SLOW_SECONDS = 0.0002
_FIRST = 32
_THREADS = 16

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


class Background:
    """Work done in its own thread, one run at a time. The thread never keeps the program from exiting.

    Args:
        work: the function; it reports progress with :meth:`heartbeat`.
        name: name of the thread.
    """

    def __init__(self, work: Callable[[], object], name: str) -> None:
        self._work = work
        self._name = name
        self._starting = threading.Lock()
        self._begun = 0
        self._done = threading.Event()
        self._done.set()
        self._alive_at = 0.0

    def run(self, seconds: float | None) -> bool:
        """Run the work, started after this call; return whether it has finished. Stalled work is not waited for.

        Args:
            seconds: maximum time to wait; None waits until it has finished or stalls.
        """
        end = None if seconds is None else time.monotonic() + seconds
        wanted = self._begun + 1
        while True:
            begun, done = self._begin(wanted)
            while not done.wait(self._patience(end)):
                if end is not None or self.stalled_for is not None:
                    return False
            if begun >= wanted:
                return True

    def _patience(self, end: float | None) -> float:
        if self.stalled_for is not None:
            return 0.0
        return _TICK_SECONDS if end is None else max(0.0, end - time.monotonic())

    def _begin(self, wanted: int) -> tuple[int, threading.Event]:
        """The current run, or one that is started now: its number and its end event."""
        with self._starting:
            if self._done.is_set() and self._begun < wanted:
                self._done, self._begun = threading.Event(), self._begun + 1
                self.heartbeat()
                threading.Thread(target=self._run, args=(self._done,), name=self._name, daemon=True).start()
            return self._begun, self._done

    def _run(self, done: threading.Event) -> None:
        try:
            self._work()
        finally:
            done.set()

    def heartbeat(self) -> None:
        """Report that the work is making progress."""
        self._alive_at = time.monotonic()

    @property
    def stalled_for(self) -> float | None:
        """Seconds without progress, if more than :data:`STALLED_SECONDS`; otherwise None."""
        silent = time.monotonic() - self._alive_at
        return silent if silent > STALLED_SECONDS and not self._done.is_set() else None


def each(
    function: Callable[[_Item], _Result], items: Sequence[_Item], heartbeat: Callable[[], None]
) -> Iterable[_Result]:
    """Call a function that accesses the file system for each item; with several threads if it is slow."""
    results: list[_Result] = []
    start = time.perf_counter()
    for item in items[:_FIRST]:
        results.append(function(item))
        heartbeat()
    rest = items[_FIRST:]
    if not rest or time.perf_counter() - start < _FIRST * _SLOW_SECONDS:
        return results + [function(item) for item in rest]
    parts: list[list[_Result]] = [[] for _ in range(_THREADS)]

    def work(number: int) -> None:
        for item in rest[number::_THREADS]:
            parts[number].append(function(item))
            heartbeat()

    # Pool threads would keep the program from exiting while the file system does not respond.
    threads = [threading.Thread(target=work, args=(number,), daemon=True) for number in range(_THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    spread: list[_Result] = [part[place] for place in range(len(parts[0])) for part in parts if place < len(part)]
    return results + spread
