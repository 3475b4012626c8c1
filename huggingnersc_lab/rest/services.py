"""The objects shared by the handlers of one server: threads, the workspace, and the Hub's last response."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from huggingnersc_lab.pool import DaemonPool
from huggingnersc_lab.rest.bulkhead import Bulkhead

if TYPE_CHECKING:
    from huggingnersc_lab.account.sign_in import HubAnswer
    from huggingnersc_lab.workspace.workspace import Workspace

T = TypeVar("T")

DISK_SECONDS = 20.0
"""How long a request waits for its files: a mount may hang."""

HUB_SECONDS = 3.0
"""How long a request for the session waits for the Hub; a later response is used the next time."""

FRESH_SECONDS = 60.0
"""How long the Hub's last response is fresh."""

AGAIN_SECONDS = 5.0
"""When to ask a Hub again that did not respond."""

_THREADS = 8
_HUB_THREADS = 2


class Services:
    """Runs blocking work outside the event loop, with separate threads for each kind of work.

    Args:
        open_workspace: opens the workspace when first needed.
    """

    def __init__(self, open_workspace: Callable[[], Workspace]) -> None:
        self._open = open_workspace
        self._opening = threading.Lock()
        self._workspace: Workspace | None = None
        self._own = Bulkhead("huggingnersc-own", _THREADS, "storage", "a file system may hang")
        self._shared = Bulkhead("huggingnersc-shared", _THREADS, "storage", "a shared file system may hang")
        self._hub = Bulkhead("huggingnersc-hub", _HUB_THREADS, "upstream", "the Hub may be out of reach")
        self._account = DaemonPool(_HUB_THREADS, "huggingnersc-account")
        self._asking: asyncio.Future[HubAnswer] | None = None
        self._answer: HubAnswer | None = None
        self._asked_at = float("-inf")

    def workspace(self) -> Workspace:
        """The workspace. Slow the first time."""
        with self._opening:
            if self._workspace is None:
                self._workspace = self._open()
            return self._workspace

    async def run(self, work: Callable[[Workspace], T]) -> T:
        """Run ``work``, which only needs memory and the user's own files.

        Raises:
            CatalogError: ``storage`` if it takes too long; it continues in the background.
        """
        return await self._own.run(lambda: work(self.workspace()), DISK_SECONDS)

    async def run_shared(self, work: Callable[[Workspace], T]) -> T:
        """:meth:`run` for work that may access shared file systems: the catalog's, the data's."""
        return await self._shared.run(lambda: work(self.workspace()), DISK_SECONDS)

    async def run_at_hub(self, work: Callable[[Workspace], T]) -> T:
        """:meth:`run` for work that asks the Hub and no shared file system; raises ``upstream``."""
        return await self._hub.run(lambda: work(self.workspace()), DISK_SECONDS)

    async def hub_answer(self, *, check: bool = False) -> HubAnswer:
        """The Hub's information on the account.

        Args:
            check: ask even if the last response is fresh.
        """
        fresh = FRESH_SECONDS if self._answer and self._answer.reachable else AGAIN_SECONDS
        is_stale = self._answer is None or time.monotonic() - self._asked_at > fresh
        if self._asking is None and (check or is_stale):
            loop = asyncio.get_running_loop()
            self._asking = loop.run_in_executor(self._account, self._ask)
            self._asking.add_done_callback(self._keep)
        if self._asking is not None:
            await asyncio.wait([self._asking], timeout=HUB_SECONDS)
        if self._asking is None and self._answer is not None:
            return self._answer
        known = await self.run(self._known) if self._answer is None else self._answer
        detail = "The Hub has not responded yet. Everything that does not need the Hub works; check again in a moment."
        return replace(known, reachable=None, detail=detail)

    def forget_answer(self) -> None:
        """Ask the Hub again when next needed: another account may be signed in."""
        self._asking = None
        self._answer = None

    def close(self) -> None:
        """Accept no more work."""
        for threads in (self._own, self._shared, self._hub):
            threads.close()
        self._account.shutdown(wait=False, cancel_futures=True)

    def _ask(self) -> HubAnswer:
        from huggingnersc_lab.account.sign_in import ask_hub

        workspace = self.workspace()
        answer = ask_hub(workspace.catalog.site)
        if workspace.catalog.site.is_practice and answer.url.startswith("http"):
            workspace.practice_url = answer.url
        return answer

    def _keep(self, asked: asyncio.Future[HubAnswer]) -> None:
        if asked is self._asking:  # otherwise the user has signed in or out since
            self._asking = None
            if not asked.cancelled() and asked.exception() is None:
                self._answer = asked.result()
                self._asked_at = time.monotonic()

    @staticmethod
    def _known(workspace: Workspace) -> HubAnswer:
        from huggingnersc_lab.account.sign_in import known_of

        return known_of(workspace.catalog.site)
