"""Copies of files that no other program can truncate.

The search library maps its files into memory, and the system kills a process that reads a mapped page beyond the end of
its file (SIGBUS). Any program of the user can truncate files in the cache folder: a cleanup script, a backup restored
in place, another server. So the library never opens those files, only copies of them: small ones in memory, sealed by
the kernel; large ones on disk, without a name.
"""

from __future__ import annotations

import fcntl
import os
import tempfile
import weakref
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

MEMORY_BYTES = 256_000_000
"""Above this size, that of some 200,000 datasets, an index is copied to disk instead of memory."""

_DESCRIPTORS = Path("/dev/fd")
"""Where a process finds its own open files by number."""

_CHUNK_BYTES = 1 << 20

_MANY_BYTES = 30_000_000
_THREADS = 2


class PrivateFile:
    """A copy of a file; it disappears with this object.

    Args:
        descriptor: the open copy, owned by this object from now on.
        size: its size in bytes.
    """

    def __init__(self, descriptor: int, size: int) -> None:
        self._descriptor = descriptor
        self.size = size
        weakref.finalize(self, os.close, descriptor)

    @classmethod
    def copy(cls, path: Path, *, in_memory: bool) -> PrivateFile:
        """Copy a file.

        Args:
            path: the file.
            in_memory: whether the copy may be in memory; see :data:`MEMORY_BYTES`.

        Raises:
            OSError: the file cannot be read, or there is no space for the copy.
        """
        source = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            target = _new_file(in_memory=in_memory)
            try:
                size = 0
                while chunk := os.read(source, _CHUNK_BYTES):
                    _write(target, chunk)
                    size += len(chunk)
                _seal(target)
            except BaseException:
                os.close(target)
                raise
        finally:
            os.close(source)
        return cls(target, size)

    def show_at(self, path: Path) -> None:
        """Make the copy readable at a path, for this process.

        Args:
            path: an unused path, in a folder that nobody else can write to.

        Raises:
            OSError: that is not possible.
        """
        path.symlink_to(_DESCRIPTORS / str(self._descriptor))
        try:
            if os.path.samestat(path.stat(), os.fstat(self._descriptor)):
                return
        except OSError:  # a system without /dev/fd
            pass
        path.unlink()
        self.save(path)

    def save(self, path: Path) -> None:
        """Write the content to a new file.

        Raises:
            OSError: it cannot be written.
        """
        target = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        try:
            for chunk in self._chunks():
                _write(target, chunk)
        finally:
            os.close(target)

    def checksum(self) -> int:
        """CRC-32 of the content."""
        checksum = 0
        for chunk in self._chunks():
            checksum = zlib.crc32(chunk, checksum)
        return checksum

    def _chunks(self) -> Iterator[bytes]:
        place = 0
        while chunk := os.pread(self._descriptor, _CHUNK_BYTES, place):
            yield chunk
            place += len(chunk)


def private_copies(paths: Iterable[Path]) -> dict[str, PrivateFile]:
    """Copies of some files, by name.

    Raises:
        OSError: a file cannot be read, or there is no space for its copy in memory or on disk.
    """
    sizes = {path: path.stat().st_size for path in paths}
    total = sum(sizes.values())
    largest_first = sorted(sizes, key=lambda path: -sizes[path])

    def copy(path: Path) -> PrivateFile:
        in_memory = total <= MEMORY_BYTES
        try:
            return PrivateFile.copy(path, in_memory=in_memory)
        except OSError:  # perhaps there is no space
            return PrivateFile.copy(path, in_memory=not in_memory)

    if total < _MANY_BYTES:
        return {path.name: copy(path) for path in largest_first}
    from huggingnersc_lab.pool import DaemonPool

    with DaemonPool(_THREADS, "huggingnersc-copy") as pool:
        return dict(zip((path.name for path in largest_first), pool.map(copy, largest_first), strict=True))


def _new_file(*, in_memory: bool) -> int:
    """Create an empty file without a name, and return its descriptor."""
    if in_memory and hasattr(os, "memfd_create"):
        return os.memfd_create("huggingnersc-index", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    with tempfile.TemporaryFile() as file:
        return os.dup(file.fileno())


def _write(descriptor: int, content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _seal(descriptor: int) -> None:
    """Have the kernel refuse all further changes of the file, if it supports that."""
    if hasattr(fcntl, "F_ADD_SEALS"):
        try:
            seals = fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_WRITE | fcntl.F_SEAL_SEAL
            fcntl.fcntl(descriptor, fcntl.F_ADD_SEALS, seals)
        except OSError:  # a file on disk; without a name, nobody can open it
            pass
