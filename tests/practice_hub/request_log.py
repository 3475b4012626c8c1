"""What was asked of a practice Hub."""

from __future__ import annotations

import threading
from dataclasses import dataclass


@dataclass(frozen=True)
class LoggedRequest:
    """One request that was answered."""

    method: str
    path: str
    """The undecoded path without the query."""
    query: str
    status: int
    """The status sent; 0 if the connection was dropped instead."""


class RequestLog:
    """Every request but those to ``/practice/``, in the order of their answers.

    May be used from any thread.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._requests: list[LoggedRequest] = []

    def append(self, request: LoggedRequest) -> None:
        """Notes one."""
        with self._lock:
            self._requests.append(request)

    def clear(self) -> None:
        """Forgets all."""
        with self._lock:
            self._requests.clear()

    def to_list(self) -> list[LoggedRequest]:
        """What has been noted so far."""
        with self._lock:
            return list(self._requests)
