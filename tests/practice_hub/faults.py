"""What can be made to go wrong with a practice Hub's requests."""

from __future__ import annotations

import asyncio
import fnmatch
import threading
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal, get_args

FaultKind = Literal[
    "too_many_requests", "server_error", "drop_before", "drop_after", "slow", "hold", "truncate", "garbage"
]


@dataclass(frozen=True)
class Fault:
    """One thing that goes wrong with the requests it matches.

    ``too_many_requests`` answers 429 with ``Retry-After`` and ``RateLimit``; ``server_error``
    answers 500; ``drop_before`` closes the connection before the request is looked at;
    ``drop_after`` closes it when all is done and stored, without an answer; ``slow`` waits first;
    ``hold`` waits until :meth:`Faults.release`; ``truncate`` closes it after half of the answer's
    body; ``garbage`` answers 200 with a page that is no JSON, as a proxy in between may.
    """

    kind: FaultKind
    method: str = "*"
    """HTTP method, ``*`` for any."""
    path: str = "*"
    """Glob over the undecoded path without the query (``*/commit/*``); ``*`` takes slashes too."""
    count: int | None = 1
    """How many requests it hits before it is used up; None for always."""
    retry_after: int = 1
    """For ``too_many_requests``: the header's value in seconds."""
    seconds: float = 1.0
    """For ``slow``: how long to wait."""

    def matches(self, method: str, path: str) -> bool:
        """Whether it hits this request."""
        return self.method in ("*", method) and fnmatch.fnmatchcase(path, self.path)


class Faults:
    """The faults that are switched on. May be used from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._active: list[Fault] = []
        self.latency = 0.0
        """Seconds that every request takes longer, apart from all faults."""
        self._held = 0
        self._releases = 0

    @property
    def held(self) -> int:
        """How many requests are being held."""
        with self._lock:
            return self._held

    def release(self) -> None:
        """Lets the requests go on that are being held."""
        with self._lock:
            self._releases += 1

    async def hold(self) -> None:
        """Waits until the next :meth:`release` or :meth:`clear`."""
        with self._lock:
            self._held += 1
            before = self._releases
        try:
            while self._releases == before:  # noqa: ASYNC110 - which other threads count
                await asyncio.sleep(0.005)
        finally:
            with self._lock:
                self._held -= 1

    def add(self, kind: FaultKind, **options: Any) -> None:
        """Switches a fault on; `options` are the other fields of `Fault`.

        Raises:
            ValueError: there is no such kind or option.
        """
        if kind not in get_args(FaultKind):
            raise ValueError(f"unknown kind of fault {kind!r}; there are {', '.join(get_args(FaultKind))}")
        try:
            fault = Fault(kind, **options)
        except TypeError as error:
            raise ValueError(str(error)) from error
        with self._lock:
            self._active.append(fault)

    def clear(self) -> None:
        """Switches every fault and the latency off, and lets go what is being held."""
        self.release()
        with self._lock:
            self._active.clear()
            self.latency = 0.0

    def take(self, method: str, path: str) -> Fault | None:
        """The first fault that hits this request; it has then been used once more."""
        with self._lock:
            for place, fault in enumerate(self._active):
                if not fault.matches(method, path):
                    continue
                if fault.count is not None:
                    if fault.count > 1:
                        self._active[place] = replace(fault, count=fault.count - 1)
                    else:
                        del self._active[place]
                return fault
        return None

    def to_list(self) -> list[dict[str, Any]]:
        """The faults that are switched on, as JSON."""
        with self._lock:
            return [asdict(fault) for fault in self._active]
