"""Checks which paths can be read in worker processes, since the calls may hang (:mod:`huggingnersc_lab.workers`).

Paths on a mount that does not respond are ``unknown``, and not checked again for a minute.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, cast

from huggingnersc_lab.access.access import Access
from huggingnersc_lab.workers.batch import Failure
from huggingnersc_lab.workers.calls import SECONDS, WAIT_SECONDS, Workers, workers
from huggingnersc_lab.workers.pool import AT_ONCE


class Prober:
    """Checks paths. Thread-safe.

    Args:
        seconds: time limit per path.
        workers: the worker processes.
    """

    def __init__(self, workers: Workers, *, seconds: float = SECONDS) -> None:
        self.workers = workers
        self._seconds = seconds

    def look(self, paths: Sequence[str], *, budget: float = WAIT_SECONDS, at_once: int = AT_ONCE) -> dict[str, Access]:
        """Whether this user can read each of the paths, in order. Never fails.

        Args:
            paths: absolute paths, most urgent first.
            budget: seconds for all of them; those not checked by then are ``unknown``.
            at_once: maximum number of processes at once.
        """
        batch = self.workers.batch("access", paths, seconds=self._seconds, budget=budget, at_once=at_once)
        found = {path: Access(**cast("dict[str, Any]", said)) for path, said in batch.found.items()}
        found |= {path: self._unseen(path, failure) for path, failure in batch.failed.items()}
        return {path: found[path] for path in paths}

    def _unseen(self, path: str, failure: Failure) -> Access:
        if failure == "no_name":
            return Access("missing", path, detail="not a valid file name")
        reasons: dict[Failure, str] = {
            "hung": "the file system has not responded recently",
            "late": f"the file system did not respond within {self._seconds:.0f} seconds",
            "lost": "the checking process died",
            "no_time": "there was no time left to check",
            "no_worker": "no process could be started for the check",
        }
        return Access("unknown", path, detail=reasons[failure])


@cache
def prober() -> Prober:
    """The shared instance of this process."""
    return Prober(workers())


def check_access(path: str) -> Access:
    """Whether this user can read a path; returns within a few seconds even if the file system hangs."""
    return prober().look([path])[path]


def owner_group(path: str) -> str | None:
    """Name of the Unix group that owns ``path``; None if it cannot be determined or has no name."""
    group = check_access(path).owning_group
    return None if group is None or group.isdecimal() else group
