"""A web server with ranges, as portals have: what web seeds need."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import unquote, urlsplit


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    root = Path()
    asked = 0


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        self.server.asked += 1
        path = self.server.root / unquote(urlsplit(self.path).path).lstrip("/")
        if not path.is_file():
            self.send_error(404)
            return
        content = path.read_bytes()
        wanted = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        first = int(wanted[1]) if wanted else 0
        last = int(wanted[2]) if wanted and wanted[2] else len(content) - 1
        part = content[first : last + 1]
        self.send_response(206 if wanted else 200)
        if wanted:
            self.send_header("Content-Range", f"bytes {first}-{first + len(part) - 1}/{len(content)}")
        self.send_header("Content-Length", str(len(part)))
        self.send_header("Accept-Ranges", "bytes")
        self.end_headers()
        self.wfile.write(part)

    def log_message(self, *_: object) -> None:
        pass


class Web:
    """A running server.

    Attributes:
        url: its address.
    """

    def __init__(self, server: _Server) -> None:
        self.url = f"http://127.0.0.1:{server.server_address[1]}"
        self._server = server

    @property
    def asked(self) -> int:
        """How many requests there were."""
        return self._server.asked


@contextmanager
def serve_folder(root: Path) -> Iterator[Web]:
    """The files of a folder over HTTP."""
    with _Server(("127.0.0.1", 0), _Handler) as server:
        server.root = root
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield Web(server)
        finally:
            server.shutdown()
            thread.join()
