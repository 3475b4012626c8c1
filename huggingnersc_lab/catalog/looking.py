"""The reader's verbs: find datasets, and learn what is known of one. Nothing here changes anything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from huggingnersc_lab.catalog.adopting import Repository, look_up
from huggingnersc_lab.catalog.answers import Found, Inspection
from huggingnersc_lab.catalog.exporting import ExportFormat, OnSkip, export
from huggingnersc_lab.catalog.looks import data_paths
from huggingnersc_lab.catalog.notebooks import digest_of
from huggingnersc_lab.catalog.sources import Sources
from huggingnersc_lab.catalog.versions import Version
from huggingnersc_lab.files import storage_errors
from huggingnersc_lab.hub.deadline import one_budget
from huggingnersc_lab.index import Hit, Search, Sort
from huggingnersc_lab.inspection.access import Access
from huggingnersc_lab.render.citation import Citation, citations
from huggingnersc_lab.render.croissant import croissant
from huggingnersc_lab.render.entry import Entry, cataloged
from huggingnersc_lab.store import BrokenEntry, StoredRecord


class Readable(Sources):
    """A catalog that is read."""

    def records(self) -> list[StoredRecord]:
        """All datasets that can be read, in the order of their nicknames; see also :meth:`broken`.

        Raises:
            CatalogError: ``not_found`` when the catalog's folder is not there, ``forbidden`` when it may not be listed.

        >>> [entry.record.pretty_name for entry in catalog.records()]
        ['Iris']
        """
        return [entry for entry in self.store.entries() if isinstance(entry, StoredRecord)]

    def broken(self) -> list[BrokenEntry]:
        """Folders of the catalog that hold no readable record, with the reason."""
        return [entry for entry in self.store.entries() if isinstance(entry, BrokenEntry)]

    def search(
        self,
        query: str = "",
        filters: Mapping[str, Sequence[str]] | None = None,
        *,
        sort: Sort = "relevance",
        limit: int = 100,
        offset: int = 0,
        counts: bool = True,
    ) -> Found:
        """Datasets that fit, the best first.

        Args:
            query: words that all have to be met, ``"a phrase"``, ``tag:csv``, ``license:mit``, ``size:>1TB``,
                ``by:fisher``, ``-not_this``; the last word may be the beginning of one.
            filters: by facet (:data:`huggingnersc_lab.index.FACETS`), the values of which one has to be there.
            sort: ``relevance``, ``newest``, ``name`` or ``size``.
            limit: so many hits at most.
            offset: how many come before the first one.
            counts: whether the values of the facets are counted.

        What was known is searched where the catalog cannot be looked at now, and of a site without a catalog what is on
        the Hub: ``problem`` of the answer says why.

        Raises:
            CatalogError: ``not_found`` or ``forbidden`` where nothing is known of either.

        >>> found = catalog.search("flowers format:csv")
        >>> [hit.name for hit in found.hits], found.facets["license"]
        (['iris'], {'cc0-1.0': 1})
        """
        found = self.finder.find(Search(query, filters or {}, sort, limit, offset, counts))
        if found.as_of is None and self.finder.failure and self.listing.known().datasets is None:
            raise self.finder.failure
        return found

    @one_budget
    def repository(self, name: str) -> Repository:
        """A repository of the organization's on the Hub with its card, whether the catalog has it or not.

        Args:
            name: its name, without the organization's.

        Raises:
            CatalogError: ``not_found`` for one that is not there or not to be seen, ``upstream``.

        >>> catalog.repository("iris").card.startswith("---")
        True
        """
        return look_up(self.viewer().connect(), name)

    @one_budget
    def versions(self, name: str) -> tuple[Version, ...]:
        """The newest 50 commits of a dataset's repository on the Hub, the newest first, and what each changed.

        None of a dataset that is not on the Hub. What a commit changed is left out where the Hub is slow to tell.

        Raises:
            CatalogError: ``not_found``, ``upstream``.

        >>> newest = catalog.versions("iris")[0]
        >>> newest.title, [f"{item.path} {item.change}" for item in newest.files]
        ('Catalog iris', ['README.md added', 'load_iris.py added', 'record.json added'])
        """
        return self.history.versions(self.store.read(name).record)

    def related(self, name: str, *, limit: int = 5) -> tuple[Hit, ...]:
        """Datasets that are like one, the likest first: by tags, tasks, authors, papers and words of the title.

        Args:
            name: its nickname.
            limit: so many at most.

        Raises:
            CatalogError: ``not_found``.

        >>> catalog.related("iris")
        ()
        """
        return self.finder.related(self.store.read(name).record, limit=limit)

    def access(self, names: Sequence[str], *, check: bool = False) -> dict[str, Access]:
        """Whether you can read the data of some datasets, by nickname; those without data are left out.

        Args:
            names: their nicknames, the most urgent ones first; of those that are not in the catalog nothing is said.
            check: look even where somebody has looked shortly ago.

        >>> [access.status for access in catalog.access(["iris", "nobody-knows"]).values()]
        ['readable']
        """
        return self.looks.look(data_paths(self.store, names), check=check)

    def inspect(self, name: str) -> Inspection:
        """Everything known of a dataset, from the catalog alone.

        Raises:
            CatalogError: ``not_found``; ``invalid_record`` for an entry that is damaged.

        >>> found = catalog.inspect("iris")
        >>> found.record.license, found.access.status
        ('cc0-1.0', 'readable')
        """
        stored = self.store.read(name)
        record = stored.record
        with storage_errors(f"look at '{name}' in the catalog"):
            seen = (path for path in stored.folder.iterdir() if not path.name.startswith("."))
            files = tuple(sorted(path.name for path in seen if path.is_file()))
        entry = Entry(record, self.site)
        has_notebook = entry.notebook_name in files
        notebook = self.store.read_file(name, entry.notebook_name) if has_notebook else None
        return Inspection(
            record=record,
            folder=stored.folder,
            files=files,
            etag=stored.etag,
            repo_url=entry.hub_link if record.revision else None,
            notebook=stored.folder / entry.notebook_name if has_notebook else None,
            notebook_link=entry.notebook_link if has_notebook else None,
            notebook_digest=None if notebook is None else digest_of(notebook),
            lab_link=entry.lab_link,
            access=self.looks.look({name: record.data_path}, check=True)[name] if record.data_path else None,
            read_only=stored.read_only,
        )

    def cite(self, name: str) -> tuple[Citation, ...]:
        """How to cite a dataset, in each format that can be had; see :mod:`huggingnersc_lab.render.citation`.

        Raises:
            CatalogError: ``not_found``; ``invalid_record`` for an entry that is damaged.

        >>> [citation.format for citation in catalog.cite("iris")]
        ['bibtex', 'apa', 'cff', 'datacite']
        """
        return citations(cataloged(self.store.read(name).record, self.site))

    def croissant(self, name: str) -> dict[str, Any]:
        """A dataset as Croissant 1.0, JSON-LD that dataset search engines read.

        Raises:
            CatalogError: ``not_found``; ``invalid_record`` for an entry that is damaged.

        >>> catalog.croissant("iris")["conformsTo"]
        'http://mlcommons.org/croissant/1.0'
        """
        return croissant(cataloged(self.store.read(name).record, self.site))

    def export(
        self, query: str | None = None, form: ExportFormat = "jsonl", *, on_skip: OnSkip | None = None
    ) -> Iterator[str]:
        r"""The catalog, or what fits a query, as text in pieces; see :mod:`huggingnersc_lab.catalog.exporting`.

        Args:
            query: as :meth:`search` takes it; everything when left out.
            form: ``csv``, ``jsonl`` or ``croissant``.
            on_skip: told of each dataset that is not in it, by its nickname, and why.

        >>> list(catalog.export("flowers", "csv"))[0].startswith("schema_version,name,pretty_name,")
        True
        """
        return export(self, query, form, on_skip)
