"""One line of a manifest: a file's state and its digests.

Fields are parted by tabs: path, size, mtime in nanoseconds, inode, digests (``md5=HEX,sha256=HEX``), and the BLAKE3
digests of its ranges, one after the other. In paths, line ends, tabs and per cent signs are per cent escapes, as
BagIt has it (RFC 8493, 2.1.3); other bytes are as the file system has them. What tells whether a file is unchanged
stands first, so that one comparison of bytes does for it. The ctime is not among that: it changes with every ``chmod``,
which a dataset that is opened to its readers gets for all of its files.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from huggingnersc_lab.checksums.algorithms import ALGORITHMS, blake3, ranges_of
from huggingnersc_lab.checksums.walk import File

DIGEST_BYTES = 32
_ESCAPED = re.compile(rb"[\n\r\t%]")
_ESCAPES = re.compile(rb"%(0A|0D|09|25)")
SPECIAL = b"\n\r\t%"
"""What is escaped in a path."""

STATE = b"%b\t%d\t%d\t%d\t"
"""Form of the beginning of a line, of a :class:`File` whose path has nothing special."""

_FIELDS = 6


class Entry(NamedTuple):
    """A file of a manifest.

    Attributes:
        file: the file, in the state that it was read in.
        ranges: BLAKE3 of each range of :data:`RANGE_BYTES`, 32 bytes each.
        digests: algorithm → digest of the whole file, hexadecimal.
    """

    file: File
    ranges: tuple[bytes, ...]
    digests: Mapping[str, str]


def escape(path: bytes) -> bytes:
    """A path as it stands in a line."""
    return _ESCAPED.sub(lambda found: b"%%%02X" % ord(found[0]), path)


def unescape(field: bytes) -> bytes:
    """The path that stands in a line."""
    return _ESCAPES.sub(lambda found: bytes.fromhex(found[1].decode()), field) if b"%" in field else field


def state_of(file: File) -> bytes:
    """The beginning of a file's line, which changes whenever the file may have changed."""
    if file[0].translate(None, SPECIAL) != file[0]:
        file = file._replace(path=escape(file.path))
    return STATE % file


def from_state(state: bytes) -> File:
    """The file of the beginning of a line."""
    path, size, mtime_ns, inode, _ = state.split(b"\t")
    return File(unescape(path), int(size), int(mtime_ns), int(inode))


def path_of(line: bytes) -> bytes:
    """The path of a line."""
    return unescape(line[: line.find(b"\t")])


def to_line(entry: Entry) -> bytes:
    """An entry as a line, with its line end."""
    digests = ",".join(f"{name}={entry.digests[name]}" for name in ALGORITHMS if name in entry.digests)
    return b"%b%b\t%b\n" % (state_of(entry.file), digests.encode(), b"".join(entry.ranges).hex().encode())


def from_line(line: bytes) -> Entry:
    """The entry of a line.

    Raises:
        ValueError: it is no line of a manifest.
    """
    fields = line.rstrip(b"\n").split(b"\t")
    if len(fields) != _FIELDS:
        raise ValueError("A line of a manifest has six fields.")
    size, mtime_ns, inode = map(int, fields[1:4])
    digests = dict(part.split("=", 1) for part in fields[4].decode("ascii").split(",") if part)
    joined = bytes.fromhex(fields[5].decode("ascii"))
    if len(joined) != DIGEST_BYTES * ranges_of(size) or not digests.keys() <= set(ALGORITHMS):
        raise ValueError("A line of a manifest lacks digests.")
    ranges = tuple(joined[at : at + DIGEST_BYTES] for at in range(0, len(joined), DIGEST_BYTES))
    return Entry(File(unescape(fields[0]), size, mtime_ns, inode), ranges, digests)


def joined(former: bytes | None, line: bytes) -> bytes:
    """A line with the digests of a former one besides, where that is of the same state of the file."""
    if former is None:
        return line
    try:
        old, new = from_line(former), from_line(line)
    except ValueError:
        return line
    if old.file != new.file or old.ranges != new.ranges:
        return line
    return to_line(new._replace(digests={**old.digests, **new.digests}))


def content_of(entry: Entry) -> bytes:
    """One digest of a file's content: that of its range, or of the digests of its ranges where there are several."""
    if len(entry.ranges) == 1:
        return entry.ranges[0]
    hasher = blake3()
    hasher.update(memoryview(b"".join(entry.ranges)))
    return hasher.digest()
