"""The search index: a copy of the catalog in the user's cache folder, made for words and facets.

It holds nothing that is not in the catalog or on the Hub, so it is thrown away whenever it is damaged or of another
version, and filled again. It never lies on the shared file system.
"""

from __future__ import annotations

import itertools
import shutil
import tempfile
import threading
import weakref
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from huggingnersc_lab.index.entry import FACETS, IndexEntry, entry_of
from huggingnersc_lab.index.generation import Generation, Sources
from huggingnersc_lab.index.page import FacetValues, Hit, Page
from huggingnersc_lab.index.search import EVERYTHING, Search, Sort
from huggingnersc_lab.index.shelf import Shelf
from huggingnersc_lab.index.writing import Change, write
from huggingnersc_lab.private_files import storage_errors

__all__ = [
    "EVERYTHING",
    "FACETS",
    "FacetValues",
    "Hit",
    "Index",
    "IndexEntry",
    "Page",
    "Refreshed",
    "Search",
    "Sort",
    "entry_of",
]

_SIGN_OF_LIFE = 100
"""After so many entries that were read others are told that this process does not hang."""


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
    """The index of one catalog. May be used from any thread, and by several processes: searching never waits.

    It has parts, each from a source of its own, which are searched together. Where the folder cannot be written the
    index is kept in a temporary one while the process lives.

    Args:
        folder: where it is kept; made when it is needed.
    """

    def __init__(self, folder: Path) -> None:
        self._shelf = Shelf(folder)
        self._is_temporary = False
        self._refreshing = threading.Lock()
        self._opening = threading.Lock()
        self._generation: Generation | None = None

    def refresh(
        self, signs: Mapping[str, str], read: Callable[[str], IndexEntry | None], part: str = "catalog"
    ) -> Refreshed:
        """Take over what has changed in a source.

        Args:
            signs: by key (:attr:`IndexEntry.id`), a text that changes with the entry. Two parts have no key in common.
            read: what the index is to know of an entry; None leaves it out. It may complete the entry's sign.
            part: which part of the index comes from that source.

        Raises:
            CatalogError: ``storage`` or ``forbidden`` when neither the folder nor a temporary one can be written.
        """
        with self._refreshing:
            try:
                return self._refresh(signs, read, part)
            except (OSError, ValueError):  # a full disk, a folder that is read only, a file system without locks
                if not self._is_temporary:
                    self._move()
            with storage_errors("write the search index"):
                return self._refresh(signs, read, part)

    def _move(self) -> None:
        """Go on in a temporary folder, which vanishes with this object."""
        with storage_errors("write the search index"):
            folder = tempfile.mkdtemp(prefix="huggingnersc-index-")
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        with self._opening:
            self._shelf, self._generation, self._is_temporary = Shelf(Path(folder)), None, True

    def _refresh(self, signs: Mapping[str, str], read: Callable[[str], IndexEntry | None], part: str) -> Refreshed:
        seen, change = self._change(part, signs, read)
        if change is None:  # which needs no lock
            self._shelf.look_at(part)
            return Refreshed()
        with self._shelf.writing() as is_free:
            if not is_free:
                return Refreshed(is_held=True)
            if self._opened() is not seen:  # another process was quicker
                seen, change = self._change(part, signs, read)
            if change is not None:
                self._write(seen, change)
            self._shelf.look_at(part)
            return Refreshed(len(change.changed), len(change.removed)) if change else Refreshed()

    def _change(
        self, part: str, signs: Mapping[str, str], read: Callable[[str], IndexEntry | None]
    ) -> tuple[Generation | None, Change | None]:
        """What there is, and what it lacks."""
        former, before = self._known(part)
        changed = [key for key, sign in signs.items() if before.signs.get(key) != sign]
        removed = [] if before.signs.keys() <= signs.keys() else [key for key in before.signs if key not in signs]
        is_needed = changed or removed or former is None
        return former, Change(part, signs, changed, removed, read, self._count()) if is_needed else None

    def _count(self) -> Callable[[], None]:
        """Tells others now and then that this process does not hang."""
        seen = itertools.count(1)
        return lambda: self._shelf.show_life() if next(seen) % _SIGN_OF_LIFE == 0 else None

    def _known(self, part: str) -> tuple[Generation | None, Sources]:
        """What there is, and what it was made from."""
        generation = self._opened()
        try:
            return (generation, generation.sources(part)) if generation else (None, Sources())
        except (OSError, ValueError, TypeError):
            return None, Sources()

    def _write(self, former: Generation | None, change: Change) -> None:
        folder = self._shelf.begin()
        try:
            generation = write(folder, former, change)
            self._shelf.put(generation)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        with self._opening:
            self._generation = generation

    def check(self) -> None:
        """Look whether the files are still as they were written; if not, the next refresh makes them anew."""
        generation = self._opened()
        if generation is not None and not generation.is_whole():
            with self._opening:
                self._shelf.discard()
                self._generation = None

    @property
    def state(self) -> object:
        """Differs whenever the index has changed, be it by another process; None where there is none."""
        generation = self._opened()
        return generation and generation.folder.name

    def looked_at(self, part: str = "catalog") -> float | None:
        """When a part was found to be up to date, in seconds since 1970; None where that was never."""
        return self._shelf.looked_at(part)

    def keys(self, part: str = "catalog") -> Collection[str]:
        """What tells the entries of a part apart."""
        return self._known(part)[1].signs.keys()

    def notes(self, part: str = "catalog") -> Mapping[str, str]:
        """By key, :attr:`IndexEntry.note` of each entry of a part that has one."""
        return self._known(part)[1].notes

    def search(self, search: Search = EVERYTHING) -> Page:
        """What fits."""
        generation = self._opened()
        if generation is None:
            facets = FACETS if search.counts else ()
            return Page(facets={facet: dict.fromkeys(search.filters.get(facet, ()), 0) for facet in facets})
        from huggingnersc_lab.index.searching import find

        return find(generation.index.searcher(), search)

    def values(self, search: Search, facet: str, fits: Callable[[str], bool]) -> FacetValues:
        """The values of one of :data:`FACETS` among what fits, also the rare ones that :meth:`search` does not count.

        Args:
            search: the question; the filter of the facet itself does not count.
            facet: which one.
            fits: whether a value is wanted.
        """
        generation = self._opened()
        if generation is None:
            return FacetValues()
        from huggingnersc_lab.index.searching import find_values

        return find_values(generation.index.searcher(), search, facet, fits)

    def related(self, entry: IndexEntry, papers: Sequence[str] = (), *, limit: int = 5) -> tuple[Hit, ...]:
        """The datasets that are like one, the likest first; see :func:`huggingnersc_lab.index.likeness.likest`."""
        generation = self._opened()
        if generation is None:
            return ()
        from huggingnersc_lab.index.likeness import likest

        return likest(generation.index.searcher(), entry, papers, limit)

    def _opened(self) -> Generation | None:
        """The state that counts; None before there was one."""
        generation = self._generation
        if generation is None or generation.folder.name != self._shelf.current() or generation.is_cut():
            with self._opening:
                known = None if self._generation is None or self._generation.is_cut() else self._generation
                generation = self._generation = self._shelf.open(known)
        return generation
