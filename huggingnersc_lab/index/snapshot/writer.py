"""Writes the next snapshot of the index."""

from __future__ import annotations

import json
import os
import shutil
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from huggingnersc_lab.index.entry import IndexEntry
from huggingnersc_lab.index.snapshot.manifest import Manifest, stamp_of
from huggingnersc_lab.index.snapshot.private_file import PrivateFile, private_copies
from huggingnersc_lab.index.snapshot.scratch import remove_abandoned, scratch_folder, scratch_places
from huggingnersc_lab.index.snapshot.snapshot import (
    META_FILE,
    Snapshot,
    Sources,
    is_sources,
    open_library,
    sources_file,
)

_WRITER_BYTES = 64_000_000
_SMALL_WRITER_BYTES = 15_000_000
_SMALL_CHANGE = 1000


@dataclass(frozen=True)
class Change:
    """How the next snapshot differs from the previous one.

    Attributes:
        part: the part of the index that changes.
        fingerprints: see :attr:`Sources.fingerprints`; for the whole part.
        changed: keys of new or changed entries.
        removed: keys of removed entries.
        read: returns an entry by its key; None omits it. It may modify ``fingerprints`` in the process.
        on_read: called after each entry that was read.
    """

    part: str
    fingerprints: Mapping[str, str]
    changed: Sequence[str]
    removed: Sequence[str]
    read: Callable[[str], IndexEntry | None]
    on_read: Callable[[], None] = lambda: None

    @property
    def is_small(self) -> bool:
        """Whether there is little to write."""
        return len(self.changed) < _SMALL_CHANGE


def write_snapshot(folder: Path, former: Snapshot | None, change: Change) -> Snapshot:
    """Write the next snapshot.

    Args:
        folder: a new, empty folder.
        former: the snapshot to continue; None to start from nothing.
        change: the changes.

    Raises:
        OSError: it cannot be written.
        ValueError: likewise, as raised by the library.
    """
    # In a scratch folder nobody can truncate the library's files, and if it is in memory, no time is lost by the
    # library syncing each file, which is of no use here.
    *places, last = scratch_places(folder.parent, in_memory=change.is_small)
    for place in places:
        if not change.is_small:
            remove_abandoned(place)
        try:
            return _write(place, folder, former, change)
        except (OSError, ValueError):  # perhaps there is no space
            for path in folder.iterdir():
                path.unlink()
    return _write(last, folder, former, change)


def _write(place: Path, folder: Path, former: Snapshot | None, change: Change) -> Snapshot:
    from huggingnersc_lab.index.schema import VERSION

    with scratch_folder(place) as scratch:
        sources = _run_library(scratch, former, change)
        meta = (scratch / META_FILE).read_bytes()
        files = _copies(scratch, _segment_files(scratch, meta), former)
    checksums = {}
    for name, file in files.items():
        if former and name in former.files:
            _share(former, name, folder)
            checksums[name] = former.manifest.checksums[name]
        else:
            file.save(folder / name)
            checksums[name] = file.checksum()
    own = {META_FILE: meta, sources_file(change.part): json.dumps(vars(sources), separators=(",", ":")).encode()}
    for name, content in own.items():
        (folder / name).write_bytes(content)
        checksums[name] = zlib.crc32(content)
    if former:
        for name in former.manifest.checksums.keys() - own.keys():
            if is_sources(name):
                _share_sources(former, name, folder)
                checksums[name] = former.manifest.checksums[name]
    manifest = Manifest(checksums, {name: stamp_of(folder / name) for name in checksums})
    manifest.write(folder, VERSION)
    return Snapshot(folder, manifest, files, meta, {change.part: sources})


def _run_library(folder: Path, former: Snapshot | None, change: Change) -> Sources:
    """Let the library write its files next to those of the previous snapshot."""
    import tantivy

    from huggingnersc_lab.index.schema import ID, document_of, prepare, schema, storable

    before = former.sources(change.part) if former else Sources()
    if former:
        former.show_in(folder)
        index = open_library(folder)
    else:
        index = tantivy.Index(schema(), path=str(folder))
        prepare(index)
    writer = index.writer(_SMALL_WRITER_BYTES if change.is_small else _WRITER_BYTES, 1)
    for key in (*change.changed, *change.removed):
        if key in before.fingerprints:
            writer.delete_documents_by_term(ID, storable(key))
    notes = {key: note for key, note in before.notes.items() if key in change.fingerprints}
    for key in change.changed:
        notes.pop(key, None)
        if (entry := change.read(key)) is not None:
            writer.add_document(document_of(entry))
            if entry.note:
                notes[key] = entry.note
        change.on_read()
    writer.commit()
    writer.wait_merging_threads()
    return Sources(dict(change.fingerprints), notes)


def _segment_files(folder: Path, meta: bytes) -> list[str]:
    """Names of the library's current files: not its locks, nor files that were merged into others."""
    segments = {segment["segment_id"].replace("-", "") for segment in json.loads(meta)["segments"]}
    return [path.name for path in folder.iterdir() if path.name.partition(".")[0] in segments]


def _copies(folder: Path, names: Sequence[str], former: Snapshot | None) -> dict[str, PrivateFile]:
    """Copies of the library's files, reusing existing ones."""
    shared = {name: former.files[name] for name in names if name in former.files} if former else {}
    return shared | private_copies(folder / name for name in names if name not in shared)


def _share(former: Snapshot, name: str, folder: Path) -> None:
    """Link one of the library's files from another snapshot into a folder."""
    target = folder / name
    try:
        os.link(former.folder / name, target)
        if former.manifest.is_untouched(target):
            return
        target.unlink()
    except OSError:  # on another file system, on one without hard links, or gone
        pass
    former.files[name].save(target)


def _share_sources(former: Snapshot, name: str, folder: Path) -> None:
    try:
        os.link(former.folder / name, folder / name)
    except OSError:
        shutil.copyfile(former.folder / name, folder / name)
