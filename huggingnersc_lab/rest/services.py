"""What the handlers of one server share: a bounded pool of threads, the workspace, and what the Hub last said."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from huggingnersc_lab.errors import CatalogError, ErrorCode
from huggingnersc_lab.pool import DaemonPool

if TYPE_CHECKING:
    from huggingnersc_lab.account.sign_in import HubAnswer
    from huggingnersc_lab.workspace.workspace import Workspace

T = TypeVar("T")

DISK_SECONDS = 20.0
"""So long a request waits for its files: a mount may hang."""

HUB_SECONDS = 3.0
"""So long a request for the session waits for the Hub; what it says later is told the next time."""

FRESH_SECONDS = 60.0
"""So long the Hub's last answer is good."""

AGAIN_SECONDS = 5.0
"""After so long a Hub that did not answer is asked again."""

_DISK_HANGS: tuple[ErrorCode, str] = ("storage", "a file system may hang")
_HUB_HANGS: tuple[ErrorCode, str] = ("upstream", "the Hub may be out of reach")

_DISK_THREADS = 8
_HUB_THREADS = 2


class Services:
    """Does blocking work away from the event loop.

    Args:
        open_workspace: opens the workspace, at the first need of it.
    """

    def __init__(self, open_workspace: Callable[[], Workspace]) -> None:
        self._open = open_workspace
        self._opening = threading.Lock()
        self._workspace: Workspace | None = None
        self._disk = DaemonPool(_DISK_THREADS, "huggingnersc-disk")
        self._hub = DaemonPool(_HUB_THREADS, "huggingnersc-hub")
        self._asking: asyncio.Future[HubAnswer] | None = None
        self._answer: HubAnswer | None = None
        self._asked_at = float("-inf")

    def workspace(self) -> Workspace:
        """The workspace. Takes its time the first time."""
        with self._opening:
            if self._workspace is None:
                self._workspace = self._open()
            return self._workspace

    async def run(self, work: Callable[[Workspace], T]) -> T:
        """What ``work`` returns; raises ``storage`` when it takes too long, which leaves it working."""
        return await self._within(DISK_SECONDS, self._disk, lambda: work(self.workspace()), _DISK_HANGS)

    async def run_at_hub(self, work: Callable[[Workspace], T]) -> T:
        """:meth:`run` of work that asks the Hub and must not hold up what needs the disk only; raises ``upstream``."""
        return await self._within(DISK_SECONDS, self._hub, lambda: work(self.workspace()), _HUB_HANGS)

    async def hub_answer(self, *, check: bool = False) -> HubAnswer:
        """What the Hub says of the account.

        Args:
            check: ask it even if its last answer is fresh.
        """
        fresh = FRESH_SECONDS if self._answer and self._answer.reachable else AGAIN_SECONDS
        is_stale = self._answer is None or time.monotonic() - self._asked_at > fresh
        if self._asking is None and (check or is_stale):
            loop = asyncio.get_running_loop()
            self._asking = loop.run_in_executor(self._hub, self._ask)
            self._asking.add_done_callback(self._keep)
        if self._asking is not None:
            await asyncio.wait([self._asking], timeout=HUB_SECONDS)
        if self._asking is None and self._answer is not None:
            return self._answer
        known = await self.run(self._known) if self._answer is None else self._answer
        detail = "The Hub has not answered yet. Everything that needs no Hub works; look again in a moment."
        return replace(known, reachable=None, detail=detail)

    def forget_answer(self) -> None:
        """Ask the Hub anew at the next need: another account may be signed in."""
        self._asking = None
        self._answer = None

    def close(self) -> None:
        """Take no more work."""
        self._disk.shutdown(wait=False, cancel_futures=True)
        self._hub.shutdown(wait=False, cancel_futures=True)

    def _ask(self) -> HubAnswer:
        from huggingnersc_lab.account.sign_in import ask_hub

        workspace = self.workspace()
        answer = ask_hub(workspace.catalog.site)
        if workspace.catalog.site.is_practice and answer.url.startswith("http"):
            workspace.practice_url = answer.url
        return answer

    def _keep(self, asked: asyncio.Future[HubAnswer]) -> None:
        if asked is self._asking:  # else somebody has signed in or out since
            self._asking = None
            if not asked.cancelled() and asked.exception() is None:
                self._answer = asked.result()
                self._asked_at = time.monotonic()

    @staticmethod
    def _known(workspace: Workspace) -> HubAnswer:
        from huggingnersc_lab.account.sign_in import known_of

        return known_of(workspace.catalog.site)

    @staticmethod
    async def _within(seconds: float, pool: Executor, work: Callable[[], T], hangs: tuple[ErrorCode, str]) -> T:
        future = asyncio.get_running_loop().run_in_executor(pool, work)
        future.add_done_callback(lambda done: done.cancelled() or done.exception())  # of one nobody waits for any more
        done, _ = await asyncio.wait([future], timeout=seconds)
        if not done:
            code, reason = hangs
            detail = f"There was no answer for {seconds:.0f} seconds: {reason}."
            raise CatalogError(code, f"{detail} What was asked may still be done when it is back; look again then.")
        return future.result()
