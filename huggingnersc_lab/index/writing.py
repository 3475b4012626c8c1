"""Making the next state of the index."""

from __future__ import annotations

import json
import os
import shutil
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from huggingnersc_lab.index.entry import IndexEntry
from huggingnersc_lab.index.generation import (
    META_FILE,
    SEAL_FILE,
    Generation,
    Seal,
    Sources,
    is_sources,
    open_library,
    sources_file,
    stamp_of,
)

_WRITER_BYTES = 64_000_000
_SMALL_WRITER_BYTES = 15_000_000
_SMALL_CHANGE = 1000

_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of one's own is made in it
"""Where a small change is made: the library syncs every file, which takes long on a disk and helps nobody here."""


@dataclass(frozen=True)
class Change:
    """What the next state is to have anew.

    Attributes:
        part: the part of the index that changes.
        signs: see :attr:`Sources.signs`; all of the part.
        changed: keys of those that have come or changed.
        removed: keys of those that are gone.
        read: what is to be known of one of them; None leaves it out. It may complete the entry's sign.
        on_read: called after each one that was read.
    """

    part: str
    signs: Mapping[str, str]
    changed: Sequence[str]
    removed: Sequence[str]
    read: Callable[[str], IndexEntry | None]
    on_read: Callable[[], None] = lambda: None

    @property
    def is_small(self) -> bool:
        """Whether little is to be written."""
        return len(self.changed) < _SMALL_CHANGE


def write(folder: Path, former: Generation | None, change: Change) -> Generation:
    """Make the next state.

    Args:
        folder: where; a new and empty one.
        former: the state that it comes from; None to begin with nothing.
        change: what it has anew.

    Raises:
        OSError: it cannot be written.
        ValueError: likewise, as the library tells it.
    """
    if change.is_small and os.access(_MEMORY, os.W_OK | os.X_OK):
        try:
            sources = _write(_MEMORY, folder, former, change)
        except (OSError, ValueError):  # there is too little of it
            for path in folder.iterdir():
                path.unlink()
            sources = _write(folder.parent, folder, former, change)
    else:
        sources = _write(folder.parent, folder, former, change)
    return Generation(folder, _seal(folder, former), open_library(folder), {change.part: sources})


def _write(place: Path, folder: Path, former: Generation | None, change: Change) -> Sources:
    with TemporaryDirectory(prefix=".huggingnersc-", dir=place, ignore_cleanup_errors=True) as workshop:
        sources = _make(Path(workshop), former, change)
        for name in _names(Path(workshop)):
            if former and name != META_FILE and name in former.checksums:
                _share(former, name, folder)
            else:
                shutil.move(Path(workshop, name), folder / name)
    own = sources_file(change.part)
    (folder / own).write_text(json.dumps(vars(sources), separators=(",", ":")), "utf-8")
    if former:
        for name in filter(is_sources, former.checksums):
            if name != own:
                _share(former, name, folder)
    return sources


def _make(folder: Path, former: Generation | None, change: Change) -> Sources:
    """Let the library make its files beside those there are."""
    import tantivy

    from huggingnersc_lab.index.schema import ID, document_of, prepare, schema, storable

    before = former.sources(change.part) if former else Sources()
    if former:
        for name in former.checksums:
            if name == META_FILE:  # the one file that the library replaces
                shutil.copyfile(former.folder / name, folder / name)
            elif not is_sources(name):
                (folder / name).symlink_to(former.folder / name)
        index = open_library(folder)
    else:
        index = tantivy.Index(schema(), path=str(folder))
        prepare(index)
    writer = index.writer(_SMALL_WRITER_BYTES if change.is_small else _WRITER_BYTES, 1)
    for key in (*change.changed, *change.removed):
        if key in before.signs:
            writer.delete_documents_by_term(ID, storable(key))
    notes = {key: note for key, note in before.notes.items() if key in change.signs}
    for key in change.changed:
        notes.pop(key, None)
        if (entry := change.read(key)) is not None:
            writer.add_document(document_of(entry))
            if entry.note:
                notes[key] = entry.note
        change.on_read()
    writer.commit()
    writer.wait_merging_threads()
    return Sources(dict(change.signs), notes)


def _names(folder: Path) -> list[str]:
    """The library's files that count: not its locks, nor what was merged into another one."""
    meta = json.loads((folder / META_FILE).read_bytes())
    segments = {segment["segment_id"].replace("-", "") for segment in meta["segments"]}
    return [META_FILE, *(path.name for path in folder.iterdir() if path.name.partition(".")[0] in segments)]


def _share(former: Generation, name: str, folder: Path) -> None:
    """Put a file of another state into a folder, too."""
    try:
        os.link(former.folder / name, folder / name)
    except OSError:  # on another file system, or one without links
        shutil.copyfile(former.folder / name, folder / name)


def _seal(folder: Path, former: Generation | None) -> Seal:
    """Seal a state; files that the former one has, too, are not read again."""
    from huggingnersc_lab.index.schema import VERSION

    known = former.checksums if former else {}
    checksums: dict[str, int] = {}
    for path in folder.iterdir():
        is_same = path.name in known and path.name != META_FILE and not is_sources(path.name)
        checksums[path.name] = known[path.name] if is_same else zlib.crc32(path.read_bytes())
    seal = Seal(checksums, {name: stamp_of(folder / name) for name in checksums})
    body = json.dumps({"version": VERSION, **vars(seal)}, separators=(",", ":")).encode()
    (folder / SEAL_FILE).write_bytes(b"%d\n%s" % (zlib.crc32(body), body))
    return seal
