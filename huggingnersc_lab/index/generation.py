"""One state of the index: a folder that is written once, sealed, and never changed afterwards.

The next state is a new folder that shares the files both have (hard links; the search library never changes a file
that it has written), so who reads needs no lock and sees one state as a whole. The seal holds a checksum of every
file: a state that is damaged, cut short or of another layout is worth nothing and is made again from the catalog.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import tantivy

SEAL_FILE = "seal.json"
META_FILE = "meta.json"
"""The library's list of its files."""


@dataclass(frozen=True)
class Sources:
    """What a part of the index was made from.

    Attributes:
        signs: by key, a text that changes with the entry.
        notes: by key, what was noted of an entry, of those that have a note.
    """

    signs: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Seal:
    """What a state's files were when they were written.

    Attributes:
        checksums: by name, CRC-32 of the content.
        stamps: by name, see :func:`stamp_of`.
    """

    checksums: Mapping[str, int]
    stamps: Mapping[str, Sequence[int]]


class Generation:
    """A state of the index, opened.

    Args:
        folder: where it is.
        seal: of its files.
        index: the library's.
        sources: by part, as far as they are in memory already.

    Attributes:
        checksums: of its files, by name.
    """

    def __init__(self, folder: Path, seal: Seal, index: tantivy.Index, sources: Mapping[str, Sources]) -> None:
        self.folder = folder
        self.checksums = seal.checksums
        self._sizes = {f"{folder}/{name}": stamp[0] for name, stamp in seal.stamps.items()}
        self.index = index
        self._sources = dict(sources)

    @classmethod
    def open(cls, folder: Path, known: Generation | None = None) -> Generation | None:
        """A state as it is on disk; None for one that is damaged or of another layout.

        Args:
            folder: where it is.
            known: another one, which was opened before: the files that both have are not read again.
        """
        from huggingnersc_lab.index.schema import VERSION, schema

        seal = _read_seal(folder, VERSION)
        if seal is None:
            return None
        seen = known.checksums.items() if known else ()
        try:
            for name, checksum in seal.checksums.items() - seen:
                path = folder / name
                # What nobody has written since needs no second reading; :meth:`is_whole` reads it all the same.
                if not is_sources(name) and stamp_of(path) != seal.stamps.get(name) and not _fits(path, checksum):
                    return None
            index = open_library(folder)
        except (OSError, ValueError):
            return None
        return cls(folder, seal, index, {}) if index.schema == schema() else None

    def sources(self, part: str) -> Sources:
        """What a part was made from.

        Raises:
            ValueError: that is damaged.
        """
        if part not in self._sources:
            name = sources_file(part)
            content = (self.folder / name).read_bytes() if name in self.checksums else b"{}"
            if name in self.checksums and zlib.crc32(content) != self.checksums[name]:
                raise ValueError(f"'{name}' is damaged")
            self._sources[part] = Sources(**json.loads(content))
        return self._sources[part]

    def is_cut(self) -> bool:
        """Whether a file of it is gone or shorter than it was written.

        The library maps its files into memory, and who reads what is not there any more is ended by the system.
        """
        try:
            return any(os.stat(path).st_size < size for path, size in self._sizes.items())  # noqa: PTH116 - each search
        except OSError:
            return True

    def is_whole(self) -> bool:
        """Whether all its files are still as they were written."""
        try:
            return all(_fits(self.folder / name, checksum) for name, checksum in self.checksums.items())
        except OSError:
            return False


def open_library(folder: Path) -> tantivy.Index:
    """The library's index in a folder. Raises ``ValueError`` for one that it cannot open."""
    import tantivy

    from huggingnersc_lab.index.schema import prepare

    index = tantivy.Index.open(str(folder))
    prepare(index)
    return index


def stamp_of(path: Path) -> list[int]:
    """Differs when a file was written, or replaced."""
    status = path.stat()
    return [status.st_size, status.st_mtime_ns, status.st_ino]


def _fits(path: Path, checksum: int) -> bool:
    return zlib.crc32(path.read_bytes()) == checksum


def _read_seal(folder: Path, version: int) -> Seal | None:
    try:
        checksum, _, body = (folder / SEAL_FILE).read_bytes().partition(b"\n")
        if int(checksum) != zlib.crc32(body):
            return None
        seal = json.loads(body)
        return Seal(dict(seal["checksums"]), dict(seal["stamps"])) if seal["version"] == version else None
    except (OSError, ValueError, LookupError, TypeError):
        return None


def sources_file(part: str) -> str:
    """Name of the file with what a part was made from."""
    return f"sources-{part}.json"


def is_sources(name: str) -> bool:
    """Whether it is the name of such a file."""
    return name.startswith("sources-")
