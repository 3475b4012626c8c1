"""The file that an archive is written into: its digest is computed on the way, in a thread beside the compression."""

from __future__ import annotations

import hashlib
import io
import os
import queue
import threading
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from typing_extensions import Buffer, Self

BLOCK = 1 << 20
"""Bytes that are handed over at once."""

WAITING = 8
"""Blocks that may wait for the disk, so that memory stays bounded."""


class Output(io.RawIOBase):
    """A new file, mode 0644 as far as the umask allows, written from the start to the end.

    It cannot seek, so what writes into it has to stream. An error of the disk is raised by the next write, or by
    :meth:`finish`.

    Args:
        path: the file; it must not exist.
        algorithm: which digest is computed, as :func:`hashlib.new` names it.
    """

    def __init__(self, path: Path, algorithm: str = "md5") -> None:
        super().__init__()
        self.size = 0
        self._digest = hashlib.new(algorithm, usedforsecurity=False)
        self._descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o644)
        self._buffer = bytearray()
        self._error: OSError | None = None
        self._blocks: queue.Queue[bytearray | None] = queue.Queue(WAITING)
        self._thread = threading.Thread(target=self._write_all, name="archive", daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def writable(self) -> bool:
        """True."""
        return True

    def write(self, data: Buffer, /) -> int:
        """Take bytes."""
        length = memoryview(data).nbytes
        self.size += length
        self._buffer += memoryview(data)
        if len(self._buffer) >= BLOCK:
            self._hand_over()
        return length

    def finish(self) -> str:
        """Bring everything to the disk; the hexadecimal digest of it."""
        self._hand_over()
        self._end()
        if self._error is None:
            os.fsync(self._descriptor)
        else:
            raise self._error
        return self._digest.hexdigest()

    def close(self) -> None:
        """Stop; what was not finished is cut off."""
        if not self.closed:
            self._end()
            os.close(self._descriptor)
        super().close()

    def _hand_over(self) -> None:
        if self._error is not None:
            raise self._error
        if self._buffer:
            self._blocks.put(self._buffer)
            self._buffer = bytearray()

    def _end(self) -> None:
        if self._thread.is_alive():
            self._blocks.put(None)
            self._thread.join()

    def _write_all(self) -> None:
        """Until the end: after an error blocks are dropped, so that nobody waits for room."""
        write: Callable[[bytearray], None] = self._write_block
        while (block := self._blocks.get()) is not None:
            try:
                write(block)
            except OSError as err:
                self._error = self._error or err
                write = _drop

    def _write_block(self, block: bytearray) -> None:
        self._digest.update(block)
        rest = memoryview(block)
        while rest:
            rest = rest[os.write(self._descriptor, rest) :]


def _drop(block: bytearray) -> None:
    del block
