"""Telling many listeners of changes, with one look at the files for all of them and none when nobody listens."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import suppress

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.jobs.model import Job

SECONDS_BETWEEN_LOOKS = 0.25


class Watch:
    """Numbers the changes of all jobs. Its listeners share one event loop.

    Args:
        look: gives all jobs; called in a thread.
    """

    def __init__(self, look: Callable[[], Sequence[Job]]) -> None:
        self._look = look
        # Higher than any number before a restart, so that who comes back with one of those misses nothing.
        self._number = time.time_ns() // 1_000_000
        self._seen: dict[str, tuple[int, Job]] = {}
        self._changed: asyncio.Future[None] | None = None
        self._listeners = 0
        self._looking: asyncio.Task[None] | None = None

    async def listen(self, after: int) -> AsyncIterator[tuple[int, Job]]:
        """What is numbered higher than ``after``, and then each change. The last state of a job stands for all."""
        self._listeners += 1
        try:
            if self._looking is None:
                self._looking = asyncio.create_task(self._keep_looking())
            looking = self._looking
            while True:
                changed = self._next_change()
                for number, job in sorted(self._seen.values(), key=lambda item: item[0]):
                    if number > after:
                        yield number, job
                        after = number
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
        while True:
            # A file system that hangs or is gone: what was seen stands until it is back.
            with suppress(CatalogError):
                self._compare(await asyncio.to_thread(self._look))
            await asyncio.sleep(SECONDS_BETWEEN_LOOKS)

    def _compare(self, jobs: Sequence[Job]) -> None:
        """Number what is new, and wake the listeners."""
        before = self._number
        for job in reversed(jobs):
            former = self._seen.get(job.id)
            if former is None or former[1] != job:
                self._number += 1
                self._seen[job.id] = (self._number, job)
        self._seen = {job.id: self._seen[job.id] for job in jobs}
        if self._number != before and self._changed is not None:
            self._changed.set_result(None)
            self._changed = None
