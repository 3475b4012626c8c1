"""A stand-in of Academic Torrents: its API as documented, and its torrent files."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from huggingnersc_lab.channels.torrent.metainfo import read_metainfo
from tests.channels.stand_ins.service import Reply, Seen, Service, serve

COOKIE = "uid=42;pass=s3cret-of-jane"
KEY = "42:s3cret-of-jane"
_PREFIX = "data:application/x-bittorrent;base64,"


@dataclass
class Index:
    """What is registered.

    Attributes:
        entries: by infohash, the fields of the entry.
        files: by infohash, the torrent file.
    """

    entries: dict[str, dict[str, str]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)

    def answer(self, seen: Seen) -> Reply:
        """As the API answers."""
        last = seen.path.rpartition("/")[2]
        if seen.path.startswith("/download/"):
            data = self.files.get(last.removesuffix(".torrent"))
            return Reply(404, b"") if data is None else Reply(200, data)
        if seen.headers.get("cookie") != COOKIE:
            return Reply(200, {"status": "error", "message": "Invalid login, check your key"})
        if seen.path == "/apiv2/test":
            return Reply(200, {"status": "success"})
        if seen.method == "GET":
            found = self.entries.get(last)
            return Reply(404, {"error": "no such entry"}) if found is None else Reply(200, {**found, "infohash": last})
        if last != "entry":
            self.entries[last].update(seen.body)
            return Reply(200, {"status": "success"})
        return self._add(seen.body)

    def _add(self, form: dict[str, Any]) -> Reply:
        data = base64.b64decode(form.pop("file").removeprefix(_PREFIX))
        infohash = read_metainfo(data).infohash
        if infohash in self.entries:
            return Reply(200, {"status": "error", "message": "This torrent was uploaded before"})
        self.entries[infohash] = form
        self.files[infohash] = data
        return Reply(200, {"status": "success", "infohash": infohash})


@contextmanager
def academic_torrents() -> Iterator[tuple[Index, Service]]:
    """A running one."""
    index = Index()
    with serve(index.answer) as service:
        yield index, service
