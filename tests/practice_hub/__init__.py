"""The practice Hub as tests of clients need it: it fails on purpose, and tells what was asked of it.

None of this is installed: it stands on :class:`huggingnersc_lab.sandbox.hooks.Hooks`. The browser tests, which are no
Python, reach it over HTTP (``control.py``).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from huggingnersc_lab.sandbox import PracticeHub

from .faults import Fault, Faults
from .hooks import FaultyHooks
from .request_log import LoggedRequest

__all__ = ["Fault", "Faults", "FaultyHub", "LoggedRequest"]


class FaultyHub(PracticeHub):
    """A practice Hub with faults, a log of its requests, and odd rows.

    Attributes:
        faults: what goes wrong.
        odd_rows: what stands in the list of datasets behind all others, as it is.
    """

    faults: Faults
    odd_rows: list[Any]

    def __init__(self, storage: Path, **options: Any) -> None:
        self._faulty = FaultyHooks()
        self.faults, self.odd_rows = self._faulty.faults, self._faulty.odd_rows
        super().__init__(storage, hooks=self._faulty, **options)

    @property
    def requests(self) -> list[LoggedRequest]:
        """The requests so far, without those to ``/practice/``."""
        return self._faulty.log.to_list()

    def clear_requests(self) -> None:
        """Forget the requests so far."""
        self._faulty.log.clear()
