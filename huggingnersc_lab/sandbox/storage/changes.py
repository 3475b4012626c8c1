"""The operations of a commit: parsed, validated, and applied to a revision at once."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from huggingnersc_lab.sandbox.body import read_json
from huggingnersc_lab.sandbox.cards import check_card
from huggingnersc_lab.sandbox.names import new_path
from huggingnersc_lab.sandbox.refusals import (
    RefusalError,
    bad_request,
    entry_not_found,
    stale_parent,
)

from .git import Entry, GitRepository, new_file
from .large import LargeFiles, Pointer, is_oid
from .upload_mode import SAMPLE, attributes_of, parse_attributes, upload_mode


@dataclass
class Changes:
    """The changes of a commit, in the order in which they were sent."""

    title: str = ""
    message: str = ""
    parent: str | None = None
    operations: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    @classmethod
    def parse(cls, body: bytes) -> Changes:
        """Parses a commit's body: one JSON object ``{key, value}`` per line, the header first."""
        changes = cls()
        for number, line in enumerate(filter(None, body.split(b"\n"))):
            item = read_json(line, f"Line {number + 1} of the commit")
            try:
                key, value = item["key"], item["value"]
            except (TypeError, KeyError):
                raise bad_request(f"Line {number + 1} of the commit is not a JSON object with key and value") from None
            if not isinstance(value, dict) or (key == "header") != (number == 0):
                raise bad_request("The first line of a commit must be its header, and only that")
            if key == "header":
                changes._read_header(value)
            elif key in ("file", "lfsFile", "deletedFile", "deletedFolder"):
                changes.operations.append((key, value))
            else:
                raise bad_request(f"Unknown operation in commit: {key!r}")
        if not changes.title:
            raise bad_request("The commit has no summary")
        return changes

    def _read_header(self, value: dict[str, Any]) -> None:
        title, message, parent = (
            value.get("summary"),
            value.get("description") or "",
            value.get("parentCommit"),
        )
        if not isinstance(title, str) or not isinstance(message, str) or not isinstance(parent, (str, type(None))):
            raise bad_request("The commit's summary, description and parentCommit must be strings")
        self.title, self.message, self.parent = " ".join(title.split()), message, parent


def write_commit(git: GitRepository, large: LargeFiles, changes: Changes, base: str, author: str) -> str:
    """Stores the commit that applies `changes` to the commit `base`, and returns its id. No ref moves.

    Refuses with 412 if the client named another parent, with 404 if a file to delete is
    missing, and with 400 if anything else is invalid.
    """
    if changes.parent is not None and changes.parent != base:
        raise stale_parent()
    files = git.files(base)
    added = _Applier(git, large, files).apply(changes.operations)
    _check_no_file_is_a_folder(files)
    _check_upload_modes(git, base, files, added)
    return git.add_commit(files, (base,), author, changes.title, changes.message)


class _Applier:
    def __init__(self, git: GitRepository, large: LargeFiles, files: dict[str, Entry]) -> None:
        self.git = git
        self.large = large
        self.files = files
        self.added: dict[str, bytes] = {}

    def apply(self, operations: Iterable[tuple[str, dict[str, Any]]]) -> dict[str, bytes]:
        """Applies all operations to `files`; returns the regular files that were added, with their content."""
        for key, value in operations:
            path = new_path(str(value.get("path", "")).rstrip("/"))
            if key == "file":
                self._put(path, self._content(path, value), regular=True)
            elif key == "lfsFile":
                self._put(path, self._pointer(path, value), regular=False)
            elif key == "deletedFile":
                self._delete(path, [path] if path in self.files else self._within(path))
            else:
                self._delete(path, self._within(path))
        return self.added

    def _put(self, path: str, content: bytes, *, regular: bool) -> None:
        self.files[path] = new_file(path, self.git.add_blob(content))
        self.added.pop(path, None)
        if regular:
            self.added[path] = content

    def _within(self, folder: str) -> list[str]:
        return [known for known in self.files if known.startswith(f"{folder}/")]

    def _delete(self, path: str, doomed: list[str]) -> None:
        if not doomed:
            raise entry_not_found(f"A file with this name doesn't exist: {path}")
        for known in doomed:
            del self.files[known]
            self.added.pop(known, None)

    def _content(self, path: str, value: dict[str, Any]) -> bytes:
        content, encoding = value.get("content"), value.get("encoding", "utf-8")
        if not isinstance(content, str) or encoding not in ("base64", "utf-8"):
            raise bad_request(f"{path}: content must be a string in base64 or utf-8")
        try:
            data = base64.b64decode(content, validate=True) if encoding == "base64" else content.encode()
        except (binascii.Error, UnicodeEncodeError):
            raise bad_request(f"{path}: the content is not valid {encoding}") from None
        if path == "README.md":
            _check_readme(data)
        return data

    def _pointer(self, path: str, value: dict[str, Any]) -> bytes:
        oid = value.get("oid")
        if value.get("algo", "sha256") != "sha256" or not isinstance(oid, str) or not is_oid(oid):
            raise bad_request(f"{path}: an lfsFile needs a sha256 as oid")
        size = self.large.size(oid)
        if size is None or value.get("size", size) != size:
            raise bad_request(f"{path}: the LFS pointer points to a file that has not been uploaded")
        return Pointer(oid, size).to_bytes()


def _check_readme(content: bytes) -> None:
    try:
        errors = check_card(content.decode()).errors
    except UnicodeDecodeError:
        errors = ["README.md is not UTF-8"]
    if errors:
        body = {
            "error": "Invalid metadata in README.md",
            "errors": [{"message": message} for message in errors],
        }
        raise RefusalError(400, "Invalid metadata in README.md", body=body)


def _check_no_file_is_a_folder(files: dict[str, Entry]) -> None:
    folders = {path[:place] for path in files for place, letter in enumerate(path) if letter == "/"}
    for path in files.keys() & folders:
        raise bad_request(f"{path} cannot be both a file and a folder")


def _check_upload_modes(git: GitRepository, base: str, files: dict[str, Entry], added: dict[str, bytes]) -> None:
    attributes = parse_attributes(added[".gitattributes"]) if ".gitattributes" in added else attributes_of(git, base)
    for path, content in added.items():
        if path in files and upload_mode(attributes, path, content[:SAMPLE], len(content)) == "lfs":
            raise bad_request(f"{path} is binary or larger than 10 MiB: it must be uploaded as an LFS file")
