"""The index of one catalog: kept up to date with its sources, and searched."""

from __future__ import annotations

import itertools
import shutil
import tempfile
import threading
import weakref
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from huggingnersc_lab.index.entry import IndexEntry
from huggingnersc_lab.index.facets import FACETS
from huggingnersc_lab.index.page import FacetValues, Hit, Page
from huggingnersc_lab.index.search import EVERYTHING, Search
from huggingnersc_lab.index.snapshot.snapshot import Snapshot, Sources
from huggingnersc_lab.index.snapshot.store import SnapshotStore
from huggingnersc_lab.index.snapshot.writer import Change, write_snapshot
from huggingnersc_lab.private_files import storage_errors

_HEARTBEAT = 100
"""Number of entries between two heartbeats for other processes."""


@dataclass(frozen=True)
class Refreshed:
    """The result of a refresh.

    Attributes:
        changed: number of entries that were read.
        removed: number of removed entries.
        is_held: whether another process was writing, so that nothing was done.
    """

    changed: int = 0
    removed: int = 0
    is_held: bool = False


class Index:
    """The index of one catalog. Thread-safe and safe to use from several processes: searches never wait.

    It has parts, each made from its own source, which are searched together. If the folder is not writable, the index
    is stored in a temporary folder during the lifetime of this object.

    Args:
        folder: where it is stored; created when needed.
    """

    def __init__(self, folder: Path) -> None:
        self._store = SnapshotStore(folder)
        self._is_temporary = False
        self._refreshing = threading.Lock()
        self._opening = threading.Lock()
        self._snapshot: Snapshot | None = None

    def refresh(
        self, fingerprints: Mapping[str, str], read: Callable[[str], IndexEntry | None], part: str = "catalog"
    ) -> Refreshed:
        """Apply changes of a source.

        Args:
            fingerprints: a text that changes with the entry, by key (:attr:`IndexEntry.id`). No key is in two parts.
            read: returns an entry by its key; None omits it. It may modify ``fingerprints`` in the process.
            part: the part of the index for this source.

        Raises:
            CatalogError: ``storage`` or ``forbidden`` if neither the folder nor a temporary one is writable.
        """
        with self._refreshing:
            try:
                return self._refresh(fingerprints, read, part)
            except (OSError, ValueError):  # a full disk, a folder that is read only, a file system without locks
                if not self._is_temporary:
                    self._move()
            with storage_errors("write the search index"):
                return self._refresh(fingerprints, read, part)

    def _move(self) -> None:
        """Continue in a temporary folder, which is removed with this object."""
        with storage_errors("write the search index"):
            folder = tempfile.mkdtemp(prefix="huggingnersc-index-")
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        with self._opening:
            self._store, self._snapshot, self._is_temporary = SnapshotStore(Path(folder)), None, True

    def _refresh(
        self, fingerprints: Mapping[str, str], read: Callable[[str], IndexEntry | None], part: str
    ) -> Refreshed:
        seen, change = self._change(part, fingerprints, read)
        if change is None:  # this needs no lock
            self._store.mark_checked(part)
            return Refreshed()
        with self._store.lock() as is_free:
            if not is_free:
                return Refreshed(is_held=True)
            if self._current() is not seen:  # another process was faster
                seen, change = self._change(part, fingerprints, read)
            if change is not None:
                self._write(seen, change)
            self._store.mark_checked(part)
            return Refreshed(len(change.changed), len(change.removed)) if change else Refreshed()

    def _change(
        self, part: str, fingerprints: Mapping[str, str], read: Callable[[str], IndexEntry | None]
    ) -> tuple[Snapshot | None, Change | None]:
        """The snapshot to continue, and the changes it needs."""
        former, before = self._known(part)
        known = before.fingerprints
        changed = [key for key, fingerprint in fingerprints.items() if known.get(key) != fingerprint]
        removed = [] if known.keys() <= fingerprints.keys() else [key for key in known if key not in fingerprints]
        is_needed = changed or removed or former is None
        return former, Change(part, fingerprints, changed, removed, read, self._heartbeat()) if is_needed else None

    def _heartbeat(self) -> Callable[[], None]:
        """A function to call for each entry, which sends a heartbeat to other processes from time to time."""
        read = itertools.count(1)
        return lambda: self._store.heartbeat() if next(read) % _HEARTBEAT == 0 else None

    def _known(self, part: str) -> tuple[Snapshot | None, Sources]:
        """The current snapshot, and the sources of a part."""
        snapshot = self._current()
        try:
            if snapshot is not None and snapshot.can_be_continued():
                return snapshot, snapshot.sources(part)
        except (OSError, ValueError, TypeError):
            pass
        return None, Sources()

    def _write(self, former: Snapshot | None, change: Change) -> None:
        folder = self._store.new_folder()
        try:
            snapshot = write_snapshot(folder, former, change)
            self._store.publish(snapshot)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        with self._opening:
            self._snapshot = snapshot

    def check(self) -> None:
        """Verify that the files on disk are unchanged; if not, the next refresh rewrites them."""
        snapshot = self._current()
        if snapshot is not None and not snapshot.is_whole():
            with self._opening:
                self._store.discard()
                self._snapshot = None

    @property
    def state(self) -> object:
        """Changes whenever the index changes, even by another process; None if there is no index."""
        snapshot = self._current()
        return snapshot and snapshot.folder.name

    def checked_at(self, part: str = "catalog") -> float | None:
        """When a part was last found to be up to date, in seconds since 1970; None if never."""
        return self._store.checked_at(part)

    def keys(self, part: str = "catalog") -> Collection[str]:
        """The keys of a part's entries."""
        return self._known(part)[1].fingerprints.keys()

    def notes(self, part: str = "catalog") -> Mapping[str, str]:
        """:attr:`IndexEntry.note` of each entry of a part that has one, by key."""
        return self._known(part)[1].notes

    def search(self, search: Search = EVERYTHING) -> Page:
        """The matching datasets."""
        snapshot = self._current()
        if snapshot is None:
            facets = FACETS if search.counts else ()
            return Page(facets={facet: dict.fromkeys(search.filters.get(facet, ()), 0) for facet in facets})
        from huggingnersc_lab.index.lookup import find

        return find(snapshot.index.searcher(), search)

    def values(self, search: Search, facet: str, fits: Callable[[str], bool]) -> FacetValues:
        """The values of a facet among the matching datasets, including rare ones that :meth:`search` does not count.

        Args:
            search: the query; its filter for the facet itself is ignored.
            facet: one of :data:`FACETS`.
            fits: whether to include a value.
        """
        snapshot = self._current()
        if snapshot is None:
            return FacetValues()
        from huggingnersc_lab.index.lookup import find_values

        return find_values(snapshot.index.searcher(), search, facet, fits)

    def at(self, paths: Collection[str], *, limit: int = 5) -> tuple[Hit, ...]:
        """The datasets whose data is at one of some absolute paths.

        Args:
            paths: the spellings of a path.
            limit: so many at most.
        """
        snapshot = self._current()
        if snapshot is None:
            return ()
        from huggingnersc_lab.index.lookup import find_at

        return find_at(snapshot.index.searcher(), paths, limit)

    def related(self, entry: IndexEntry, papers: Sequence[str] = (), *, limit: int = 5) -> tuple[Hit, ...]:
        """The datasets most similar to one; see :func:`huggingnersc_lab.index.similarity.most_similar`."""
        snapshot = self._current()
        if snapshot is None:
            return ()
        from huggingnersc_lab.index.similarity import most_similar

        return most_similar(snapshot.index.searcher(), entry, papers, limit)

    def _current(self) -> Snapshot | None:
        """The current snapshot; None if there is none yet."""
        snapshot = self._snapshot
        if snapshot is None or snapshot.folder.name != self._store.current():
            with self._opening:
                snapshot = self._snapshot = self._store.open(self._snapshot)
        return snapshot
