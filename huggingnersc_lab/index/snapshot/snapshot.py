"""A snapshot of the index: a folder that is written once and never changed afterwards.

The next snapshot is a new folder that shares files with the one before (hard links; the search library never changes a
file that it has written). So readers take no lock, and see one snapshot as a whole. The manifest holds a checksum of
every file: a snapshot that is damaged, cut short or of another version counts as missing, and the index is built again
from the catalog.

What is searched is a copy of those files that belongs to this process alone: see
:mod:`huggingnersc_lab.index.snapshot.private_file`.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from huggingnersc_lab.index.snapshot.manifest import Manifest
from huggingnersc_lab.index.snapshot.private_file import PrivateFile, private_copies
from huggingnersc_lab.index.snapshot.scratch import scratch_folder, scratch_places

if TYPE_CHECKING:
    import tantivy

META_FILE = "meta.json"
"""The library's list of its files: the only one that it replaces, and that it reads instead of mapping it."""

_SOURCES = "sources-"


@dataclass(frozen=True)
class Sources:
    """What a part of the index was made from.

    Attributes:
        fingerprints: by key, a text that changes with the entry.
        notes: by key, :attr:`IndexEntry.note` of the entries that have one.
    """

    fingerprints: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)


class Snapshot:
    """An open snapshot. May be used from any thread.

    Args:
        folder: where it is kept.
        manifest: of its files.
        files: copies of the library's files, by name.
        meta: content of :data:`META_FILE`.
        sources: by part, as far as they are in memory already.

    Attributes:
        index: the library's index of the copies.

    Raises:
        ValueError: the library cannot open the copies.
        OSError: no scratch folder can be made.
    """

    def __init__(
        self,
        folder: Path,
        manifest: Manifest,
        files: Mapping[str, PrivateFile],
        meta: bytes,
        sources: Mapping[str, Sources],
    ) -> None:
        self.folder = folder
        self.manifest = manifest
        self.files = files
        self.meta = meta
        self._sources = dict(sources)
        self.index = self._open_library()

    @classmethod
    def open(cls, folder: Path, known: Snapshot | None = None) -> Snapshot | None:
        """A snapshot as it is on disk; None for one that is damaged or of another version.

        Args:
            folder: where it is kept.
            known: another one that is open: files that both have are not copied again.
        """
        from huggingnersc_lab.index.schema import VERSION, schema

        manifest = Manifest.read(folder, VERSION)
        if manifest is None:
            return None
        try:
            meta = (folder / META_FILE).read_bytes()
            if zlib.crc32(meta) != manifest.checksums.get(META_FILE):
                return None
            files = _copies(folder, manifest, known)
            snapshot = cls(folder, manifest, files, meta, {}) if files is not None else None
        except (OSError, ValueError):
            return None
        return snapshot if snapshot and snapshot.index.schema == schema() else None

    def _open_library(self) -> tantivy.Index:
        *places, last = scratch_places(self.folder.parent, in_memory=True)
        for place in places:
            with suppress(OSError):  # perhaps there is no room
                return self._open_library_in(place)
        return self._open_library_in(last)

    def _open_library_in(self, place: Path) -> tantivy.Index:
        with scratch_folder(place) as folder:
            self.show_in(folder)
            return open_library(folder)

    def show_in(self, folder: Path) -> None:
        """Make the copies readable in a folder that nobody else can write into, as the library expects them.

        Raises:
            OSError: that is not possible.
        """
        (folder / META_FILE).write_bytes(self.meta)
        for name, file in self.files.items():
            file.show_at(folder / name)

    def sources(self, part: str) -> Sources:
        """What a part was made from.

        Raises:
            ValueError: the file that says so is damaged.
            OSError: it cannot be read.
        """
        if part not in self._sources:
            name = sources_file(part)
            content = (self.folder / name).read_bytes() if name in self.manifest.checksums else b"{}"
            if name in self.manifest.checksums and zlib.crc32(content) != self.manifest.checksums[name]:
                raise ValueError(f"'{name}' is damaged")
            self._sources[part] = Sources(**json.loads(content))
        return self._sources[part]

    def can_be_continued(self) -> bool:
        """Whether the next snapshot may share this one's files that say what it was made from."""
        names = filter(is_sources, self.manifest.checksums)
        return all(self.manifest.is_untouched(self.folder / name) for name in names)

    def is_whole(self) -> bool:
        """Whether all its files on disk are still as they were written; each of them is read."""
        try:
            checksums = self.manifest.checksums.items()
            return all(zlib.crc32((self.folder / name).read_bytes()) == checksum for name, checksum in checksums)
        except OSError:
            return False


def _copies(folder: Path, manifest: Manifest, known: Snapshot | None) -> dict[str, PrivateFile] | None:
    """Copies of the library's files, by name; None where one is not as it was written."""
    checksums = {name: it for name, it in manifest.checksums.items() if name != META_FILE and not is_sources(name)}
    before = known.manifest.checksums if known else {}
    shared = {name: known.files[name] for name in checksums if checksums[name] == before.get(name)} if known else {}
    # The checksum of an untouched file is right; `is_whole` computes it all the same.
    untouched = {name for name in checksums if manifest.is_untouched(folder / name)}
    fresh = private_copies(folder / name for name in checksums if name not in shared)
    for name, file in fresh.items():
        if file.size != manifest.stamps[name][0] or not (name in untouched or file.checksum() == checksums[name]):
            return None
    return shared | fresh


def open_library(folder: Path) -> tantivy.Index:
    """The library's index in a folder.

    Raises:
        ValueError: the library cannot open it.
    """
    import tantivy

    from huggingnersc_lab.index.schema import prepare

    index = tantivy.Index.open(str(folder))
    prepare(index)
    return index


def sources_file(part: str) -> str:
    """Name of the file that says what a part was made from."""
    return f"{_SOURCES}{part}.json"


def is_sources(name: str) -> bool:
    """Whether it is the name of such a file."""
    return name.startswith(_SOURCES)
