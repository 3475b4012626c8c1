"""Probes what hung, so that a stall of a few seconds does not cost a minute."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from huggingnersc_lab.workers.mounts import Hung

PAUSES = (5.0, 10.0, 15.0)
"""Seconds before each probe. After the last one, the next call is the probe."""


class Recheck:
    """Probes each hanging place a few times, in its own thread.

    Args:
        hung: what hung; places that respond again are removed from it.
        answers: whether a path responds; may take a few seconds.
    """

    def __init__(self, hung: Hung, answers: Callable[[str], bool]) -> None:
        self._hung = hung
        self._answers = answers
        self._lock = threading.Lock()
        self._places: set[str] = set()

    def begin(self, point: str, place: str) -> None:
        """Start probing a place, unless its mount is already being probed.

        Args:
            point: what is skipped, a mount or a path.
            place: the path that did not respond.
        """
        with self._lock:
            if point in self._places:
                return
            self._places.add(point)
        name = "huggingnersc-recheck"
        threading.Thread(target=self._run, args=(point, place), name=name, daemon=True).start()

    def _run(self, point: str, place: str) -> None:
        try:
            for pause in PAUSES:
                time.sleep(pause)
                if place not in self._hung:
                    return
                if self._answers(place):
                    self._hung.forget(point)
                    return
        finally:
            with self._lock:
                self._places.discard(point)
