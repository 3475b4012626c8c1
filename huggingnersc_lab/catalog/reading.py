"""The reader's half of a workspace: one list of all datasets that are known, however the catalog's disk is just now."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from huggingnersc_lab.catalog import Catalog
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.index import FACETS, Page, Sort

PATIENCE_SECONDS = 1.0
"""So long an answer waits for what is newer than the index."""


@dataclass(frozen=True)
class Freshness:
    """How well a source is known.

    Attributes:
        as_of: when it was looked at last, in seconds since 1970; None where that was never.
        problem: why it cannot be looked at now, and what to do.
    """

    as_of: float | None = None
    problem: str | None = None


@dataclass(frozen=True)
class DatasetPage:
    """A part of the list.

    Attributes:
        found: what fits.
        unfinished: nicknames of unfinished publications.
        begun: those of them that are not in the catalog.
        root: the catalog's folder; None where nobody has said which it is.
        writable: whether one may publish there.
        catalog: how well the catalog is known.
        hub: how well the organization's repositories on the Hub are.
        is_refreshing: whether something newer is on its way.
    """

    found: Page = field(default_factory=Page)
    unfinished: frozenset[str] = frozenset()
    begun: frozenset[str] = frozenset()
    root: Path | None = None
    writable: bool = False
    catalog: Freshness = Freshness()
    hub: Freshness = Freshness()
    is_refreshing: bool = False


class Reader:
    """Finds datasets for one server. May be used from any thread; nothing waits for long.

    Args:
        catalog: the catalog.
    """

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._work = _Background(self._refresh)
        self._problem: str | None = None
        self._writable = False

    def datasets(
        self,
        query: str = "",
        filters: Mapping[str, Sequence[str]] | None = None,
        *,
        sort: Sort = "relevance",
        limit: int = 100,
        offset: int = 0,
    ) -> DatasetPage:
        """What fits; a source that cannot be looked at is told in the answer. See :meth:`Catalog.search`."""
        root = self._catalog.site.catalog_root
        is_done = self._work.run(PATIENCE_SECONDS)
        try:
            finder = self._catalog.finder
        except CatalogError as err:
            return DatasetPage(root=root, catalog=Freshness(problem=err.detail))
        filters = {facet: values for facet, values in (filters or {}).items() if facet in FACETS}
        found = finder.search(query, filters, sort=sort, limit=limit, offset=offset)
        return DatasetPage(
            found=found,
            unfinished=finder.unfinished,
            begun=finder.begun,
            root=root,
            writable=self._writable,
            catalog=Freshness(finder.as_of, self._problem),
            is_refreshing=not is_done,
        )

    def _refresh(self) -> None:
        try:
            store = self._catalog.store
            self._catalog.finder.refresh()
            self._writable = os.access(store.root, os.W_OK | os.X_OK)
            self._problem = None
        except CatalogError as err:
            self._problem, self._writable = err.detail, False


class _Background:
    """Work that is done by a thread of its own, once at a time."""

    def __init__(self, work: Callable[[], None]) -> None:
        self._work = work
        self._starting = threading.Lock()
        self._done = threading.Event()
        self._done.set()

    def run(self, seconds: float) -> bool:
        """Begin the work anew unless it goes on; whether it has ended within some seconds."""
        with self._starting:
            if self._done.is_set():
                self._done = threading.Event()
                threading.Thread(target=self._run, args=(self._done,), name="huggingnersc-refresh", daemon=True).start()
            done = self._done
        return done.wait(seconds)

    def _run(self, done: threading.Event) -> None:
        try:
            self._work()
        finally:
            done.set()
