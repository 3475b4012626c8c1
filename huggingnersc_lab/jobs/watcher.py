"""Notifies listeners of changes, polling the files once for all of them, and not at all if nobody listens."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.jobs.job import Job

SECONDS_BETWEEN_LOOKS = 0.25
"""Polling interval while a job is running."""

SECONDS_BETWEEN_STAMPS = 1.0
"""Interval of checking whether a job was added or removed while none is running."""

SECONDS_OF_TRUST = 15.0
"""When to poll all jobs even if none was added or removed: a file system may be slow to show changes, and a job's
leftovers may be finished by other means."""

MOST_FORGOTTEN = 1000
"""How many removed jobs are remembered, for listeners that reconnect."""


@dataclass(frozen=True)
class Forgotten:
    """A job that was removed from the list.

    Attributes:
        id: 32 hexadecimal digits.
    """

    id: str


Change = Job | Forgotten


class JobWatcher:
    """Numbers the changes of all jobs. Its listeners share one event loop.

    Args:
        look: returns all jobs; called in a thread.
        stamp: a number that changes when a job is added or removed; cheap, called in a thread.
    """

    def __init__(self, look: Callable[[], Sequence[Job]], stamp: Callable[[], int]) -> None:
        self._look = look
        self._stamp = stamp
        # Higher than any number before a restart, so that a listener that reconnects with one of those misses nothing.
        self._number = time.time_ns() // 1_000_000
        self._seen: dict[str, tuple[int, Change]] = {}  # in the order of the numbers
        self._changed: asyncio.Future[None] | None = None
        self._listeners = 0
        self._looking: asyncio.Task[None] | None = None

    async def listen(self, after: int) -> AsyncIterator[tuple[int, Change]]:
        """All events after ``after``, then each change. Only the last state of each job is sent.

        A listener that starts with 0 knows no job yet, and is not sent earlier removals.
        """
        self._listeners += 1
        try:
            if self._looking is None:
                self._looking = asyncio.create_task(self._keep_looking())
            looking, is_new = self._looking, after == 0
            while True:
                changed = self._next_change()
                for number, change in list(self._seen.values()):
                    if number > after:
                        after = number
                        if not (is_new and isinstance(change, Forgotten)):
                            yield number, change
                is_new = is_new and after == 0
                await asyncio.wait((changed, looking), return_when=asyncio.FIRST_COMPLETED)
                if looking.done():
                    looking.result()
        finally:
            self._listeners -= 1
            if self._listeners == 0 and self._looking is not None:
                self._looking.cancel()
                self._looking = self._changed = None

    def _next_change(self) -> asyncio.Future[None]:
        if self._changed is None:
            self._changed = asyncio.get_running_loop().create_future()
        return self._changed

    async def _keep_looking(self) -> None:
        former = -1
        while True:
            stamp, jobs = await asyncio.to_thread(self._look_once)
            if jobs is not None:
                self._compare(jobs)
            await asyncio.sleep(SECONDS_BETWEEN_LOOKS)
            # A folder's time has a coarse resolution: a change right after the stamp may not show in it, so poll twice.
            if jobs is not None and stamp == former and all(job.has_ended for job in jobs):
                await self._wait_for_another(stamp)
            former = stamp

    def _look_once(self) -> tuple[int, Sequence[Job] | None]:
        """The jobs, and the stamp from before; None while the file system hangs: keep the last state."""
        with suppress(CatalogError):
            return self._stamp(), self._look()
        return 0, None

    async def _wait_for_another(self, stamp: int) -> None:
        """Wait until a job may have been added or removed since that stamp."""
        trusted_until = time.monotonic() + SECONDS_OF_TRUST
        while time.monotonic() < trusted_until:
            await asyncio.sleep(SECONDS_BETWEEN_STAMPS)
            if await asyncio.to_thread(self._stamp) != stamp:
                return

    def _compare(self, jobs: Sequence[Job]) -> None:
        """Number the changes, and wake the listeners."""
        before = self._number
        found: dict[str, Change] = {job.id: job for job in reversed(jobs)}
        found |= {job_id: Forgotten(job_id) for job_id in self._seen if job_id not in found}
        for job_id, change in found.items():
            if job_id not in self._seen or self._seen[job_id][1] != change:
                self._number += 1
                self._seen.pop(job_id, None)
                self._seen[job_id] = (self._number, change)
        if self._number == before:
            return
        gone = [job_id for job_id, (_, change) in self._seen.items() if isinstance(change, Forgotten)]
        for job_id in gone[:-MOST_FORGOTTEN]:
            del self._seen[job_id]
        if self._changed is not None:
            self._changed.set_result(None)
            self._changed = None
