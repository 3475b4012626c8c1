"""A stand-in of a service, over real HTTP on loopback, with the faults that real ones have."""

from __future__ import annotations

import json
import re
import socket
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

Handle = Callable[["Seen"], "Reply"]


@dataclass(frozen=True)
class Seen:
    """A request as it came.

    Attributes:
        method: HTTP method.
        path: its path, decoded.
        query: parameters.
        headers: header fields, names in lower case.
        body: JSON of the body.
        raw_path: path and query as they stood in the request's line.
    """

    method: str
    path: str
    query: Mapping[str, list[str]]
    headers: Mapping[str, str]
    body: Any
    raw_path: str


@dataclass(frozen=True)
class Reply:
    """An answer.

    Attributes:
        status: HTTP status.
        data: JSON of the body, or bytes as they are.
        headers: further header fields.
    """

    status: int = 200
    data: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Fault:
    """What goes wrong with the next requests.

    Attributes:
        method: of the requests that it is about.
        path: pattern of their paths.
        kind: ``cut_before`` and ``cut_after`` the service did it, ``reply`` with :attr:`reply` without doing it,
            ``reply_after`` having done it, ``slow`` for a byte now and then, ``short`` for less than was announced.
        reply: the answer.
        times: how often.
    """

    method: str
    path: str
    kind: str = "reply"
    reply: Reply = field(default_factory=Reply)
    times: int = 1


@dataclass
class Service:
    """A running stand-in.

    Attributes:
        url: its address.
        seen: requests in their order.
        faults: what goes wrong.
    """

    url: str = ""
    seen: list[Seen] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def fail(self, method: str, path: str, kind: str = "reply", times: int = 1, **reply: Any) -> None:
        """Let the next requests that fit fail."""
        self.faults.append(Fault(method, path, kind, Reply(**reply), times))

    def asked(self, method: str) -> list[str]:
        """Paths that were asked for by a method."""
        return [seen.path for seen in self.seen if seen.method == method]

    def fault_for(self, seen: Seen) -> Fault | None:
        for fault in self.faults:
            if fault.times and fault.method == seen.method and re.fullmatch(fault.path, seen.path):
                fault.times -= 1
                return fault
        return None


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def __getattr__(self, name: str) -> Any:
        if name.startswith("do_"):
            return self._answer
        raise AttributeError(name)

    def _answer(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        parts = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        body = json.loads(raw) if raw else None
        seen = Seen(self.command, unquote(parts.path), parse_qs(parts.query), headers, body, self.path)
        service = self.server.service
        service.seen.append(seen)
        fault = service.fault_for(seen)
        if fault is None:
            self._reply(self.server.handle(seen))
            return
        if fault.kind.endswith("_after"):
            self.server.handle(seen)
        self.close_connection = fault.kind != "reply"
        if fault.kind.startswith("cut"):
            self.connection.shutdown(socket.SHUT_RDWR)
        elif fault.kind == "slow":
            self._trickle()
        elif fault.kind == "short":
            self.send_response(200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            self.wfile.write(b"{")
        else:
            self._reply(fault.reply)

    def _reply(self, reply: Reply) -> None:
        content = b"" if reply.data is None else reply.data
        content = content if isinstance(content, bytes) else json.dumps(content).encode()
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _trickle(self) -> None:
        self.send_response(200)
        self.end_headers()
        with suppress(OSError):
            for _ in range(600):
                self.wfile.write(b" ")
                self.wfile.flush()
                time.sleep(0.05)

    def log_message(self, *_: Any) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, handle: Handle, service: Service) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.handle = handle
        self.service = service

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever breaks off is no fault of the test's."""


@contextmanager
def serve(handle: Handle) -> Iterator[Service]:
    """A stand-in that answers with what ``handle`` returns."""
    service = Service()
    with _Server(handle, service) as server:
        service.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield service
        finally:
            server.shutdown()
            thread.join()
