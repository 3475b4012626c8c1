"""Finding datasets: the search index, kept up with the catalog at the price of a few calls to the file system."""

from __future__ import annotations

import hashlib
import os
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from huggingnersc_lab.catalog.answers import Found
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.index import Index, IndexEntry, Page, Refreshed, Sort, entry_of
from huggingnersc_lab.record.vocabulary import Vocabulary
from huggingnersc_lab.store import RECORD_FILE, Store

SHOWN = (
    "name",
    "pretty_name",
    "license",
    "size_categories",
    "tags",
    "task_categories",
    "data_path",
    "repo_id",
    "pull_request_url",
    "updated_at",
)
"""Members of a record that stand in a list as they are."""

THOROUGH_SECONDS = 300.0
"""After so long every record's file is looked at, since a record that is edited in place leaves its folder as it is."""

_RACY_NANOSECONDS = 2 * 10**9
"""A folder that was changed so shortly ago may change again without its time telling."""


class Finder:
    """Searches one catalog. May be used from any thread.

    Args:
        store: the catalog.
        vocabulary: tells domains, formats and modalities apart.
        folder: where indexes are kept; that of the user's caches when None.

    Attributes:
        unfinished: nicknames of unfinished publications, as of the last refresh.
        begun: those of them that are not in the catalog.
    """

    def __init__(self, store: Store, vocabulary: Vocabulary, folder: Path | None = None) -> None:
        self._store = store
        self._vocabulary = vocabulary
        self._index = Index((folder or _cache_folder()) / _key(store.root))
        self.unfinished: frozenset[str] = frozenset()
        self.begun: frozenset[str] = frozenset()
        self._refreshing = threading.Lock()
        self._root_sign: tuple[int, int] | None = None
        self._looked_at = float("-inf")

    def refresh(self, *, thorough: bool = False) -> Refreshed:
        """Take over what has changed in the catalog.

        A publication, an update and a retirement each change the time of the catalog's folder: while that stands still
        one call is all it takes. Else each record's file is looked at, and read where it has changed. (The listing's
        inodes would tell for less, were they not given anew to the next folder.)

        Args:
            thorough: look at every record's file in any case.

        Raises:
            CatalogError: ``not_found`` or ``forbidden`` when the catalog cannot be listed, ``storage`` or
                ``forbidden`` when the index cannot be written.
        """
        with self._refreshing:
            self._store.check_root()
            root = _root_sign(self._store.root)
            thorough = thorough or time.monotonic() - self._looked_at > THOROUGH_SECONDS
            if root is not None and root == self._root_sign and not thorough:
                return Refreshed()
            looked_at = time.monotonic()
            catalog = self._store.root
            names, unfinished = self._store.listing()
            signs = {name: _sign(catalog / name / RECORD_FILE) for name in names}
            done = self._index.refresh(signs, self._read)
            self.unfinished, self.begun = frozenset(unfinished), frozenset(unfinished) - signs.keys()
            if not done.is_held:
                self._root_sign, self._looked_at = root, looked_at
            return done

    def search(
        self,
        query: str = "",
        filters: Mapping[str, Sequence[str]] | None = None,
        *,
        sort: Sort = "relevance",
        limit: int = 100,
        offset: int = 0,
    ) -> Page:
        """What fits, as of the last refresh; see :meth:`huggingnersc_lab.index.Index.search`."""
        return self._index.search(query, filters, sort=sort, limit=limit, offset=offset)

    @property
    def as_of(self) -> float | None:
        """When the catalog was looked at last, in seconds since 1970; None where that was never."""
        return self._index.refreshed_at

    def _read(self, name: str) -> IndexEntry | None:
        try:
            stored = self._store.read(name)
        except CatalogError as err:
            return _broken(name, err.detail) if self._store.exists(name) else None
        record = stored.record
        members = record.to_dict()
        summary: dict[str, Any] = {member: members[member] for member in SHOWN if member in members}
        entry = entry_of(record, self._vocabulary, summary | {"etag": stored.etag})
        known = {"source": entry.facets["source"][0], "n_bytes": entry.n_bytes}
        return replace(entry, summary=known | dict(entry.summary))


def find(
    finder: Finder, query: str, filters: Mapping[str, Sequence[str]] | None, sort: Sort, limit: int, offset: int
) -> Found:
    """Refresh, then search; where the catalog cannot be looked at, what is known of it is searched.

    Raises:
        CatalogError: when it cannot be looked at, and nothing is known of it.
    """
    problem = None
    try:
        finder.refresh()
    except CatalogError as err:
        if finder.as_of is None:
            raise
        problem = err.detail
    page = finder.search(query, filters, sort=sort, limit=limit, offset=offset)
    return Found(**vars(page), problem=problem, as_of=finder.as_of)


def _broken(name: str, reason: str) -> IndexEntry:
    """An entry that cannot be read, which its curator has to find all the same."""
    summary = {"name": name, "pretty_name": name, "source": "here", "broken": reason}
    return IndexEntry(name, facets={"source": ("here",)}, summary=summary)


def _sign(path: Path) -> list[int]:
    """Differs whenever the file has been replaced or written."""
    try:
        status = os.stat(path)  # noqa: PTH116 - one for each record
    except OSError:
        return []
    return [status.st_mtime_ns, status.st_size, status.st_ino]


def _root_sign(root: Path) -> tuple[int, int] | None:
    """Differs whenever an entry has come, gone or been replaced; None where that cannot be told yet."""
    status = root.stat()
    is_racy = time.time_ns() - status.st_mtime_ns < _RACY_NANOSECONDS
    return None if is_racy else (status.st_mtime_ns, status.st_ino)


def _key(root: Path) -> str:
    """Name of the folder of a catalog's index."""
    return hashlib.sha256(os.fsencode(root.resolve())).hexdigest()[:16]


def _cache_folder() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("huggingnersc") / "index"
