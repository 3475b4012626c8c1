"""Large files as sent by ``hf_xet``: chunks in *xorbs*, and *shards* that list the chunks of a file.

The formats: https://huggingface.co/docs/xet/xorb and https://huggingface.co/docs/xet/shard. Xorbs are kept, since a
client that has sent a chunk once refers to it later without sending it again. The whole content of each file in a
shard is assembled and stored in :class:`LargeFiles`, from which it is read like any other; its SHA-256 is checked
there. The hashes of xorbs (BLAKE3) are only used as names.
"""

from __future__ import annotations

import re
import struct
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from huggingnersc_lab.sandbox.refusals import bad_request

from . import lz4
from .large import LargeFiles

_HASH = re.compile(r"[0-9a-f]{64}")
_TAG = b"HFRepoMetaData\0UigEj{\x81W\x83\xa5\xbd\xd9\x5c\xcd\xd1J\xa9"
_SHARD_HEADER = struct.Struct("<32sQQ")
_FILE = struct.Struct("<32sIIQ")
_SEGMENT = struct.Struct("<32sIIII")
_BOOKEND = b"\xff" * 32
_WITH_VERIFICATION = 1 << 31
_WITH_SHA256 = 1 << 30
_VERSION = 2

_CHUNK_HEADER = 8
_MAX_CHUNK = 128 * 1024
_MAX_SEGMENTS = 1 << 20
_PLAIN, _LZ4, _GROUPED = 0, 1, 2


@dataclass(frozen=True)
class Segment:
    """The chunks from `start` up to, but not including, `end` of a xorb; `size` bytes in total."""

    xorb: str
    start: int
    end: int
    size: int


@dataclass(frozen=True)
class DescribedFile:
    """A file, its SHA-256, and its segments."""

    sha256: str
    segments: tuple[Segment, ...]

    @property
    def size(self) -> int:
        """Its size in bytes."""
        return sum(segment.size for segment in self.segments)


def read_shard(content: bytes) -> list[DescribedFile]:
    """The files that a shard describes; refuses an invalid shard with 400."""
    try:
        tag, version, _ = _SHARD_HEADER.unpack_from(content)
        if tag != _TAG or version != _VERSION:
            raise bad_request("This is not a shard of a known version")
        return list(_files(content))
    except struct.error:
        raise bad_request("The shard is truncated") from None


def _files(content: bytes) -> Iterator[DescribedFile]:
    place = _SHARD_HEADER.size
    while True:
        name, flags, count, _ = _FILE.unpack_from(content, place)
        place += _FILE.size
        if name == _BOOKEND:
            return
        if count > _MAX_SEGMENTS or not flags & _WITH_SHA256:
            raise bad_request("Each file of a shard needs its SHA-256")
        segments = []
        for number in range(count):
            xorb, _, size, start, end = _SEGMENT.unpack_from(content, place + number * _SEGMENT.size)
            segments.append(Segment(hash_text(xorb), start, end, size))
        place += count * _SEGMENT.size * (2 if flags & _WITH_VERIFICATION else 1)
        (digest, *_) = _SEGMENT.unpack_from(content, place)
        place += _SEGMENT.size
        yield DescribedFile(hash_text(digest), tuple(segments))


def hash_text(digest: bytes) -> str:
    """Xet's notation of a hash: four 64-bit numbers, whose bytes are little-endian."""
    return "".join(f"{number:016x}" for number in struct.unpack("<4Q", digest))


class Xorbs:
    """The xorbs of a storage folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for leftover in folder.glob("incoming-*"):
            leftover.unlink()

    def add(self, name: str, content: bytes) -> bool:
        """Stores a xorb; returns whether it is new. Refuses an invalid one with 400."""
        _chunks(content)
        path = self._path(name)
        if path.exists():
            return False
        incoming = self._folder / f"incoming-{uuid.uuid4().hex}"
        incoming.write_bytes(content)
        path.parent.mkdir(exist_ok=True, mode=0o700)
        incoming.replace(path)
        return True

    def build(self, file: DescribedFile, large: LargeFiles) -> None:
        """Assembles a file; refuses with 400 if a chunk is missing, or size or SHA-256 differ."""
        if large.size(file.sha256) == file.size:
            return
        upload = large.receive(file.sha256, file.size)
        try:
            for segment in file.segments:
                for piece in self._unpacked(segment):
                    upload.write(piece)
        except BaseException:
            upload.abort()
            raise
        upload.finish()

    def _unpacked(self, segment: Segment) -> Iterator[bytes]:
        chunks = self._read(segment.xorb)
        if not segment.start < segment.end <= len(chunks[1]):
            raise bad_request("A shard names chunks that its xorb does not have")
        total = 0
        for place in chunks[1][segment.start : segment.end]:
            piece = _unpack(chunks[0], place)
            total += len(piece)
            yield piece
        if total != segment.size:
            raise bad_request("The chunks of a shard do not have the announced size")

    def _read(self, name: str) -> tuple[bytes, list[int]]:
        try:
            content = self._path(name).read_bytes()
        except FileNotFoundError:
            raise bad_request(f"The xorb {name} has not been uploaded") from None
        return content, _chunks(content)

    def _path(self, name: str) -> Path:
        if not _HASH.fullmatch(name):
            raise bad_request("The name of a xorb must be its hash")
        return self._folder / name[:2] / name


def _chunks(xorb: bytes) -> list[int]:
    """The position of each chunk of a xorb; what follows the last one (a footer) starts with a letter."""
    places = []
    place = 0
    while place < len(xorb) and xorb[place] == 0:
        packed, unpacked = _sizes(xorb, place)
        following = place + _CHUNK_HEADER + packed
        if following > len(xorb) or unpacked > _MAX_CHUNK or xorb[place + 4] > _GROUPED:
            raise bad_request("This is not a xorb")
        places.append(place)
        place = following
    if not places or (place < len(xorb) and not xorb.startswith(b"XETBLOB", place)):
        raise bad_request("This is not a xorb")
    return places


def _sizes(xorb: bytes, place: int) -> tuple[int, int]:
    packed = int.from_bytes(xorb[place + 1 : place + 4], "little")
    return packed, int.from_bytes(xorb[place + 5 : place + 8], "little")


def _unpack(xorb: bytes, place: int) -> bytes:
    packed, length = _sizes(xorb, place)
    scheme = xorb[place + 4]
    content = xorb[place + _CHUNK_HEADER : place + _CHUNK_HEADER + packed]
    if scheme == _PLAIN:
        return content
    try:
        unpacked = lz4.unpack(content, length)
    except ValueError as error:
        raise bad_request(str(error)) from None
    return unpacked if scheme == _LZ4 else _regroup(unpacked)


def _regroup(groups: bytes) -> bytes:
    """Undoes the grouping by position in four bytes: all first bytes, all second bytes, and so on."""
    output = bytearray(len(groups))
    place = 0
    for first in range(4):
        size = len(range(first, len(groups), 4))
        output[first::4] = groups[place : place + size]
        place += size
    return bytes(output)
