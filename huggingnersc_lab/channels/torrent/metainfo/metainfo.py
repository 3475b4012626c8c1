"""What a torrent file says (BEP 3, version 1): made of a dataset's files, or read from somebody else's."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import quote

from huggingnersc_lab.channels.torrent.metainfo import bencode
from huggingnersc_lab.errors import CatalogError

MAX_BYTES = 64 * 1024 * 1024
"""Largest torrent file that is read; that of a million files, or of 50 TB in pieces of 16 MiB, is as large."""

LEAST_PIECE = 16 * 1024
MOST_PIECE = 64 * 1024 * 1024
DIGEST_BYTES = 20
_LONGEST_NAME = 255


@dataclass(frozen=True)
class Metainfo:
    """A torrent.

    Attributes:
        name: name of the file, or of the folder that holds all files.
        files: path below that folder, in parts, and size of each file in order; one file with an empty path if the
            torrent is a single file.
        piece_length: bytes of a piece.
        pieces: SHA-1 of all pieces, 20 bytes each.
        trackers: announce addresses, the first one first.
        web_seeds: addresses from which the data can be had over HTTP (BEP 19).
        is_private: whether only the trackers may name peers (BEP 27).
        comment: where the dataset is described.
    """

    name: str
    files: tuple[tuple[tuple[str, ...], int], ...]
    piece_length: int
    pieces: bytes
    trackers: tuple[str, ...] = ()
    web_seeds: tuple[str, ...] = ()
    is_private: bool = False
    comment: str = ""

    @property
    def is_single_file(self) -> bool:
        """Whether it is one file, not a folder."""
        return len(self.files) == 1 and not self.files[0][0]

    @property
    def total_bytes(self) -> int:
        """Size of all files."""
        return sum(size for _, size in self.files)

    @cached_property
    def info(self) -> dict[str, Any]:
        """The part that the infohash is of. It holds only what describes the data, so that it is reproducible."""
        info: dict[str, Any] = {"name": self.name, "piece length": self.piece_length, "pieces": self.pieces}
        if self.is_single_file:
            info["length"] = self.files[0][1]
        else:
            info["files"] = [{"length": size, "path": list(path)} for path, size in self.files]
        if self.is_private:
            info["private"] = 1
        return info

    @cached_property
    def infohash(self) -> str:
        """40 hexadecimal digits."""
        return hashlib.sha1(bencode.encode(self.info), usedforsecurity=False).hexdigest()

    def to_bytes(self) -> bytes:
        """The torrent file."""
        data: dict[str, Any] = {"created by": "HuggingNERSC Lab", "info": self.info}
        if self.trackers:
            data["announce"] = self.trackers[0]
        if len(self.trackers) > 1:
            data["announce-list"] = [[tracker] for tracker in self.trackers]  # BEP 12: a tier each
        if self.web_seeds:
            data["url-list"] = list(self.web_seeds)  # always a list: some clients take a single text apart
        if self.comment:
            data["comment"] = self.comment
        return bencode.encode(data)

    def magnet(self) -> str:
        """The magnet link (BEP 9), with name, size, trackers and web seeds."""
        parts = [f"xt=urn:btih:{self.infohash}", f"dn={quote(self.name, safe='')}", f"xl={self.total_bytes}"]
        parts += [f"tr={quote(tracker, safe='')}" for tracker in self.trackers]
        parts += [f"ws={quote(seed, safe='')}" for seed in self.web_seeds]
        return f"magnet:?{'&'.join(parts)}"


def read_metainfo(data: bytes) -> Metainfo:
    """A torrent that somebody else made, once it is known to be harmless.

    Raises:
        CatalogError: ``invalid_record`` with what is wrong: it leads out of its folder, its numbers do not fit each
            other, or it is no torrent file of version 1.
    """
    try:
        if len(data) > MAX_BYTES:
            raise ValueError(f"it is larger than {MAX_BYTES // 1024**2} MiB")
        return _read(bencode.decode(data))
    except (ValueError, UnicodeDecodeError) as err:
        what = "a name in it is not UTF-8" if isinstance(err, UnicodeDecodeError) else str(err)
        raise CatalogError("invalid_record", f"This is not a torrent file that can be used: {what}.") from err


def _read(data: Any) -> Metainfo:
    info = _member(_typed(data, dict, "it has no dictionary"), b"info", dict)
    if info.get(b"meta version", 1) != 1 and b"pieces" not in info:
        raise ValueError("it is of version 2 only, which few programs can read")
    name = _name(_member(info, b"name", bytes))
    if b"files" in info:
        files = tuple(_files(_member(info, b"files", list)))
    else:
        files = (((), _size(_member(info, b"length", int))),)
    pieces, length = _member(info, b"pieces", bytes), _member(info, b"piece length", int)
    if not LEAST_PIECE <= length <= MOST_PIECE:
        raise ValueError(f"its pieces have {length} bytes")
    total = sum(size for _, size in files)
    if not files or not total:
        raise ValueError("it holds no data")
    if len(pieces) != DIGEST_BYTES * -(-total // length):
        raise ValueError("its pieces do not fit the size of its files")
    if len({path for path, _ in files}) != len(files):
        raise ValueError("it has a file twice")
    found = Metainfo(
        name,
        files,
        length,
        pieces,
        tuple(_addresses(data.get(b"announce"), data.get(b"announce-list"))),
        tuple(_addresses(data.get(b"url-list"))),
        info.get(b"private") == 1,
        _text(data.get(b"comment")),
    )
    # What else stands in ``info`` counts for the infohash, by which the swarm knows it.
    object.__setattr__(found, "info", info)
    return found


def _files(listed: Sequence[Any]) -> Iterator[tuple[tuple[str, ...], int]]:
    for item in listed:
        file = _typed(item, dict, "a file in it is not described")
        parts = _member(file, b"path", list)
        if not parts:
            raise ValueError("a file in it has no name")
        path = tuple(_name(_typed(part, bytes, "a name in it is not a text")) for part in parts)
        yield path, _size(_member(file, b"length", int))


def _name(raw: bytes) -> str:
    """One part of a path, which leads nowhere else."""
    name = raw.decode()
    if name in ("", ".", "..") or "/" in name or "\0" in name or "\\" in name or len(raw) > _LONGEST_NAME:
        raise ValueError(f"a name in it, {name[:40]!r}, leads out of its folder or is none")
    return name


def _size(size: int) -> int:
    if size < 0:
        raise ValueError("a file in it has a negative size")
    return size


def _addresses(*given: Any) -> Iterator[str]:
    """Addresses out of texts, lists and lists of lists; what is odd is left out."""
    seen = set()
    pending = list(given)[::-1]
    while pending:
        item = pending.pop()
        if isinstance(item, list):
            pending += item[::-1]
        elif isinstance(item, bytes):
            address = item.decode("utf-8", "replace").strip()
            if address.startswith(("http://", "https://", "udp://")) and address not in seen and address.isprintable():
                seen.add(address)
                yield address


def _text(value: Any) -> str:
    return value.decode("utf-8", "replace")[:1000] if isinstance(value, bytes) else ""


def _member(data: dict[bytes, Any], key: bytes, kind: type) -> Any:
    return _typed(data.get(key), kind, f"'{key.decode()}' is missing or of another form")


def _typed(value: Any, kind: type, fault: str) -> Any:
    if not isinstance(value, kind):
        raise ValueError(fault)  # noqa: TRY004 - a fault of the data, like the others
    return value
