"""The reader's half of a workspace: one list of all datasets that are known, however the catalog's disk is just now."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from huggingnersc_lab.access.sweeper import Sweeper
from huggingnersc_lab.catalog import Catalog
from huggingnersc_lab.catalog.publish.adopt import Repository
from huggingnersc_lab.index import FACETS, FacetValues, Hit, Page, Search

PATIENCE_SECONDS = 0.8
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
        self._sweeper = Sweeper()

    def datasets(self, search: Search, *, refresh: bool = False, max_age: float = 0.0) -> DatasetPage:
        """What fits; a source that cannot be looked at is told in the answer.

        Args:
            search: the question.
            refresh: ask the Hub even if it was asked shortly ago.
            max_age: see :meth:`Finder.find`.
        """
        listing = self._catalog.sources.listing
        listing.refresh(force=refresh)
        is_asking = listing.is_asking  # what comes after this is not looked for below
        finder = self._catalog.finder
        found = finder.find(search, patience=PATIENCE_SECONDS, max_age=max_age)
        paths = {hit.name: hit.summary["data_path"] for hit in found.hits if "data_path" in hit.summary}
        self._sweeper.begin(self._catalog.sources.looks, paths)
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
        """The values of a facet that have a text in them, or in their title, as the index knows them just now.

        Args:
            search: what they are counted in; see :meth:`Index.values`.
            facet: one of :data:`FACETS`.
            text: a part of the value, or of its title in the vocabulary; case does not count.
        """
        wanted, vocabulary = text.strip().casefold(), FACETS[facet].vocabulary
        titles = self._catalog.vocabulary.titles(vocabulary) if wanted and vocabulary else FACETS[facet].values
        return self._catalog.finder.index.values(
            search, facet, lambda value: wanted in f"{value}\n{titles.get(value, '')}".casefold()
        )

    def related(self, name: str) -> tuple[Hit, ...]:
        """See :meth:`Catalog.related`; what is known is looked through where the catalog takes its time."""
        record = self._catalog.store.read(name).record
        return self._catalog.finder.related(record, patience=PATIENCE_SECONDS)

    def hub_dataset(self, name: str) -> Repository:
        """A repository of the organization's, by its name on the Hub; raises ``not_found`` or ``upstream``."""
        return self._catalog.repository(name)
