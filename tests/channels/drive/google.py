"""A small stand-in for Google Drive: version 3 of its API, and the pages that gdown reads, behind a CONNECT proxy.

What rclone and gdown ask of ``www.googleapis.com`` and ``drive.google.com`` goes through the proxy, which answers in
their place with certificates of an authority of the test's own. Paths and fields are those of
https://developers.google.com/workspace/drive/api/reference/rest/v3.
"""

from __future__ import annotations

import hashlib
import json
import re
import socket
import ssl
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import trustme

FOLDER = "application/vnd.google-apps.folder"
HOSTS = ("www.googleapis.com", "oauth2.googleapis.com", "drive.google.com", "drive.usercontent.google.com")


@dataclass
class Item:
    """A file or folder."""

    id: str
    name: str
    parent: str
    mime: str = "application/octet-stream"
    content: bytes = b""
    modified: str = "2026-01-01T00:00:00.000Z"

    def to_json(self) -> dict[str, Any]:
        told: dict[str, Any] = {
            "id": self.id,
            "name": self.name,
            "mimeType": self.mime,
            "parents": [self.parent],
            "modifiedTime": self.modified,
            "createdTime": self.modified,
            "trashed": False,
            "capabilities": {"canDownload": True},
        }
        if self.mime != FOLDER:
            told |= {"size": str(len(self.content)), "md5Checksum": hashlib.md5(self.content).hexdigest()}
        return told


@dataclass
class Drive:
    """What is stored, and what goes wrong.

    Attributes:
        items: by id.
        faults: for requests whose path holds the key, the status and reason that they get, each once or for ever.
        over_quota: ids of files that too many have downloaded.
        asked: method and path of each request.
    """

    items: dict[str, Item] = field(default_factory=dict)
    faults: dict[str, tuple[int, str]] = field(default_factory=dict)
    over_quota: set[str] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)
    sessions: dict[str, tuple[dict[str, Any], bytearray]] = field(default_factory=dict)
    lock: threading.RLock = field(default_factory=threading.RLock)
    numbers: Any = field(default_factory=lambda: count(1))

    def add(self, name: str, parent: str, content: bytes | None = None) -> Item:
        """Store a file, or a folder if it has no content."""
        with self.lock:
            made = Item(f"1{next(self.numbers):032d}", name, parent)
            if content is None:
                made.mime = FOLDER
            else:
                made.content = content
            self.items[made.id] = made
            return made

    def tree(self, parent: str, prefix: str = "") -> dict[str, bytes]:
        """Path → content of everything below a folder."""
        found: dict[str, bytes] = {}
        for item in list(self.items.values()):
            if item.parent == parent and item.mime == FOLDER:
                found |= self.tree(item.id, f"{prefix}{item.name}/")
            elif item.parent == parent:
                found[prefix + item.name] = item.content
        return found

    def query(self, text: str) -> list[Item]:
        """The items that a ``q`` of ``files.list`` asks for, as far as rclone writes it."""
        parents = re.findall(r"'((?:[^'\\]|\\.)*)' in parents", text)
        names = [re.sub(r"\\(.)", r"\1", name) for name in re.findall(r"name='((?:[^'\\]|\\.)*)'", text)]
        found = [item for item in self.items.values() if not parents or item.parent in parents]
        if names:
            found = [item for item in found if item.name in names]
        if f"mimeType='{FOLDER}'" in text:
            found = [item for item in found if item.mime == FOLDER]
        elif f"mimeType!='{FOLDER}'" in text:
            found = [item for item in found if item.mime != FOLDER]
        return found


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Google
    host = ""

    def log_message(self, *_: object) -> None:
        """Nothing."""

    def do_CONNECT(self) -> None:
        self.host = self.path.partition(":")[0]
        if self.host not in HOSTS:
            self.send_error(502)
            return
        self.wfile.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        self.connection = self.server.tls.wrap_socket(self.connection, server_side=True)
        self.server.connections.append(self.connection)
        self.rfile = self.connection.makefile("rb", -1)
        self.wfile = self.connection.makefile("wb", 0)  # type: ignore[assignment]
        self.close_connection = False

    def finish(self) -> None:
        """Close what do_CONNECT has opened, too."""
        for stream in (self.rfile, self.wfile, self.connection):
            with suppress(OSError):
                stream.close()

    def handle_one_request(self) -> None:
        try:
            super().handle_one_request()
        except (OSError, ValueError):
            self.close_connection = True

    def _do(self) -> None:
        parts = urlsplit(self.path)
        query = {key: values[0] for key, values in parse_qs(parts.query).items()}
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length)
        if self.headers.get("Transfer-Encoding") == "chunked":
            while size := int(self.rfile.readline().split(b";")[0], 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
        drive = self.server.drive
        with drive.lock:
            drive.asked.append(f"{self.command} {self.host}{parts.path}")
            for key, (status, reason) in drive.faults.items():
                if key in f"{self.command} {self.host}{self.path}":
                    error = {"code": status, "message": reason, "errors": [{"reason": reason, "message": reason}]}
                    self._answer(status, json.dumps({"error": error}).encode())
                    return
            if self.host == "drive.google.com":
                self._page(parts.path, query)
            elif parts.path.startswith("/upload/"):
                self._upload(parts.path, query, body)
            else:
                self._api(parts.path, query, body)

    do_GET = do_POST = do_PATCH = do_PUT = _do  # noqa: N815

    def _answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for key, value in {"Content_Type": "application/json", **headers}.items():
            self.send_header(key.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _json(self, told: Any) -> None:
        self._answer(200, json.dumps(told).encode())

    def _content(self, item: Item, **headers: str) -> None:
        match = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        size = len(item.content)
        if match is None:
            self._answer(200, item.content, **headers)
            return
        first, last = int(match[1]), int(match[2] or size - 1)
        self._answer(206, item.content[first : last + 1], Content_Range=f"bytes {first}-{last}/{size}", **headers)

    def _api(self, path: str, query: dict[str, str], body: bytes) -> None:
        drive = self.server.drive
        if path == "/drive/v3/files" and self.command == "GET":
            self._json({"files": [item.to_json() for item in drive.query(query.get("q", ""))]})
        elif path == "/drive/v3/files":
            wanted = json.loads(body)
            self._json(drive.add(wanted["name"], wanted.get("parents", ["root"])[0]).to_json())
        elif match := re.fullmatch(r"/drive/v3/files/([^/]+)", path):
            item = drive.items.get(match[1])
            if item is None:
                self._answer(404, b'{"error": {"code": 404, "errors": [{"reason": "notFound"}]}}')
            elif self.command == "PATCH":
                item.modified = json.loads(body).get("modifiedTime", item.modified)
                self._json(item.to_json())
            elif query.get("alt") == "media":
                self._content(item, Content_Type=item.mime)
            else:
                self._json(item.to_json())
        else:
            self._answer(404, b"{}")

    def _upload(self, path: str, query: dict[str, str], body: bytes) -> None:
        drive = self.server.drive
        if match := re.fullmatch(r"/upload/session/(\w+)", path):
            wanted, received = drive.sessions[match[1]]
            received += body
            place = re.fullmatch(r"bytes (?:(\d+)-(\d+)|\*)/(\d+|\*)", self.headers.get("Content-Range", "bytes */*"))
            total = place[3] if place else "*"
            if total != "*" and len(received) < int(total):
                self._answer(308, Range=f"bytes=0-{len(received) - 1}")
                return
            self._store(wanted, bytes(received))
            return
        target = path.removeprefix("/upload/drive/v3/files").strip("/")
        if query.get("uploadType") == "resumable":
            session = f"s{next(drive.numbers)}"
            drive.sessions[session] = (json.loads(body or b"{}") | {"id": target}, bytearray())
            self._answer(200, Location=f"https://www.googleapis.com/upload/session/{session}")
            return
        message = Message()
        message["Content-Type"] = self.headers["Content-Type"]
        boundary = b"--" + str(message.get_param("boundary")).encode()
        metadata, content = (part.split(b"\r\n\r\n", 1)[1] for part in body.split(boundary)[1:3])
        self._store(json.loads(metadata) | {"id": target}, content[: -len(b"\r\n")])

    def _store(self, wanted: dict[str, Any], content: bytes) -> None:
        drive = self.server.drive
        item = drive.items.get(wanted["id"]) or drive.add(wanted["name"], wanted["parents"][0], b"")
        item.content = content
        item.modified = wanted.get("modifiedTime", item.modified)
        self._json(item.to_json())

    def _page(self, path: str, query: dict[str, str]) -> None:
        """What gdown reads: files by id, and the page of a folder."""
        item = self.server.drive.items.get(query.get("id", ""))
        if item is None:
            self._answer(404, b"<html><title>Not found</title></html>", Content_Type="text/html")
        elif path == "/embeddedfolderview":
            rows = ""
            for inner in self.server.drive.query(f"'{item.id}' in parents"):
                kind = "drive/folders/" if inner.mime == FOLDER else "file/d/"
                end = "" if inner.mime == FOLDER else "/view"
                rows += f'<a href="https://drive.google.com/{kind}{inner.id}{end}">{inner.name}</a>'
            text = f"<html><head><title>{item.name}</title></head><body>{rows}</body></html>"
            self._answer(200, text.encode(), Content_Type="text/html")
        elif item.id in self.server.drive.over_quota:
            reason = "Too many users have viewed or downloaded this file recently."
            text = f'<html><body><p class="uc-error-subcaption">{reason}</p></body></html>'
            self._answer(200, text.encode(), Content_Type="text/html")
        else:
            told = f'attachment; filename="{item.name}"'
            self._content(item, Content_Type=item.mime, Content_Disposition=told)


class Google(ThreadingHTTPServer):
    """The proxy and what is behind it.

    Args:
        folder: where the authority's certificate is written.
    """

    daemon_threads = False  # so that closing waits for them

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.drive = Drive()
        self.top = ""
        self.connections: list[socket.socket] = []
        authority = trustme.CA()
        self.ca_file = folder / "ca.pem"
        authority.cert_pem.write_to_path(str(self.ca_file))
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(*HOSTS).configure_cert(self.tls)
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    def server_close(self) -> None:
        """Cut every connection, so that no thread waits for a client that has gone."""
        for connection in self.connections:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        super().server_close()
