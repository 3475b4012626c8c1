"""Separate threads for one kind of work, so that hanging work does not use up the threads of others."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from typing import TypeVar

from huggingnersc_lab.errors import CatalogError, ErrorCode
from huggingnersc_lab.pool import DaemonPool

T = TypeVar("T")

STUCK_SECONDS = 10.0
"""If no thread has finished for this long, and none is free, they hang."""

_TICK_SECONDS = 0.2


class Bulkhead:
    """A bounded number of threads, with error messages for hanging work.

    Args:
        name: prefix of the thread names.
        size: maximum number of threads.
        code: error code if they hang.
        reason: why they may hang, the end of a sentence.
    """

    def __init__(self, name: str, size: int, code: ErrorCode, reason: str) -> None:
        self._pool = DaemonPool(size, name)
        self._size = size
        self._code: ErrorCode = code
        self._reason = reason
        self._counting = threading.Lock()
        self._running = 0
        self._moved_at = time.monotonic()

    async def run(self, work: Callable[[], T], seconds: float) -> T:
        """Run ``work`` in a thread.

        Args:
            work: the function.
            seconds: how long to wait for it. It continues after that, unless no thread became free in time.

        Raises:
            CatalogError: it took too long, or all threads hang.
        """
        if self.is_stuck():
            raise self._stuck()
        future = self._pool.submit(self._counted, work)
        waiter = asyncio.wrap_future(future)
        waiter.add_done_callback(lambda done: done.cancelled() or done.exception())  # if nobody waits for it any more
        end = time.monotonic() + seconds
        while not waiter.done() and (left := end - time.monotonic()) > 0:
            await asyncio.wait([waiter], timeout=left if future.running() else min(left, _TICK_SECONDS))
            if self.is_stuck() and future.cancel():
                raise self._stuck()
        if waiter.done():
            return waiter.result()
        if future.cancel():
            detail = f"No thread was free for {seconds:.0f} seconds: {self._reason}."
            raise CatalogError(self._code, f"{detail} Nothing was done; try again in a minute.")
        detail = f"No response for {seconds:.0f} seconds: {self._reason}."
        raise CatalogError(self._code, f"{detail} The request may still be carried out later; check again then.")

    def is_stuck(self) -> bool:
        """Whether all threads hang. They are free again as soon as what they wait for responds."""
        with self._counting:
            return self._running >= self._size and time.monotonic() - self._moved_at > STUCK_SECONDS

    def close(self) -> None:
        """Accept no more work."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _stuck(self) -> CatalogError:
        detail = f"No thread has become free for {STUCK_SECONDS:.0f} seconds: {self._reason}. Nothing was done."
        return CatalogError(self._code, f"{detail} It will work again as soon as that responds; try again in a minute.")

    def _counted(self, work: Callable[[], T]) -> T:
        self._count(1)
        try:
            return work()
        finally:
            self._count(-1)

    def _count(self, change: int) -> None:
        with self._counting:
            self._running += change
            self._moved_at = time.monotonic()
