"""The practice Hub's server: a thread that serves one storage folder on 127.0.0.1."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import threading
import uuid
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tornado.httpserver import HTTPServer

from huggingnersc_lab.private_files import keep_private

from . import claims
from .accounts import Permissions, Tokens
from .endpoint import Hub
from .hooks import Hooks
from .names import new_name
from .routes import application
from .storage.large import LargeFiles
from .storage.repositories import Repositories
from .storage.xet import Xorbs

if TYPE_CHECKING:
    from typing_extensions import Self

KNOWN = frozenset({"tokens.json", "hub.json", "service", "repos", "moved.json", "staging", "lfs", "xorbs", "clock"})
"""The entries of a practice Hub's folder."""

_HOST = "127.0.0.1"
_MAX_BODY = 1 << 30
_BACKLOG = 128


class PracticeHub:
    """A practice Hub for one storage folder; serves from `start` (or ``with``) to `stop`.

    Args:
        storage: Folder for its data; created if it is missing.
        organization: Name of the practice organization.
        port: TCP port to listen on; 0 for any free one.
        page_size: Maximum number of entries in one page of a list.
        hooks: Hooks into requests and responses; for tests of clients.
    """

    def __init__(
        self,
        storage: Path,
        *,
        organization: str = "NERSC",
        port: int = 0,
        page_size: int = 100,
        hooks: Hooks | None = None,
    ) -> None:
        self.storage = Path(storage)
        self.organization = new_name(organization)
        self.instance = uuid.uuid4().hex
        self.url = ""
        self.tokens: Mapping[str, str] = {}
        """The tokens by role, see `huggingnersc_lab.sandbox.tokens`."""
        self._port = port
        self._page_size = page_size
        self._hooks = hooks or Hooks()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: asyncio.Event | None = None
        self._thread: threading.Thread | None = None
        self._claim = Path()

    def start(self) -> None:
        """Starts to serve.

        Raises:
            AlreadyRunningError: another one serves this storage.
            OSError: the port is taken, or the folder is not writable.
        """
        keep_private(self.storage, KNOWN)
        tokens = Tokens(self.storage)
        listener = self._listen()
        try:
            self.url = f"http://{_HOST}:{listener.getsockname()[1]}"
            self._claim = self._make_claim()
            hub = self._open(tokens)
        except BaseException:
            listener.close()
            raise
        self.tokens = tokens.by_role
        ready = threading.Event()
        self._thread = threading.Thread(
            target=lambda: asyncio.run(self._serve(hub, listener, ready)),
            name="practice-hub",
            daemon=True,
        )
        self._thread.start()
        ready.wait()

    def stop(self) -> None:
        """Stops serving; stored data is kept. Does nothing if it is not serving."""
        if self._thread is None or self._loop is None or self._stop is None:
            return
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()
        self._thread = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()

    def _listen(self) -> socket.socket:
        if self._port == 0 and (last := claims.last_claim(self.storage)) is not None:
            try:  # keeps saved links valid
                return _listen_on(urlsplit(last.url).port or 0)
            except OSError:
                pass
        return _listen_on(self._port)

    def _make_claim(self) -> Path:
        claim = claims.make_claim(self.storage, url=self.url, instance=self.instance, organization=self.organization)
        if claim is None:
            raise AlreadyRunningError(self.storage)
        return claim

    def _open(self, tokens: Tokens) -> Hub:
        """Opens the storage, which we own after claiming it."""
        return Hub(
            instance=self.instance,
            organization=self.organization,
            page_size=self._page_size,
            tokens=tokens,
            permissions=Permissions(self.organization),
            repositories=Repositories(self.storage),
            large_files=LargeFiles(self.storage / "lfs"),
            xorbs=Xorbs(self.storage / "xorbs"),
            hooks=self._hooks,
        )

    async def _serve(self, hub: Hub, listener: socket.socket, ready: threading.Event) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        server = HTTPServer(application(hub), max_body_size=_MAX_BODY, max_buffer_size=_MAX_BODY)
        server.add_socket(listener)
        heartbeat = asyncio.create_task(_touch(self._claim))
        ready.set()
        try:
            await self._stop.wait()
        finally:
            heartbeat.cancel()
            server.stop()
            await server.close_all_connections()
            hub.repositories.close()
            claims.end_claim(self.storage, self._claim)


def _listen_on(port: int) -> socket.socket:
    listener = socket.create_server((_HOST, port), backlog=_BACKLOG)
    listener.setblocking(False)
    return listener


class AlreadyRunningError(Exception):
    """Another server uses this storage folder."""


async def _touch(claim: Path) -> None:
    while True:
        await asyncio.sleep(claims.HEARTBEAT_SECONDS)
        with contextlib.suppress(OSError):  # the folder may have been removed
            os.utime(claim)
