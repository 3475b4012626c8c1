"""Who can read which path, asked of worker processes, which may hang in our stead (:mod:`huggingnersc_lab.workers`).

What is on a mount that does not answer is ``unknown``, and for a minute without another look.
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
    """Looks at paths. May be used from any thread.

    Args:
        seconds: time limit of one path.
        workers: who looks.
    """

    def __init__(self, workers: Workers, *, seconds: float = SECONDS) -> None:
        self.workers = workers
        self._seconds = seconds

    def look(self, paths: Sequence[str], *, budget: float = WAIT_SECONDS, at_once: int = AT_ONCE) -> dict[str, Access]:
        """Whether this person can read each of the paths, in their order. Never fails.

        Args:
            paths: absolute paths, the most urgent ones first.
            budget: seconds for all of them; what is not looked at by then is ``unknown``.
            at_once: so many processes look at once, at most.
        """
        batch = self.workers.batch("access", paths, seconds=self._seconds, budget=budget, at_once=at_once)
        found = {path: Access(**cast("dict[str, Any]", said)) for path, said in batch.found.items()}
        found |= {path: self._unseen(path, failure) for path, failure in batch.failed.items()}
        return {path: found[path] for path in paths}

    def _unseen(self, path: str, failure: Failure) -> Access:
        if failure == "no_name":
            return Access("missing", path, detail="no name that a file system could hold")
        reasons: dict[Failure, str] = {
            "hung": "the file system has not answered lately",
            "late": f"the file system did not answer within {self._seconds:.0f} seconds",
            "lost": "the process that looked has ended",
            "no_time": "there was no time left to look",
            "no_worker": "no process to look with could be started",
        }
        return Access("unknown", path, detail=reasons[failure])


@cache
def prober() -> Prober:
    """The one of this process."""
    return Prober(workers())


def check_access(path: str) -> Access:
    """Whether this person can read a path; within a few seconds, whatever the file system does."""
    return prober().look([path])[path]


def owner_group(path: str) -> str | None:
    """Name of the Unix group that owns ``path``; None where that cannot be seen or has no name."""
    group = check_access(path).owning_group
    return None if group is None or group.isdecimal() else group
