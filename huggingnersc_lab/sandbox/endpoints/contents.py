"""Reading files: trees, several paths at once, and the content itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from huggingnersc_lab.sandbox.endpoint import Endpoint
from huggingnersc_lab.sandbox.names import existing_path, is_path
from huggingnersc_lab.sandbox.refusals import RefusalError, bad_request, entry_not_found
from huggingnersc_lab.sandbox.signed import StorageAddress
from huggingnersc_lab.sandbox.storage.git import CommitInfo, Entry
from huggingnersc_lab.sandbox.storage.large import Pointer
from huggingnersc_lab.sandbox.storage.repositories import Repository, hub_time

_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")
_CHUNK = 1 << 18
_TREE_PAGE = 1000


class Tree(Endpoint):
    """``GET /api/datasets/ID/tree/REVISION[/PATH]``."""

    def get(self, repo_id: str, revision: str, path: str | None = None) -> None:
        """The content of a folder, in pages."""
        repository = self.visible(repo_id)
        commit = repository.git.resolve(revision)
        folder = existing_path(path) if path else ""
        entries = repository.git.entries(commit, folder, recursive=self.flag("recursive"))
        if entries is None:
            raise entry_not_found(f"{folder} does not exist on {revision!r}", commit=commit)
        start = self.number("cursor", 0)
        size = min(self.number("limit", _TREE_PAGE), _TREE_PAGE)
        if size and start + size < len(entries):
            self.link_next(cursor=start + size)
        self.reply(_entries_json(repository, commit, entries[start : start + size], expand=self.flag("expand")))


class PathsInfo(Endpoint):
    """``POST /api/datasets/ID/paths-info/REVISION``."""

    def post(self, repo_id: str, revision: str) -> None:
        """The existing files and folders among `paths`."""
        repository = self.visible(repo_id)
        commit = repository.git.resolve(revision)
        paths, expand = self._asked()
        found = [repository.git.entry(commit, path.rstrip("/")) for path in paths if is_path(path.rstrip("/"))]
        self.reply(_entries_json(repository, commit, [entry for entry in found if entry], expand=expand))

    def _asked(self) -> tuple[list[str], bool]:
        if not self.request.headers.get("Content-Type", "").startswith("application/json"):
            return self.get_body_arguments("paths"), self.get_body_argument("expand", "").lower() in ("true", "1")
        body = self.json_body()
        paths = body.get("paths")
        if not isinstance(paths, list) or not all(isinstance(path, str) for path in paths):
            raise bad_request('"paths" must be an array of strings')
        return paths, body.get("expand") is True


def _entries_json(
    repository: Repository, commit: str, entries: Iterable[Entry], *, expand: bool
) -> list[dict[str, Any]]:
    entries = list(entries)
    last = repository.git.last_commits(commit, {entry.path for entry in entries}) if expand else {}
    return [_entry_json(repository, entry, last.get(entry.path)) for entry in entries]


def _entry_json(repository: Repository, entry: Entry, last: CommitInfo | None) -> dict[str, Any]:
    answer: dict[str, Any] = {"type": "directory", "oid": entry.oid, "size": 0, "path": entry.path}
    if not entry.is_folder:
        content = repository.git.blob(entry.oid)
        pointer = Pointer.parse(content)
        answer |= {"type": "file", "size": pointer.size if pointer else len(content)}
        if pointer:
            answer["lfs"] = {"oid": pointer.oid, "size": pointer.size, "pointerSize": len(content)}
    if last is not None:
        answer["lastCommit"] = {"id": last.oid, "title": last.title, "date": hub_time(last.date)}
    return answer


class Content(Endpoint):
    """Base of the endpoints that send a file's bytes, completely or a range."""

    def send_bytes(self, content: bytes, etag: str) -> None:
        """Responds with `content`, or the requested range."""
        if self._unchanged(etag):
            return
        start, end = self._part(len(content))
        self.send(content[start:end], _content_type(content))

    async def send_file(self, path: Path, size: int, etag: str) -> None:
        """Responds with a file from disk, or a part of it, in pieces."""
        if self._unchanged(etag):
            return
        start, end = self._part(size)
        if self.request.method == "HEAD" or end - start <= _CHUNK or self.hub.hooks.takes_whole(self):
            with path.open("rb") as file:
                file.seek(start)
                length = end - start
                self.send(file.read(length), "application/octet-stream")
            return
        self.set_header("Content-Type", "application/octet-stream")
        self.set_header("Content-Length", str(end - start))
        self.hub.hooks.answered(self, self.get_status())
        with path.open("rb") as file:
            file.seek(start)
            while start < end:
                self.write(file.read(min(_CHUNK, end - start)))
                start += _CHUNK
                await self.flush()
        self.finish()

    def _unchanged(self, etag: str) -> bool:
        self.set_header("ETag", f'"{etag}"')
        self.set_header("Accept-Ranges", "bytes")
        self.set_header("Content-Security-Policy", "default-src 'none'; sandbox")
        known = self.request.headers.get("If-None-Match", "")
        if known.strip() == "*" or etag in [tag.strip().removeprefix("W/").strip('"') for tag in known.split(",")]:
            self.set_status(304)
            self.hub.hooks.answered(self, 304)
            self.finish()
            return True
        return False

    def _part(self, length: int) -> tuple[int, int]:
        """Start and end of the requested range in bytes; 416 for an empty range."""
        wanted = self.request.headers.get("Range", "")
        match = _RANGE.fullmatch(wanted.replace(" ", ""))
        if match is None or not (match[1] or match[2]):  # no range, or one that may be ignored (RFC 9110, 14.2)
            return 0, length
        if match[1]:
            start, end = int(match[1]), min(int(match[2]) + 1 if match[2] else length, length)
        else:
            start, end = max(length - int(match[2]), 0), length
        if start >= end:
            headers = {"Content-Range": f"bytes */{length}"}
            raise RefusalError(416, "The requested range has nothing in it", headers=headers)
        self.set_status(206)
        self.set_header("Content-Range", f"bytes {start}-{end - 1}/{length}")
        return start, end


def _content_type(content: bytes) -> str:
    try:
        content.decode()
    except UnicodeDecodeError:
        return "application/octet-stream"
    return "text/plain; charset=utf-8"  # never as HTML or SVG: files are untrusted


class Resolve(Content):
    """``GET`` and ``HEAD /datasets/ID/resolve/REVISION/PATH``."""

    def get(self, repo_id: str, revision: str, path: str) -> None:
        """The content of a file; for a large one, a redirect to its storage."""
        repository = self.readable(repo_id)
        commit = repository.git.resolve(revision)
        self.set_header("X-Repo-Commit", commit)
        entry = repository.git.entry(commit, existing_path(path)) if is_path(path) else None
        if entry is None or entry.is_folder:
            raise entry_not_found(commit=commit)
        content = repository.git.blob(entry.oid)
        if (pointer := Pointer.parse(content)) is None:
            self.send_bytes(content, entry.oid)
            return
        set_large_headers(self, commit, pointer.oid, pointer.size)
        name = path.rsplit("/", 1)[-1]
        address = StorageAddress("GET", pointer.oid, pointer.size, commit, name)
        self.set_status(302)
        self.set_header("Location", self.endpoint + address.path(self.hub.tokens))
        self.send(b"", "text/plain; charset=utf-8")

    head = get


class Raw(Content):
    """``GET`` and ``HEAD /datasets/ID/raw/REVISION/PATH``."""

    def get(self, repo_id: str, revision: str, path: str) -> None:
        """A file as stored by git; for a large one, the pointer."""
        repository = self.readable(repo_id)
        commit = repository.git.resolve(revision)
        self.set_header("X-Repo-Commit", commit)
        entry = repository.git.entry(commit, existing_path(path)) if is_path(path) else None
        if entry is None or entry.is_folder:
            raise entry_not_found(commit=commit)
        self.send_bytes(repository.git.blob(entry.oid), entry.oid)

    head = get


def set_large_headers(endpoint: Endpoint, commit: str, oid: str, size: int) -> None:
    """The headers that describe a large file without sending it."""
    endpoint.set_header("X-Repo-Commit", commit)
    endpoint.set_header("X-Linked-ETag", f'"{oid}"')
    endpoint.set_header("X-Linked-Size", str(size))
