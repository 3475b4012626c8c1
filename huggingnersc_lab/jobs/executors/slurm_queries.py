"""How often Slurm is asked: one query for all jobs, rarely, and less often when it is slow.

A controller serves thousands of people; a well-known engine that asked for each of its jobs brought ``sacct`` to a halt
at 200 jobs. So a query is for :data:`MOST_IDS` jobs at most, one is made in :data:`SECONDS_BETWEEN` at most, and those
that were not asked for the longest time come first.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from huggingnersc_lab.jobs.executors.slurm_states import UNKNOWN, Line, are_final

MOST_IDS = 200
"""So many ids a query has at most."""

SECONDS_BETWEEN = 10.0
"""At most one query is made in so many seconds, of whichever command."""

LONGEST_PAUSE = 300.0
"""Between two queries no more than this, however often they failed."""

TIMES_AS_LONG = 10
"""The pause after a query is so many times as long as that took."""

SECONDS_REMEMBERED = 120.0
"""An id that nobody has named for so long is not asked for any more."""

LOOKS_BEFORE_UNKNOWN = 2
"""A job is unknown when so many queries in turn did not have it: one that was handed in just now may not show yet."""

Tool = Literal["squeue", "sacct"]


class SlurmSilentError(Exception):
    """Slurm did not answer, or not in a way that can be read; the text says why."""


class NoAccountingError(Exception):
    """There is no accounting, so ``sacct`` knows nothing."""


Ask = Callable[[Tool, Sequence[str]], Mapping[str, Sequence[Line]]]
"""Asks a command for these ids; what it does not know is left out. Raises the two errors above."""


@dataclass
class _Entry:
    """What is known of one id."""

    lines: Sequence[Line] = ()
    wanted_at: float = 0.0
    asked_at: float = float("-inf")
    misses: int = 0
    is_missing: bool = False
    is_settled: bool = False


class SlurmQueries:
    """Keeps what Slurm said last. May be used from any thread.

    Args:
        ask: makes a query.
        clock: seconds, monotonic.

    Attributes:
        trouble: why the last queries failed; empty when the last one did not.
    """

    def __init__(self, ask: Ask, clock: Callable[[], float] = time.monotonic) -> None:
        self._ask = ask
        self._clock = clock
        self._entries: dict[str, _Entry] = {}
        self._lock = threading.Lock()
        self._asking = threading.Lock()
        self._next_at = float("-inf")
        self._failures = 0
        self._last_tool: Tool = "sacct"
        self._has_accounting = True
        self.trouble = ""

    def want(self, ids: Collection[str]) -> None:
        """Say which ids somebody wants to know of; those that nobody has named for a while are forgotten."""
        now = self._clock()
        with self._lock:
            for job_id in ids:
                self._entries.setdefault(job_id, _Entry()).wanted_at = now
            for job_id in [key for key, entry in self._entries.items() if now - entry.wanted_at > SECONDS_REMEMBERED]:
                del self._entries[job_id]

    def lines(self, job_id: str) -> Sequence[Line]:
        """What was said of an id last; nothing where it was not asked for yet."""
        with self._lock:
            entry = self._entries.get(job_id)
            return () if entry is None else entry.lines

    @property
    def is_due(self) -> bool:
        """Whether :meth:`refresh` would make a query."""
        return self._clock() >= self._next_at and self._choose() is not None

    def refresh(self) -> None:
        """Make one query, if one is due and nobody else is at it."""
        if not self._asking.acquire(blocking=False):
            return
        try:
            chosen = self._choose()
            began = self._clock()
            if chosen is None or began < self._next_at:
                return
            tool, ids = chosen
            pause = SECONDS_BETWEEN
            try:
                self._take(tool, ids, self._ask(tool, ids), began)
                self._failures, self.trouble = 0, ""
            except NoAccountingError:
                self._has_accounting = False
                self._take(tool, ids, {}, began)
            except SlurmSilentError as err:
                self._failures += 1
                self.trouble = str(err)
                pause = SECONDS_BETWEEN * 2**self._failures
            ended = self._clock()
            self._last_tool = tool
            rest = min(TIMES_AS_LONG * (ended - began), LONGEST_PAUSE)
            self._next_at = max(began + min(pause, LONGEST_PAUSE), ended + rest)
        finally:
            self._asking.release()

    def _choose(self) -> tuple[Tool, list[str]] | None:
        """What to ask next: ``sacct`` for what ``squeue`` does not know, in turns with ``squeue`` for the rest."""
        with self._lock:
            asked_at = {job_id: entry.asked_at for job_id, entry in self._entries.items() if not entry.is_settled}
            missing = [job_id for job_id in asked_at if self._entries[job_id].is_missing and self._has_accounting]
            waiting = [job_id for job_id in asked_at if job_id not in set(missing)]
        if missing and (self._last_tool == "squeue" or not waiting):
            return "sacct", sorted(missing, key=asked_at.__getitem__)[:MOST_IDS]
        if waiting:
            return "squeue", sorted(waiting, key=asked_at.__getitem__)[:MOST_IDS]
        return None

    def _take(self, tool: Tool, ids: Sequence[str], found: Mapping[str, Sequence[Line]], now: float) -> None:
        is_last = tool == "sacct" or not self._has_accounting
        with self._lock:
            for job_id in ids:
                entry = self._entries.get(job_id)
                if entry is None:
                    continue
                entry.asked_at = now
                lines = found.get(job_id)
                if lines:
                    entry.lines, entry.misses, entry.is_missing = _joined(lines, entry.lines), 0, False
                    entry.is_settled = are_final(lines)
                    continue
                entry.is_missing = tool == "squeue" and self._has_accounting
                entry.misses += is_last
                if entry.misses >= LOOKS_BEFORE_UNKNOWN:
                    entry.lines, entry.is_settled = (Line("", UNKNOWN),), True


def _joined(lines: Sequence[Line], former: Sequence[Line]) -> Sequence[Line]:
    """The new lines, and those of tasks that ended before and are not listed any more."""
    tasks = {line.task for line in lines}
    return (*lines, *(line for line in former if line.task.isdecimal() and line.is_final and line.task not in tasks))
