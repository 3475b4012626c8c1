"""A snapshot of the index: a folder that never changes after it was written.

The next snapshot is a new folder that shares files with the previous one (hard links; the search library never changes
a file once written). So readers take no lock, and see one snapshot as a whole. The manifest has a checksum of every
file: a snapshot that is damaged, truncated or of another version counts as missing, and the index is rebuilt from the
catalog.

Searches use a copy of those files that is private to the process: see
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
"""The library's list of its files: the only file that it replaces, and that it reads instead of mapping it."""

_SOURCES = "sources-"


@dataclass(frozen=True)
class Sources:
    """The sources of a part of the index.

    Attributes:
        fingerprints: a text that changes with the entry, by key.
        notes: :attr:`IndexEntry.note` of the entries that have one, by key.
    """

    fingerprints: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)


class Snapshot:
    """An open snapshot. Thread-safe.

    Args:
        folder: its folder.
        manifest: the manifest of its files.
        files: copies of the library's files, by name.
        meta: content of :data:`META_FILE`.
        sources: the sources by part, if already in memory.

    Attributes:
        index: the library's index, opened from the copies.

    Raises:
        ValueError: the library cannot open the copies.
        OSError: no scratch folder can be created.
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
        """Open a snapshot from disk; None if it is damaged or of another version.

        Args:
            folder: its folder.
            known: another open snapshot, whose copies of common files are reused.
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
            with suppress(OSError):  # perhaps there is no space
                return self._open_library_in(place)
        return self._open_library_in(last)

    def _open_library_in(self, place: Path) -> tantivy.Index:
        with scratch_folder(place) as folder:
            self.show_in(folder)
            return open_library(folder)

    def show_in(self, folder: Path) -> None:
        """Make the copies readable in a folder that nobody else can write to, as the library expects them.

        Raises:
            OSError: that is not possible.
        """
        (folder / META_FILE).write_bytes(self.meta)
        for name, file in self.files.items():
            file.show_at(folder / name)

    def sources(self, part: str) -> Sources:
        """The sources of a part.

        Raises:
            ValueError: their file is damaged.
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
        """Whether the next snapshot can share this one's files of sources."""
        names = filter(is_sources, self.manifest.checksums)
        return all(self.manifest.is_untouched(self.folder / name) for name in names)

    def is_whole(self) -> bool:
        """Whether all its files on disk are unchanged; reads each of them."""
        try:
            checksums = self.manifest.checksums.items()
            return all(zlib.crc32((self.folder / name).read_bytes()) == checksum for name, checksum in checksums)
        except OSError:
            return False


def _copies(folder: Path, manifest: Manifest, known: Snapshot | None) -> dict[str, PrivateFile] | None:
    """Copies of the library's files, by name; None if one has changed."""
    checksums = {name: it for name, it in manifest.checksums.items() if name != META_FILE and not is_sources(name)}
    before = known.manifest.checksums if known else {}
    shared = {name: known.files[name] for name in checksums if checksums[name] == before.get(name)} if known else {}
    # The checksum of an untouched file is right; `is_whole` computes it anyway.
    untouched = {name for name in checksums if manifest.is_untouched(folder / name)}
    fresh = private_copies(folder / name for name in checksums if name not in shared)
    for name, file in fresh.items():
        if file.size != manifest.stamps[name][0] or not (name in untouched or file.checksum() == checksums[name]):
            return None
    return shared | fresh


def open_library(folder: Path) -> tantivy.Index:
    """Open the library's index in a folder.

    Raises:
        ValueError: the library cannot open it.
    """
    import tantivy

    from huggingnersc_lab.index.schema import prepare

    index = tantivy.Index.open(str(folder))
    prepare(index)
    return index


def sources_file(part: str) -> str:
    """Name of the file with the sources of a part."""
    return f"{_SOURCES}{part}.json"


def is_sources(name: str) -> bool:
    """Whether it is the name of such a file."""
    return name.startswith(_SOURCES)
