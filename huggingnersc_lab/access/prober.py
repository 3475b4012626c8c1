"""Who can read which path, asked of processes that may hang in our stead.

A call to a file system that does not answer cannot be given up: it takes its thread, and at last its process, with
it. So helper processes look. One that does not answer in time is killed and replaced, and what is on the same mount
is ``unknown`` for a minute without another look.
"""

from __future__ import annotations

import atexit
import time
from collections.abc import Sequence
from functools import cache

from huggingnersc_lab.access.access import Access
from huggingnersc_lab.access.errand import CHUNK, Errand
from huggingnersc_lab.access.helpers import AT_ONCE, Helpers
from huggingnersc_lab.access.mounts import Hung

SECONDS = 2.0
"""So long a look at one path may take."""

BUDGET_SECONDS = 8.0
"""So long all looks of one call may take."""

HUNG_SECONDS = 60.0
"""So long what hung is left alone."""


class Prober:
    """Looks at paths in processes of its own, which start with the first look. May be used from any thread.

    Args:
        seconds: time limit of one path.
        hung_seconds: so long what hung is left alone.
    """

    def __init__(self, *, seconds: float = SECONDS, hung_seconds: float = HUNG_SECONDS) -> None:
        self._seconds = seconds
        self._hung = Hung(hung_seconds)
        self._helpers = Helpers()

    def look(
        self, paths: Sequence[str], *, budget: float = BUDGET_SECONDS, at_once: int = AT_ONCE
    ) -> dict[str, Access]:
        """Whether this person can read each of the paths, in their order. Never fails.

        Args:
            paths: absolute paths, the most urgent ones first.
            budget: seconds for all of them; what is not looked at by then is ``unknown``.
            at_once: so many processes look at once, at most.
        """
        end = time.monotonic() + budget
        errand = Errand(paths, self._helpers, self._hung, seconds=self._seconds, end=end)
        wanted = min(at_once, -(-len(errand.waiting) // CHUNK))
        reserved = self._helpers.reserve(wanted, budget) if wanted else 0
        try:
            errand.run(reserved)
        finally:
            self._helpers.release(reserved)
        return {path: errand.found[path] for path in paths}

    def close(self) -> None:
        """End the processes; the next look starts others."""
        self._helpers.close()


@cache
def prober() -> Prober:
    """The one of this process."""
    shared = Prober()
    atexit.register(shared.close)
    return shared


def check_access(path: str) -> Access:
    """Whether this person can read a path; within a few seconds, whatever the file system does."""
    return prober().look([path])[path]


def owner_group(path: str) -> str | None:
    """Name of the Unix group that owns ``path``; None where that cannot be seen or has no name."""
    group = check_access(path).owning_group
    return None if group is None or group.isdecimal() else group
