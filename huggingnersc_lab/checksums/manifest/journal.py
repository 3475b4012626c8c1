"""A file that lines are appended to, which may be cut off at any moment."""

from __future__ import annotations

import os
import time
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.private_files import storage_errors

_FLUSH_BYTES = 2**16
_FLUSH_SECONDS = 0.5
_CHECK_BYTES = 9
_KEPT = "Those that were written before are kept, and not computed again."


class Journal:
    """Appends lines, each with a check of itself; they are in the file half a second later, even if we are killed.

    Args:
        path: the file; made when the first line is written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor = -1
        self._lines: list[bytes] = []
        self._bytes = 0
        self._flushed_at = time.monotonic()

    def append(self, line: bytes) -> None:
        """Append a line, which has its line end.

        Raises:
            CatalogError: ``storage`` or ``forbidden`` when it cannot be written; what was written before is kept.
        """
        self._lines.append(b"%08x %b" % (zlib.crc32(line), line))
        self._bytes += len(line)
        if self._bytes >= _FLUSH_BYTES or time.monotonic() - self._flushed_at >= _FLUSH_SECONDS:
            self.flush()

    def flush(self) -> None:
        """Write what was appended so far."""
        data, self._lines, self._bytes = b"".join(self._lines), [], 0
        self._flushed_at = time.monotonic()
        if not data:
            return
        with storage_errors("write down the checksums", _KEPT):
            if self._descriptor < 0:
                self._descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
            view = memoryview(data)
            while view:
                view = view[os.write(self._descriptor, view) :]

    def close(self) -> None:
        """Write the rest, to the disk."""
        try:
            self.flush()
            if self._descriptor >= 0:
                with storage_errors("write down the checksums"):
                    os.fsync(self._descriptor)
        finally:
            self._release()

    def rescue(self) -> None:
        """Write what can be written, and let go of the file: something went wrong."""
        with suppress(CatalogError):
            self.flush()
        self._release()

    def _release(self) -> None:
        descriptor, self._descriptor = self._descriptor, -1
        if descriptor >= 0:
            with suppress(OSError):
                os.close(descriptor)


def read_journal(path: Path) -> Iterator[bytes]:
    """The lines of a journal without their checks; what was cut off, or is damaged, is left out."""
    try:
        stream = path.open("rb")
    except FileNotFoundError:
        return
    with stream:
        for record in stream:
            line = record[_CHECK_BYTES:]
            if line.endswith(b"\n") and record[:_CHECK_BYTES] == b"%08x " % zlib.crc32(line):
                yield line
