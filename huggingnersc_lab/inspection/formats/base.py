"""What a format is, and how its files are opened."""

from __future__ import annotations

import gzip
import os
import stat
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, ClassVar, cast

from huggingnersc_lab.inspection.description import Description
from huggingnersc_lab.regular import kind_of

HEAD_BYTES = 4096
"""So many bytes of a file are looked at to recognize its format."""

_CONTROLS = {*range(32)} - {*b"\t\n\v\f\r\b\x1b"}


class DamagedError(Exception):
    """A file is not what its format says; its message is a sentence for people."""


class Format(ABC):
    """A format of data. Its methods run in a process of their own, with limits of time and memory.

    Attributes:
        name: its id, as in a record's ``contents.formats``: lower-case letters and digits.
        title: its name for people.
        suffixes: lower-case suffixes of its files, without the dot.
        is_table: whether ``rows`` of its files are rows of a table or samples, which can be added up.
        is_folder: whether a folder, not a file, is described.
        magic: bytes that a file of it begins with; empty if it has none.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    suffixes: ClassVar[tuple[str, ...]]
    is_table: ClassVar[bool] = False
    is_folder: ClassVar[bool] = False
    magic: ClassVar[tuple[bytes, ...]] = ()

    def sniff(self, name: str, head: bytes) -> bool:
        """Whether a file can be of this format.

        Args:
            name: its name, without folders.
            head: its first :data:`HEAD_BYTES`.
        """
        del name
        return head.startswith(self.magic)

    @abstractmethod
    def describe(self, path: str) -> Description:
        """Read what a file says of itself: headers and footers only.

        Args:
            path: absolute path of the file.

        Raises:
            DamagedError: it is not of this format. Any other exception of a library means the same.
            ImportError: a library that it needs is not installed.
        """


def open_regular(path: str) -> BinaryIO:
    """Open a regular file; raises ``OSError``, or :class:`DamagedError` for what is no file."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
    mode = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(mode):
        os.close(descriptor)
        kind = "a folder" if stat.S_ISDIR(mode) else kind_of(mode)
        raise DamagedError(f"It is {kind}, not a file.")
    return os.fdopen(descriptor, "rb")


@contextmanager
def open_plain(path: str) -> Iterator[BinaryIO]:
    """Open a file, and unpack it while it is read if it is a gzip file."""
    with open_regular(path) as stream:
        yield cast("BinaryIO", gzip.GzipFile(fileobj=stream)) if path.lower().endswith(".gz") else stream


def read_most(stream: BinaryIO, size: int) -> tuple[bytes, bool]:
    """The next bytes of a stream, at most ``size``, and whether a packed stream is damaged after them."""
    parts: list[bytes] = []
    try:
        while size > 0 and (part := stream.read(min(size, 2**16))):
            parts.append(part)
            size -= len(part)
    except (EOFError, gzip.BadGzipFile, OSError, ValueError):
        return b"".join(parts), True
    return b"".join(parts), False


def is_text(head: bytes) -> bool:
    """Whether bytes have no control characters but those of text, in UTF-8 or another encoding that extends ASCII."""
    return not _CONTROLS.intersection(head)
