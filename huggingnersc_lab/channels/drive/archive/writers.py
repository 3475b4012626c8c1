"""The two forms of archive behind one interface; both stream, and hold no time, owner or mode of the person's."""

from __future__ import annotations

import io
import tarfile
import zipfile
from abc import ABC, abstractmethod
from contextlib import suppress
from typing import IO, TYPE_CHECKING, Any, Literal, get_args

from huggingnersc_lab.channels.drive.archive.zstd import compressor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Format = Literal["zip", "tar.zst"]

FORMATS: tuple[Format, ...] = get_args(Format)

READ_BYTES = 1 << 20
"""Bytes of a file that are in memory at once."""

_FILE_MODE = 0o644
_FOLDER_MODE = 0o755
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip can hold."""

_TAR_EPOCH = 315532800
"""The same in seconds since 1970, UTC."""


class Writer(ABC):
    """Writes one archive; use as ``with``, which completes it unless an error passes.

    Args:
        target: where it goes; it need not seek.
    """

    def __init__(self, target: IO[bytes]) -> None:
        self._target = target

    @staticmethod
    @abstractmethod
    def refuses(name: str) -> str | None:
        """Why this form cannot hold a name, a part of a sentence; None if it can."""

    @abstractmethod
    def add_folder(self, name: str) -> None:
        """Add an empty folder."""

    @abstractmethod
    def add_file(self, name: str, size: int, read: Callable[[int], bytes]) -> None:
        """Add a file of exactly ``size`` bytes, read piece by piece; raises ``EOFError`` if there are fewer."""

    @abstractmethod
    def complete(self) -> None:
        """Write what stands at the end."""

    @abstractmethod
    def abandon(self) -> None:
        """Stop after an error; what was written is worth nothing then."""


class ZipWriter(Writer):
    """A zip with sizes behind each file's content, so that nothing is written twice; Zip64 where it is needed."""

    def __init__(self, target: IO[bytes]) -> None:
        super().__init__(target)
        self._zip = zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED)

    @staticmethod
    def refuses(name: str) -> str | None:
        """What is no UTF-8."""
        try:
            name.encode()
        except UnicodeEncodeError:
            return "its name is not UTF-8, which a zip cannot hold (a tar.zst can)"
        return None

    def add_folder(self, name: str) -> None:
        """Add an empty folder."""
        info = zipfile.ZipInfo(f"{name}/", _EPOCH)
        info.create_system = 3
        info.external_attr = ((0o040000 | _FOLDER_MODE) << 16) | 0x10
        self._zip.writestr(info, b"")

    def add_file(self, name: str, size: int, read: Callable[[int], bytes]) -> None:
        """Add a file."""
        info = zipfile.ZipInfo(name, _EPOCH)
        info.create_system = 3
        info.external_attr = (0o100000 | _FILE_MODE) << 16
        info.compress_type = zipfile.ZIP_DEFLATED
        info.file_size = size
        with self._zip.open(info, "w") as stream:
            for piece in _pieces(size, read):
                stream.write(piece)

    def complete(self) -> None:
        """Write the central directory."""
        self._zip.close()

    def abandon(self) -> None:
        """Write nothing more, not even when the object is collected."""
        self._zip.fp = None


class TarZstWriter(Writer):
    """A POSIX (pax) tar, compressed by Zstandard on all cores."""

    def __init__(self, target: IO[bytes], threads: int | None = None) -> None:
        super().__init__(target)
        self._compressor = compressor(target, threads)
        self._buffer = io.BufferedWriter(self._compressor, READ_BYTES)  # headers and small files go together
        self._tar: Any
        self._tar = tarfile.open(  # noqa: SIM115 - closed by complete
            fileobj=self._buffer,
            mode="w",
            format=tarfile.PAX_FORMAT,
            encoding="utf-8",
            errors="surrogateescape",
        )
        self._tar.copybufsize = READ_BYTES

    @staticmethod
    def refuses(name: str) -> str | None:
        """Nothing: names that are no UTF-8 are marked as such."""
        del name
        return None

    def add_folder(self, name: str) -> None:
        """Add an empty folder."""
        info = _tar_info(name, _FOLDER_MODE)
        info.type = tarfile.DIRTYPE
        self._tar.addfile(info)
        self._tar.members.clear()

    def add_file(self, name: str, size: int, read: Callable[[int], bytes]) -> None:
        """Add a file."""
        info = _tar_info(name, _FILE_MODE)
        info.size = size
        self._tar.addfile(info, _Source(read))
        self._tar.members.clear()  # which nobody asks for

    def complete(self) -> None:
        """Write the end of the tar and of the compressed stream."""
        self._tar.close()
        self._buffer.close()

    def abandon(self) -> None:
        """Write nothing more; the compressor may still do so."""
        self._tar.closed = True
        with suppress(OSError):
            self._buffer.close()


WRITERS: dict[Format, type[Writer]] = {"zip": ZipWriter, "tar.zst": TarZstWriter}
"""By form, what writes it."""


def _tar_info(name: str, mode: int) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.mode = mode
    info.mtime = _TAR_EPOCH
    return info


class _Source:
    """What a tar reads a member from; unlike a file it tells an early end from the end."""

    def __init__(self, read: Callable[[int], bytes]) -> None:
        self._read = read

    def read(self, length: int) -> bytes:
        """Exactly so many bytes."""
        return b"".join(_pieces(length, self._read))


def _pieces(size: int, read: Callable[[int], bytes]) -> Iterator[bytes]:
    left = size
    while left:
        piece = read(min(left, READ_BYTES))
        if not piece:
            raise EOFError
        left -= len(piece)
        yield piece
