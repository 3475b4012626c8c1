"""Checks the data of the whole catalog in the background while somebody uses the list."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping

from huggingnersc_lab.access.cache import AccessCache

PAUSE_SECONDS = 15.0
"""Pause between two sweeps of at most a few seconds each, to keep the load on file systems low."""

_IDLE_SECONDS = 10.0


class Sweeper:
    """Runs sweeps in its own thread. Thread-safe.

    Args:
        pause: seconds between two sweeps.
    """

    def __init__(self, pause: float = PAUSE_SECONDS) -> None:
        self._pause = pause
        self._beginning = threading.Lock()
        self._thread: threading.Thread | None = None
        self._not_before = 0.0

    def begin(self, cache: AccessCache, first: Mapping[str, str]) -> None:
        """Start a sweep, unless one is running or has just ended.

        Args:
            cache: where results are stored.
            first: data paths of the datasets currently visible, by nickname.
        """
        with self._beginning:
            is_busy = self._thread is not None and self._thread.is_alive()
            if not is_busy and time.monotonic() >= self._not_before:
                self._thread = threading.Thread(
                    target=self._sweep, args=(cache, first), name="huggingnersc-sweep", daemon=True
                )
                self._thread.start()

    def _sweep(self, cache: AccessCache, first: Mapping[str, str]) -> None:
        count = cache.sweep(first)
        self._not_before = time.monotonic() + (self._pause if count else _IDLE_SECONDS)
