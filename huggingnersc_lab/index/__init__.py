"""The search index: a copy of the catalog in the user's cache folder, made for words and facets.

It holds nothing that is not in the catalog or on the Hub, so it is thrown away whenever it is damaged or of another
version, and filled again. It never lies on the shared file system: its locks and maps belong on a local disk.
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from huggingnersc_lab.files import make_private_folder, storage_errors
from huggingnersc_lab.index.entry import FACETS, IndexEntry, entry_of
from huggingnersc_lab.index.grammar import Query, parse_query
from huggingnersc_lab.index.lock import locked
from huggingnersc_lab.index.page import MAX_OFFSET, Hit, Page, Sort
from huggingnersc_lab.index.seal import SEAL_FILE, Seal, checksums, opstamp_of

if TYPE_CHECKING:
    import tantivy

__all__ = ["FACETS", "Hit", "Index", "IndexEntry", "Page", "Refreshed", "Sort", "entry_of"]

_WRITER_BYTES = 64_000_000
_SMALL_WRITER_BYTES = 15_000_000
_SMALL_CHANGE = 1000
_OPEN_SECONDS = 1.0


@dataclass(frozen=True)
class Refreshed:
    """What a refresh did.

    Attributes:
        changed: how many entries were read anew.
        removed: how many are gone.
        is_held: whether another process was at it, so that nothing was done here.
    """

    changed: int = 0
    removed: int = 0
    is_held: bool = False


class Index:
    """The index of one catalog. May be used from any thread, and by several processes.

    Args:
        folder: where it is kept; made when it is needed.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._seal: Seal | None = None
        self._index: tantivy.Index | None = None

    def refresh(self, sources: Mapping[str, Any], read: Callable[[str], IndexEntry | None]) -> Refreshed:
        """Take over what has changed in the catalog.

        Args:
            sources: by nickname, a JSON value that changes with the entry.
            read: what the index is to know of an entry; None leaves it out.

        Raises:
            CatalogError: ``storage`` or ``forbidden`` when the folder cannot be written.
        """
        with self._lock, storage_errors("write the search index"):
            make_private_folder(self._folder)
            with locked(self._folder / ".lock", seconds=_OPEN_SECONDS) as held:
                if not held:
                    return Refreshed(is_held=True)
                seal = self._open() or self._make()
                changed = [name for name, source in sources.items() if seal.sources.get(name) != source]
                removed = seal.sources.keys() - sources.keys()
                if changed or removed or not seal.checksums:
                    self._write(seal, changed, removed, sources, read)
                else:
                    os.utime(self._folder / SEAL_FILE)
                return Refreshed(len(changed), len(removed))

    @property
    def refreshed_at(self) -> float | None:
        """When it was refreshed last, in seconds since 1970; None where that was never."""
        try:
            return (self._folder / SEAL_FILE).stat().st_mtime
        except OSError:
            return None

    def search(
        self,
        query: str = "",
        filters: Mapping[str, Sequence[str]] | None = None,
        *,
        sort: Sort = "relevance",
        limit: int = 100,
        offset: int = 0,
        facets: Sequence[str] = FACETS,
    ) -> Page:
        """What fits the query and the filters.

        Args:
            query: what was typed; see :mod:`huggingnersc_lab.index.grammar`.
            filters: by facet, the values of which one has to be there.
            sort: the order; without words ``relevance`` is that of the names.
            limit: length of the page.
            offset: how many hits come before it.
            facets: the facets to count.
        """
        index = self._opened()
        filters = filters or {}
        if index is None:
            return Page(facets={facet: dict.fromkeys(filters.get(facet, ()), 0) for facet in facets})
        from huggingnersc_lab.index.searching import find

        asked = parse_query(query)
        searcher = index.searcher()
        window = (sort, max(0, limit), min(max(0, offset), MAX_OFFSET))
        page = find(searcher, asked, filters, window, facets)
        if page.total == 0 and _has_words(asked):
            page = find(searcher, asked, filters, window, facets, forgiving=True)
        return page

    def _opened(self) -> tantivy.Index | None:
        """The index as it is on disk; None before it was made."""
        if self._index is None or self._seal is None or opstamp_of(self._folder) != self._seal.opstamp:
            with self._lock:
                if self._folder.is_dir():
                    with locked(self._folder / ".lock", shared=True, seconds=_OPEN_SECONDS) as held:
                        if held:
                            self._open()
        return self._index

    def _open(self) -> Seal | None:
        """Open what is on disk, if it is whole and of this version; with the lock held."""
        import tantivy

        from huggingnersc_lab.index.schema import VERSION, register_analyzers, schema

        opstamp = opstamp_of(self._folder)
        if self._seal is not None and self._index is not None and opstamp == self._seal.opstamp:
            return self._seal
        known = self._seal
        self._seal = self._index = None
        seal = Seal.read(self._folder)
        if seal is None or (seal.version, seal.opstamp) != (VERSION, opstamp):
            return None
        if not seal.is_whole(self._folder, known):  # what this process has checked before needs no second look
            return None
        try:
            index = tantivy.Index.open(str(self._folder))
        except ValueError:
            return None
        if index.schema != schema():
            return None
        register_analyzers(index)
        self._seal, self._index = seal, index
        return seal

    def _make(self) -> Seal:
        """An empty index in the place of whatever is there; with the lock held."""
        import tantivy

        from huggingnersc_lab.index.schema import VERSION, register_analyzers, schema

        for path in self._folder.iterdir():
            if path.name != ".lock":
                shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
        self._index = tantivy.Index(schema(), path=str(self._folder))
        register_analyzers(self._index)
        self._seal = Seal(VERSION, opstamp_of(self._folder) or 0)
        return self._seal

    def _write(
        self,
        seal: Seal,
        changed: Sequence[str],
        removed: set[str],
        sources: Mapping[str, Any],
        read: Callable[[str], IndexEntry | None],
    ) -> None:
        from huggingnersc_lab.index.schema import ID, VERSION, document_of, storable

        assert self._index is not None  # noqa: S101 - who holds a seal has opened it
        size = _SMALL_WRITER_BYTES if len(changed) < _SMALL_CHANGE else _WRITER_BYTES
        writer = self._index.writer(size, 1)
        for name in (*changed, *removed):
            if name in seal.sources:
                writer.delete_documents_by_term(ID, storable(name))
        for name in changed:
            if (entry := read(name)) is not None:
                writer.add_document(document_of(entry))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        opstamp = opstamp_of(self._folder) or 0
        self._seal = Seal(VERSION, opstamp, checksums(self._folder, seal.checksums), dict(sources))
        self._seal.write(self._folder)


def _has_words(query: Query) -> bool:
    return any(getattr(term, "field", "") is None and not term.is_excluded for term in query.terms)
