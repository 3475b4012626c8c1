"""Limits the queries to Slurm: one for all jobs, rarely, and less often while Slurm is slow.

A controller serves thousands of users; a well-known workflow engine that queried each job stalled ``sacct`` with 200
jobs. So a query has at most :data:`MOST_IDS` ids, there is at most one every :data:`SECONDS_BETWEEN`, and ids whose
last query is the longest ago come first.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from huggingnersc_lab.jobs.executors.slurm_states import UNKNOWN, Line, are_final

MOST_IDS = 200
"""Maximum number of ids in a query."""

SECONDS_BETWEEN = 10.0
"""Minimum time between two queries, of either command."""

LONGEST_PAUSE = 300.0
"""Maximum pause between two queries, however often they failed."""

TIMES_AS_LONG = 10
"""The pause after a query is at least this many times its duration."""

SECONDS_REMEMBERED = 120.0
"""An id that was not requested for this time is no longer queried."""

LOOKS_BEFORE_UNKNOWN = 2
"""A job is unknown after this many queries without it; one submitted just now may not be listed yet."""

Tool = Literal["squeue", "sacct"]


class SlurmSilentError(Exception):
    """Slurm did not respond, or not in a known format; the message says why."""


class NoAccountingError(Exception):
    """Slurm has no accounting, so ``sacct`` cannot be used."""


Ask = Callable[[Tool, Sequence[str]], Mapping[str, Sequence[Line]]]
"""Queries a command for these ids and returns those that it knows. Raises the two errors above."""


@dataclass
class _Entry:
    """What is known about one id."""

    lines: Sequence[Line] = ()
    wanted_at: float = 0.0
    asked_at: float = float("-inf")
    misses: int = 0
    is_missing: bool = False
    is_settled: bool = False


class SlurmQueries:
    """Keeps Slurm's last answers. Thread-safe.

    Args:
        ask: makes a query.
        clock: monotonic seconds.

    Attributes:
        trouble: why the last query failed; empty if it succeeded.
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
        """Request ids; those that were not requested for a while are dropped."""
        now = self._clock()
        with self._lock:
            for job_id in ids:
                self._entries.setdefault(job_id, _Entry()).wanted_at = now
            for job_id in [key for key, entry in self._entries.items() if now - entry.wanted_at > SECONDS_REMEMBERED]:
                del self._entries[job_id]

    def lines(self, job_id: str) -> Sequence[Line]:
        """The last answer for an id; empty if there is none yet."""
        with self._lock:
            entry = self._entries.get(job_id)
            return () if entry is None else entry.lines

    @property
    def is_due(self) -> bool:
        """Whether :meth:`refresh` would make a query."""
        return self._clock() >= self._next_at and self._choose() is not None

    def refresh(self) -> None:
        """Make one query, if one is due and no other thread is making one."""
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
        """The next query: ``sacct`` for ids that ``squeue`` does not know, alternating with ``squeue`` for the rest."""
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
    """The new lines, and those of ended tasks that are no longer listed."""
    tasks = {line.task for line in lines}
    return (*lines, *(line for line in former if line.task.isdecimal() and line.is_final and line.task not in tasks))
