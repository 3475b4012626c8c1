"""One state of the index: a folder that is written once, sealed, and never changed afterwards.

The next state is a new folder that shares the files both have (hard links; the search library never changes a file
that it has written), so who reads needs no lock and sees one state as a whole. The seal holds a checksum of every
file: a state that is damaged, cut short or of another layout is worth nothing and is made again from the catalog.
"""

from __future__ import annotations

import json
import os
import shutil
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from huggingnersc_lab.index.entry import IndexEntry

if TYPE_CHECKING:
    import tantivy

SEAL_FILE = "seal.json"
META_FILE = "meta.json"
"""The library's list of its files."""

_WRITER_BYTES = 64_000_000
_SMALL_WRITER_BYTES = 15_000_000
_SMALL_CHANGE = 1000


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
class Change:
    """What the next state is to have anew.

    Attributes:
        part: the part of the index that changes.
        signs: see :attr:`Sources.signs`; all of the part.
        changed: keys of those that have come or changed.
        removed: keys of those that are gone.
        read: what is to be known of one of them; None leaves it out.
    """

    part: str
    signs: Mapping[str, str]
    changed: Sequence[str]
    removed: Sequence[str]
    read: Callable[[str], IndexEntry | None]


class Generation:
    """A state of the index, opened.

    Args:
        folder: where it is.
        checksums: of its files, by name.
        index: the library's.
        sources: by part, as far as they are in memory already.
    """

    def __init__(
        self, folder: Path, checksums: Mapping[str, int], index: tantivy.Index, sources: Mapping[str, Sources]
    ) -> None:
        self.folder = folder
        self.checksums = checksums
        self.index = index
        self._sources = dict(sources)

    @classmethod
    def open(cls, folder: Path, known: Generation | None = None) -> Generation | None:
        """A state as it is on disk; None for one that is damaged or of another layout.

        Args:
            folder: where it is.
            known: another one, which was opened before: the files that both have are not read again.
        """
        import tantivy

        from huggingnersc_lab.index.schema import VERSION, prepare, schema

        checksums = _read_seal(folder, VERSION)
        if checksums is None:
            return None
        seen = known.checksums.items() if known else ()
        try:
            for name, checksum in checksums.items() - seen:
                if not _is_sources(name) and zlib.crc32((folder / name).read_bytes()) != checksum:
                    return None
            index = tantivy.Index.open(str(folder))
        except (OSError, ValueError):
            return None
        if index.schema != schema():
            return None
        prepare(index)
        return cls(folder, checksums, index, {})

    def sources(self, part: str) -> Sources:
        """What a part was made from.

        Raises:
            ValueError: that is damaged.
        """
        if part not in self._sources:
            name = _sources_file(part)
            content = (self.folder / name).read_bytes() if name in self.checksums else b"{}"
            if name in self.checksums and zlib.crc32(content) != self.checksums[name]:
                raise ValueError(f"'{name}' is damaged")
            self._sources[part] = Sources(**json.loads(content))
        return self._sources[part]

    def is_whole(self) -> bool:
        """Whether all its files are still as they were written."""
        try:
            return all(
                zlib.crc32((self.folder / name).read_bytes()) == checksum for name, checksum in self.checksums.items()
            )
        except OSError:
            return False


def write(folder: Path, former: Generation | None, change: Change, *, on_read: Callable[[], None]) -> Generation:
    """Make the next state.

    Args:
        folder: where; a new and empty one.
        former: the state that it comes from; None to begin with nothing.
        change: what it has anew.
        on_read: called after each entry was read.

    Raises:
        OSError: it cannot be written.
        ValueError: likewise, as the library tells it.
    """
    import tantivy

    from huggingnersc_lab.index.schema import ID, VERSION, document_of, prepare, schema, storable

    before = former.sources(change.part) if former else Sources()
    if former:
        _take_over(former, folder, without=_sources_file(change.part))
    index = tantivy.Index.open(str(folder)) if former else tantivy.Index(schema(), path=str(folder))
    prepare(index)
    writer = index.writer(_SMALL_WRITER_BYTES if len(change.changed) < _SMALL_CHANGE else _WRITER_BYTES, 1)
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
        on_read()
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    sources = Sources(dict(change.signs), notes)
    (folder / _sources_file(change.part)).write_text(json.dumps(vars(sources), separators=(",", ":")), "utf-8")
    checksums = _seal(folder, former.checksums if former else {}, VERSION)
    return Generation(folder, checksums, index, {change.part: sources})


def _take_over(former: Generation, folder: Path, *, without: str) -> None:
    """Put the files of another state into a folder."""
    for name in former.checksums:
        if name == META_FILE:  # the one file that the library replaces
            shutil.copyfile(former.folder / name, folder / name)
        elif name != without:
            try:
                os.link(former.folder / name, folder / name)
            except OSError:  # on another file system, or one without links
                shutil.copyfile(former.folder / name, folder / name)


def _seal(folder: Path, known: Mapping[str, int], version: int) -> dict[str, int]:
    """Seal a state; files that another state has, too, are not read again."""
    segments = {_plain(segment["segment_id"]) for segment in json.loads((folder / META_FILE).read_bytes())["segments"]}
    checksums: dict[str, int] = {}
    with os.scandir(folder) as found:
        names = [entry.name for entry in found]
    for name in names:
        if name == META_FILE or _is_sources(name):
            known_one = None
        elif name.partition(".")[0] in segments:
            known_one = known.get(name)
        else:  # locks, and what was merged into another file
            (folder / name).unlink(missing_ok=True)
            continue
        checksums[name] = zlib.crc32((folder / name).read_bytes()) if known_one is None else known_one
    body = json.dumps({"version": version, "checksums": checksums}, separators=(",", ":")).encode()
    (folder / SEAL_FILE).write_bytes(b"%d\n%s" % (zlib.crc32(body), body))
    return checksums


def _read_seal(folder: Path, version: int) -> dict[str, int] | None:
    try:
        checksum, _, body = (folder / SEAL_FILE).read_bytes().partition(b"\n")
        if int(checksum) != zlib.crc32(body):
            return None
        seal = json.loads(body)
        return dict(seal["checksums"]) if seal["version"] == version else None
    except (OSError, ValueError, LookupError, TypeError):
        return None


def _sources_file(part: str) -> str:
    return f"sources-{part}.json"


def _is_sources(name: str) -> bool:
    return name.startswith("sources-")


def _plain(segment_id: str) -> str:
    """A segment's id as its files' names have it."""
    return segment_id.replace("-", "")
