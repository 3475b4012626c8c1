"""Search: keeps the index up to date with the catalog, which may be slow or unavailable."""

from __future__ import annotations

import hashlib
import logging
import os
import threading
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

from huggingnersc_lab.catalog.search.background import Background
from huggingnersc_lab.catalog.search.found import Found
from huggingnersc_lab.catalog.search.merge import USUAL, Claim, Join
from huggingnersc_lab.catalog.search.watcher import Watch
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.index import EVERYTHING, Hit, Index, IndexEntry, Refreshed, Search, entry_of
from huggingnersc_lab.index.entry import shown_besides
from huggingnersc_lab.record.model import DatasetRecord
from huggingnersc_lab.record.vocabulary import Vocabulary
from huggingnersc_lab.store import Store, StoredRecord
from huggingnersc_lab.store.entry import damaged

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
"""Record fields that are listed unchanged."""

_FIRST = 2000
"""How many entries of a large catalog become searchable before the others are read."""

_HELD_SECONDS = 0.1

_log = logging.getLogger(__name__)


class FacetSource(Protocol):
    """Provides facets of cataloged datasets that are not in their records, such as who can read them."""

    def version(self) -> object:
        """Changes whenever one of the facets changes."""

    def facets(self, name: str) -> Mapping[str, tuple[str, ...]]:
        """The values of a dataset for each facet."""

    def note(self, record: DatasetRecord) -> None:
        """Called with each record that was read, before its facets are requested."""

    def settle(self, names: Collection[str]) -> None:
        """Called at the end of a refresh with the nicknames of all current datasets."""


class Finder:
    """Searches one catalog. Thread-safe; searching never waits for the catalog.

    Args:
        open_store: opens the catalog; if it raises, only the Hub's datasets are found.
        vocabulary: distinguishes domains, formats and modalities.
        folder: where the index is stored.
        facet_sources: provide facets that are not in the records.
        join: provides the Hub's datasets.

    Attributes:
        unfinished: nicknames of unfinished publications, as of the last refresh.
        begun: those that are not in the catalog.
        is_writable: whether the user can publish there, as of the last refresh.
    """

    def __init__(
        self,
        open_store: Callable[[], Store],
        vocabulary: Vocabulary,
        folder: Path,
        facet_sources: Sequence[FacetSource] = (),
        join: Join | None = None,
    ) -> None:
        self._open_store = open_store
        self._opened: Store | None = None
        self._vocabulary = vocabulary
        self._facet_sources = facet_sources
        self._join = join
        self._upkeep = Background(self._keep_up, "huggingnersc-refresh")
        self._without = Background(self._keep_up_without, "huggingnersc-refresh-hub")
        self._refreshing = threading.Lock()
        self._fingerprints: Mapping[str, str] = {}
        self._complete: dict[str, str] = {}
        self._taken: tuple[Mapping[str, str], list[object], object] | None = None
        self._looked_at: float | None = None
        self._failure: CatalogError | None = None
        self._is_held = False
        self.is_writable = False
        self.index = Index(folder)
        self.unfinished: frozenset[str] = frozenset()
        self.begun: frozenset[str] = frozenset()

    @property
    def _store(self) -> Store:
        if self._opened is None:
            self._opened = self._open_store()
        return self._opened

    @cached_property
    def _watch(self) -> Watch:
        return Watch(self._store, self._upkeep.heartbeat)

    def refresh(self, *, thorough: bool = False) -> Refreshed:
        """Apply changes of the catalog to the index; see :class:`Watch` for the cost.

        Args:
            thorough: check every record file in any case, and verify the index.

        Raises:
            CatalogError: ``not_found`` or ``forbidden`` if there is no catalog or it cannot be listed, ``storage`` or
            ``forbidden`` if the index cannot be written.
        """
        with self._refreshing:
            thorough = thorough or self._watch.is_due
            if thorough:
                self.index.check()
            looked_at = time.time()
            versions = [source.version() for source in self._facet_sources]
            versions += [self._join.look()] if self._join else []
            fingerprints = self._fingerprints = self._watch.look(thorough=thorough)
            self.unfinished = self._watch.unfinished
            self.begun = self.unfinished - fingerprints.keys()
            done = Refreshed()
            if not self._has_taken(fingerprints, versions):
                done = self._take(fingerprints)
                for source in self._facet_sources:
                    source.settle(fingerprints.keys())
                done = replace(done, is_held=done.is_held or self._take_hub(fingerprints.keys()).is_held)
            if not done.is_held:
                self._taken = fingerprints, versions, self.index.state
                self._looked_at = looked_at
            return done

    def _has_taken(self, fingerprints: Mapping[str, str], versions: list[object]) -> bool:
        """Whether the index is unchanged and there is nothing newer."""
        state = self.index.state
        return (
            self._taken is not None
            and fingerprints is self._taken[0]
            and (versions, state) == self._taken[1:]
            and bool(state)
        )

    def _take(self, fingerprints: Mapping[str, str]) -> Refreshed:
        claims = {name: Claim.of_note(note) for name, note in self.index.notes().items()} if self._join else {}
        self._complete = {
            name: self._completed(name, fingerprint, claims.get(name, USUAL))
            for name, fingerprint in fingerprints.items()
        }
        if self.index.state is None and len(fingerprints) > 2 * _FIRST:
            self.index.refresh(dict(list(self._complete.items())[:_FIRST]), self._read)
        return self.index.refresh(self._complete, self._read)

    def _completed(self, name: str, fingerprint: str, claim: Claim) -> str:
        """The fingerprint of a record and everything else that its entry depends on."""
        if self._facet_sources:
            fingerprint = f"{fingerprint} {self._further(name)}"
        return f"{fingerprint} {self._join.source(name, claim, _written(fingerprint))}" if self._join else fingerprint

    def _take_hub(self, names: Collection[str]) -> Refreshed:
        """Apply changes of the datasets that are only on the Hub; ``names`` are in the catalog."""
        fingerprints = self._join.only_on_the_hub(names, self.index.notes()) if self._join else None
        if fingerprints is None or self._join is None:
            return Refreshed()
        return self.index.refresh(fingerprints, self._join.read, part="hub")

    def _further(self, name: str) -> dict[str, tuple[str, ...]]:
        return {
            facet: values for source in self._facet_sources for facet, values in source.facets(name).items() if values
        }

    def find(self, search: Search = EVERYTHING, *, patience: float | None = None, max_age: float = 0.0) -> Found:
        """Refresh, then search; the last known state is searched if the catalog is unavailable or slow.

        Args:
            search: the query.
            patience: seconds to wait for the refresh, which then continues in the background; None waits for progress.
            max_age: seconds; a catalog checked within this time is not checked again.
        """
        is_done = self._is_known_since(time.time() - max_age) or self._catch_up(patience)
        page = self.index.search(search)
        problem = failure.detail if (failure := self.failure) else None
        return Found(**vars(page), problem=problem, as_of=self.as_of, is_refreshing=self._is_held or not is_done)

    def related(self, record: DatasetRecord, *, limit: int = 5, patience: float | None = None) -> tuple[Hit, ...]:
        """Datasets similar to one, most similar first; see :meth:`find` for what is waited for.

        Args:
            record: the dataset.
            limit: maximum number.
            patience: see :meth:`find`.
        """
        self._catch_up(patience)
        return self.index.related(entry_of(record, self._vocabulary, {}), tuple(map(str, record.papers)), limit=limit)

    def at(self, paths: Collection[str], *, limit: int = 5, patience: float | None = None) -> tuple[Hit, ...]:
        """Datasets of the catalog whose data is at one of some absolute paths; see :meth:`find` for the waiting.

        Args:
            paths: the spellings of a path.
            limit: so many at most.
            patience: see :meth:`find`.
        """
        self._catch_up(patience)
        return self.index.at(paths, limit=limit)

    def _is_known_since(self, moment: float) -> bool:
        """Whether the catalog was checked after that, and all changes were applied."""
        return self._looked_at is not None and self._looked_at > moment and self._failure is None and not self._is_held

    def _catch_up(self, patience: float | None) -> bool:
        """Refresh; return whether that finished in time."""
        is_done = self._upkeep.run(patience)
        while patience is None and is_done and self._is_held:  # by another process, which will soon have done the work
            time.sleep(_HELD_SECONDS)
            is_done = self._upkeep.run(None)
        if self._upkeep.stalled_for is not None:
            self._without.run(0.0)
        return is_done

    def _keep_up(self) -> None:
        try:
            self._is_held = self.refresh().is_held
            self.is_writable = self._store.is_writable
            self._failure = None
        except Exception as err:  # noqa: BLE001 - what is shown then is not the catalog's state, and has to say so
            self._failure, self._is_held, self.is_writable = _as_catalog_error(err), False, False
            self._keep_up_without()

    def _keep_up_without(self) -> None:
        """Apply changes on the Hub while the catalog is unavailable, keeping its last known state."""
        with suppress(CatalogError):
            if self._join is not None:
                self._join.look()
                self._take_hub(self.index.keys())

    @property
    def failure(self) -> CatalogError | None:
        """Why the catalog is unavailable, and what to do; None if it is available."""
        seconds = self._upkeep.stalled_for
        if seconds is None or self._opened is None:
            return self._failure
        return CatalogError(
            "storage",
            f"The catalog's folder '{self._opened.root}' has not responded for {seconds:.0f} seconds: its file system "
            "may be down. The last known state is shown, and updates continue as soon as it responds.",
        )

    @property
    def as_of(self) -> float | None:
        """When the catalog was last checked, in seconds since 1970; None if never."""
        return max(filter(None, (self._looked_at, self.index.checked_at())), default=None)

    def _read(self, name: str) -> IndexEntry | None:
        self._upkeep.heartbeat()
        if name in self._watch.broken:
            return _damaged(name, damaged(name, self._watch.broken[name]).detail)
        try:
            return self._entry(name, self._store.read(name))
        except CatalogError as err:
            return self._broken(name, err.detail)
        except Exception as err:  # noqa: BLE001 - what nobody has foreseen of one record must not hide the others
            _log.error("The record of %r could not be indexed", name, exc_info=err)
            return _damaged(name, damaged(name, f"{type(err).__name__}: {err}").detail)

    def _entry(self, name: str, stored: StoredRecord) -> IndexEntry:
        """The index entry of a record."""
        record = stored.record
        for source in self._facet_sources:
            source.note(record)
        members = record.to_dict()
        summary: dict[str, Any] = {member: members[member] for member in SHOWN if member in members}
        summary |= {"verified_at": record.verified_at} if record.verified_at else {}
        entry = entry_of(record, self._vocabulary, summary | shown_besides(record) | {"etag": stored.etag})
        facets = {**entry.facets, **self._further(name)}
        if self._join is not None:
            fingerprint, claim = self._fingerprints.get(name, ""), self._join.claim_of(record)
            facets["source"] = (self._join.source(name, claim, _written(fingerprint)),)
            entry = replace(entry, note=claim.note)
            self._complete[name] = self._completed(name, fingerprint, claim)  # based on the time before it was read
        known = {"source": facets["source"][0], "n_bytes": entry.n_bytes, "read_only": stored.read_only}
        return replace(entry, facets=facets, summary=known | dict(entry.summary))

    def _broken(self, name: str, reason: str) -> IndexEntry | None:
        """An index entry for a damaged record, so that its curator can find it; None if it no longer exists."""
        with suppress(CatalogError):  # a folder that cannot be checked exists
            if not self._store.exists(name):
                return None
        return _damaged(name, reason)


def _as_catalog_error(err: Exception) -> CatalogError:
    """Why the catalog could not be checked."""
    if isinstance(err, CatalogError):
        return err
    _log.error("The catalog could not be checked", exc_info=err)
    detail = f"The catalog could not be checked: {type(err).__name__}: {err}. The last known state is shown."
    return CatalogError("unexpected", detail)


def _damaged(name: str, reason: str) -> IndexEntry:
    summary = {"name": name, "pretty_name": name, "source": "here", "broken": reason}
    return IndexEntry(name, facets={"source": ("here",)}, summary=summary)


def _written(fingerprint: str) -> int:
    """When an entry was written, from its fingerprint (see :class:`Watch`), in nanoseconds since 1970."""
    moment, dot, _ = fingerprint.partition(".")
    return int(moment, 16) if dot else 0


def catalog_key(root: Path | None) -> str:
    """Identifies a catalog in cache file names; a site without a catalog has its own.

    Links are not resolved: the file system may hang.
    """
    if root is None:
        return "none"
    return hashlib.sha256(os.path.abspath(os.fsencode(root))).hexdigest()[:16]  # noqa: PTH100


def cache_folder(name: str) -> Path:
    """Where this user's indexes and other caches are stored."""
    from platformdirs import user_cache_path

    return user_cache_path("huggingnersc") / name
