"""A server between client and practice Hub that can misbehave in every way: wrong answers, silence, drops, drips."""

from __future__ import annotations

import contextlib
import http.client
import json
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import urlsplit

_HOP = frozenset({"connection", "transfer-encoding", "keep-alive", "content-length"})


@dataclass(frozen=True)
class Seen:
    """A request and its number, from 1."""

    number: int
    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Act:
    """What is done with a request.

    Attributes:
        kind: ``pass`` it on; ``reply`` at once; ``rewrite`` the answer; ``drop`` the connection; pass it on and
            ``lose`` the answer; ``hang`` without passing it on; pass it on and then hang (``lose_hang``); be ``down``:
            nothing listens any more; ``raw`` bytes.
        pause: seconds before it is passed on, or before each piece.
    """

    kind: str = "pass"
    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    pieces: Callable[[], Iterator[bytes]] | None = None
    pause: float = 0.0
    change: Callable[[bytes], bytes] | None = None


PASS = Act()


class Between:
    """Serves until it is closed; ``rule`` says what is done with each request.

    Attributes:
        url: its address.
        rule: from a request to what is done with it.
        seen: the requests so far.
    """

    def __init__(self, target: str) -> None:
        self.target = urlsplit(target)
        self.rule: Callable[[Seen], Act] = lambda _: PASS
        self.seen: list[Seen] = []
        self._lock = threading.Lock()
        self._connections: set[socket.socket] = set()
        self._closing = threading.Event()
        self._listener = self._listen(0)
        self.port: int = self._listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.up_again()

    @staticmethod
    def act(kind: str, **options: Any) -> Act:
        """See :class:`Act`."""
        return Act(kind, **options)

    @staticmethod
    def reply(body: object, status: int = 200, **headers: str) -> Act:
        """Answer with bytes as they are, or with anything else as JSON."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        found = {name.replace("_", "-"): value for name, value in headers.items()}
        return Act("reply", status, content, {"Content-Type": "application/json", **found})

    @staticmethod
    def rewrite(change: Callable[[Any], object]) -> Act:
        """Pass it on, and answer with what is made of the JSON that comes back."""
        return Act("rewrite", change=lambda content: json.dumps(change(json.loads(content or b"null"))).encode())

    @staticmethod
    def endless(head: bytes, piece: bytes, pause: float = 0.0) -> Act:
        """Answer with a head and then the same piece for ever."""

        def pieces() -> Iterator[bytes]:
            yield head
            while True:
                yield piece

        return Act("raw", pieces=pieces, pause=pause)

    @staticmethod
    def late(pause: float) -> Act:
        """Pass it on after a while."""
        return Act(pause=pause)

    @staticmethod
    def drip(content: bytes, pause: float) -> Act:
        """Answer one byte after the other."""
        return Act("raw", pieces=lambda: (content[place : place + 1] for place in range(len(content))), pause=pause)

    def on(self, method: str, pattern: str, act: Act, *, after: int = 0) -> None:
        """Do ``act`` with requests that fit, the first ``after`` of them excepted; the others are passed on."""
        counted = 0

        def rule(seen: Seen) -> Act:
            nonlocal counted
            if method not in ("*", seen.method) or not re.search(pattern, seen.path):
                return PASS
            counted += 1
            return act if counted > after else PASS

        self.rule = rule

    def heal(self) -> None:
        """Pass everything on from now on, and let go of what hangs."""
        self.rule = lambda _: PASS
        self.drop_all()
        if self._listener.fileno() == -1:
            self._listener = self._listen(self.port)
            self.up_again()

    def up_again(self) -> None:
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def drop_all(self) -> None:
        """Close every connection."""
        with self._lock:
            connections, self._connections = self._connections, set()
        for connection in connections:
            _shut(connection)

    def close(self) -> None:
        self._closing.set()
        _shut(self._listener)
        self.drop_all()

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @staticmethod
    def _listen(port: int) -> socket.socket:
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
        listener.listen(64)
        return listener

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                connection, address = listener.accept()
            except OSError:
                return
            with self._lock:
                self._connections.add(connection)
            threading.Thread(target=self._serve, args=(connection, address), daemon=True).start()

    def _serve(self, connection: socket.socket, address: Any) -> None:
        with contextlib.suppress(OSError, ValueError, http.client.HTTPException):
            _Handler(connection, address, self)
        _shut(connection)
        with self._lock:
            self._connections.discard(connection)

    def note(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Seen:
        with self._lock:
            seen = Seen(len(self.seen) + 1, method, path, headers, body)
            self.seen.append(seen)
            return seen

    def go_down(self) -> None:
        _shut(self._listener)
        self.drop_all()

    def wait(self, seconds: float) -> None:
        """Pause, unless it is closed."""
        self._closing.wait(seconds)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    server: Between

    def _handle(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        between = self.server
        seen = between.note(self.command, self.path, {k.lower(): v for k, v in self.headers.items()}, body)
        act = between.rule(seen)
        if act.kind == "pass":
            between.wait(act.pause)
            self._say(*self._forwarded(body))
        elif act.kind == "rewrite":
            assert act.change is not None
            status, headers, content = self._forwarded(body)
            self._say(status, headers, act.change(content))
        elif act.kind == "reply":
            self._say(act.status, act.headers, act.body)
        elif act.kind == "raw":
            self._pour(act)
        else:
            self.close_connection = True
            if act.kind in ("lose", "lose_hang"):
                self._forwarded(body)
            if act.kind in ("hang", "lose_hang"):
                self._hang()
            if act.kind == "down":
                between.go_down()

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = _handle  # noqa: N815

    def _forwarded(self, body: bytes) -> tuple[int, dict[str, str], bytes]:
        target = self.server.target
        connection = http.client.HTTPConnection(target.hostname or "", target.port, timeout=30)
        try:
            headers = {name: value for name, value in self.headers.items() if name.lower() not in _HOP}
            connection.request(self.command, self.path, body or None, headers)
            answer = connection.getresponse()
            content = answer.read()
            kept = {name: value for name, value in answer.getheaders() if name.lower() not in _HOP}
            if self.command == "HEAD":
                kept["Content-Length"] = answer.getheader("Content-Length") or "0"
            return answer.status, kept, content
        finally:
            connection.close()

    def _say(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if "Content-Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _pour(self, act: Act) -> None:
        self.close_connection = True
        assert act.pieces is not None
        for piece in act.pieces():
            if act.pause:
                self.server.wait(act.pause)
            self.wfile.write(piece)
            self.wfile.flush()

    def _hang(self) -> None:
        self.connection.settimeout(0.1)
        end = time.monotonic() + 120
        while time.monotonic() < end:
            try:
                if self.connection.recv(1024) == b"":
                    return
            except TimeoutError:
                continue

    def log_message(self, *_: Any) -> None:
        """Stay silent."""


def _shut(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()
