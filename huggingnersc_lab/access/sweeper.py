"""Looks at the data of a whole catalog by and by, while somebody uses the list."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping

from huggingnersc_lab.access.looks import Looks

PAUSE_SECONDS = 15.0
"""Between two sweeps, of which each takes a few seconds at most, so that a file system is left in peace."""

_IDLE_SECONDS = 10.0


class Sweeper:
    """Sweeps in a thread of its own. May be used from any thread.

    Args:
        pause: seconds between two sweeps.
    """

    def __init__(self, pause: float = PAUSE_SECONDS) -> None:
        self._pause = pause
        self._beginning = threading.Lock()
        self._thread: threading.Thread | None = None
        self._not_before = 0.0

    def begin(self, looks: Looks, first: Mapping[str, str]) -> None:
        """Begin a sweep, unless one goes on or has just ended.

        Args:
            looks: what is found.
            first: by nickname, where the data is of the datasets that are seen just now.
        """
        with self._beginning:
            is_busy = self._thread is not None and self._thread.is_alive()
            if not is_busy and time.monotonic() >= self._not_before:
                self._thread = threading.Thread(
                    target=self._sweep, args=(looks, first), name="huggingnersc-sweep", daemon=True
                )
                self._thread.start()

    def _sweep(self, looks: Looks, first: Mapping[str, str]) -> None:
        count = looks.sweep(first)
        self._not_before = time.monotonic() + (self._pause if count else _IDLE_SECONDS)
