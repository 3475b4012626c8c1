"""Large files (git LFS): content by SHA-256, and the pointers that represent it in git."""

from __future__ import annotations

import hashlib
import os
import re
import uuid
from dataclasses import dataclass
from pathlib import Path

from huggingnersc_lab.sandbox.refusals import bad_request

_OID = re.compile(r"[0-9a-f]{64}")
_POINTER = re.compile(
    rb"version https://git-lfs\.github\.com/spec/v1\n"
    rb"oid sha256:([0-9a-f]{64})\nsize ([0-9]{1,18})\n"
)
_MAX_POINTER = 200


@dataclass(frozen=True)
class Pointer:
    """What git stores in place of a large file (https://git-lfs.github.com/spec/v1)."""

    oid: str
    """SHA-256 of the content."""
    size: int
    """Length of the content in bytes."""

    def to_bytes(self) -> bytes:
        """The pointer file."""
        version = "version https://git-lfs.github.com/spec/v1"
        return f"{version}\noid sha256:{self.oid}\nsize {self.size}\n".encode()

    @classmethod
    def parse(cls, content: bytes) -> Pointer | None:
        """Parses a pointer file; None if `content` is not one."""
        match = _POINTER.fullmatch(content) if len(content) <= _MAX_POINTER else None
        return cls(match[1].decode(), int(match[2])) if match else None


def is_oid(oid: object) -> bool:
    """Whether `oid` is a SHA-256 in hexadecimal."""
    return isinstance(oid, str) and _OID.fullmatch(oid) is not None


class LargeFiles:
    """The contents of all large files of a storage folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._incoming = folder / "incoming"
        self._incoming.mkdir(parents=True, exist_ok=True, mode=0o700)
        for leftover in self._incoming.iterdir():
            leftover.unlink()

    def path(self, oid: str) -> Path:
        """The path of the content with this SHA-256, whether it exists or not."""
        if not is_oid(oid):
            raise ValueError(f"{oid!r} is not a SHA-256")
        return self._folder / oid[:2] / oid[2:4] / oid

    def size(self, oid: str) -> int | None:
        """The size of a content in bytes; None if it is not stored."""
        try:
            return self.path(oid).stat().st_size
        except FileNotFoundError:
            return None

    def discard(self, oid: str) -> None:
        """Deletes a content, if it is here."""
        self.path(oid).unlink(missing_ok=True)

    def receive(self, oid: str, size: int) -> Upload:
        """Starts to receive a content with the announced SHA-256 and size."""
        return Upload(self._incoming / uuid.uuid4().hex, self.path(oid), oid, size)


class Upload:
    """A content being received; it is in the store only after `finish`."""

    def __init__(self, temporary: Path, final: Path, oid: str, size: int) -> None:
        self._temporary = temporary
        self._final = final
        self._oid = oid
        self._size = size
        self._digest = hashlib.sha256()
        self._received = 0
        self._file = temporary.open("xb")

    def write(self, chunk: bytes) -> None:
        """Receives the next bytes; those beyond the announced size are only counted."""
        self._received += len(chunk)
        if self._received <= self._size:
            self._digest.update(chunk)
            self._file.write(chunk)

    def finish(self) -> None:
        """Moves the content to the store; drops and refuses it if size or SHA-256 differ."""
        if self._received != self._size or self._digest.hexdigest() != self._oid:
            self.abort()
            raise bad_request("The uploaded content does not have the announced size and SHA-256")
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._final.parent.mkdir(parents=True, exist_ok=True)
        self._temporary.replace(self._final)

    def abort(self) -> None:
        """Drops the received data."""
        self._file.close()
        self._temporary.unlink(missing_ok=True)
