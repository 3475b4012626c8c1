"""The reader's part of a workspace: one list of all known datasets, even if the catalog is unavailable."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from huggingnersc_lab.access.sweeper import Sweeper
from huggingnersc_lab.catalog import Catalog
from huggingnersc_lab.catalog.publish.adopt import Repository
from huggingnersc_lab.index import FACETS, FacetValues, Hit, Page, Search

PATIENCE_SECONDS = 0.8
"""How long a response waits for an update of the index."""


@dataclass(frozen=True)
class Freshness:
    """How fresh a source is.

    Attributes:
        as_of: when it was last checked, in seconds since 1970; None if never.
        problem: why it is unavailable, and what to do.
    """

    as_of: float | None = None
    problem: str | None = None


@dataclass(frozen=True)
class DatasetPage:
    """A page of the list.

    Attributes:
        found: the matches.
        unfinished: nicknames of unfinished publications.
        begun: those that are not in the catalog.
        root: the catalog's folder; None if none is configured.
        writable: whether the user can publish there.
        catalog: freshness of the catalog.
        hub: freshness of the organization's repositories on the Hub.
        is_refreshing: whether an update is running.
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
    """Finds datasets for a server. Thread-safe; nothing waits for long.

    Args:
        catalog: the catalog.
    """

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._sweeper = Sweeper()

    def datasets(self, search: Search, *, refresh: bool = False, max_age: float = 0.0) -> DatasetPage:
        """Search datasets; the result says if a source is unavailable.

        Args:
            search: the query.
            refresh: ask the Hub even if it was asked recently.
            max_age: see :meth:`Finder.find`.
        """
        listing = self._catalog.sources.listing
        listing.refresh(force=refresh)
        is_asking = listing.is_asking  # later updates are not included below
        finder = self._catalog.finder
        found = finder.find(search, patience=PATIENCE_SECONDS, max_age=max_age)
        paths = {hit.name: hit.summary["data_path"] for hit in found.hits if "data_path" in hit.summary}
        self._sweeper.begin(self._catalog.sources.access_cache, paths)
        return DatasetPage(
            found=found,
            unfinished=finder.unfinished,
            begun=finder.begun,
            root=self._catalog.site.catalog_root,
            writable=finder.is_writable,
            catalog=Freshness(found.as_of, found.problem),
            hub=Freshness(listing.known().as_of, listing.problem()),
            is_refreshing=found.is_refreshing or is_asking,
        )

    def values(self, search: Search, facet: str, text: str = "") -> FacetValues:
        """The values of a facet that contain a text, in the value or its title, from the current index.

        Args:
            search: the query in which they are counted; see :meth:`Index.values`.
            facet: one of :data:`FACETS`.
            text: a part of the value, or of its title in the vocabulary; case is ignored.
        """
        wanted, vocabulary = text.strip().casefold(), FACETS[facet].vocabulary
        titles = self._catalog.vocabulary.titles(vocabulary) if wanted and vocabulary else FACETS[facet].values
        return self._catalog.finder.index.values(
            search, facet, lambda value: wanted in f"{value}\n{titles.get(value, '')}".casefold()
        )

    def related(self, name: str) -> tuple[Hit, ...]:
        """See :meth:`Catalog.related`; uses the last known state if the catalog is slow."""
        record = self._catalog.store.read(name).record
        return self._catalog.finder.related(record, patience=PATIENCE_SECONDS)

    def hub_dataset(self, name: str) -> Repository:
        """A repository of the organization, by its name on the Hub; raises ``not_found`` or ``upstream``."""
        return self._catalog.repository(name)
