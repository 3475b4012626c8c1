"""The facade: operations on a catalog, one method for each verb, implemented in separate modules."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from huggingnersc_lab.access.access import Access
from huggingnersc_lab.catalog.changes import Changes, new_entry
from huggingnersc_lab.catalog.export import ExportFormat, OnSkip, export
from huggingnersc_lab.catalog.history.versions import Version
from huggingnersc_lab.catalog.publish.adopt import Repository, look_up
from huggingnersc_lab.catalog.publish.change import Change
from huggingnersc_lab.catalog.publish.import_catalog import Imported, import_catalog
from huggingnersc_lab.catalog.publish.plan import OnStep
from huggingnersc_lab.catalog.publish.planned import Planned
from huggingnersc_lab.catalog.publish.submission import Submission, read_submission
from huggingnersc_lab.catalog.publish.unfinished import Unfinished, describe
from huggingnersc_lab.catalog.results import Inspection, Publication, data_paths, inspection_of
from huggingnersc_lab.catalog.search.finder import Finder
from huggingnersc_lab.catalog.search.found import Found
from huggingnersc_lab.catalog.sources import Sources
from huggingnersc_lab.hub import Hub
from huggingnersc_lab.hub.deadline import one_budget
from huggingnersc_lab.index import Hit, Search, Sort
from huggingnersc_lab.record.metadata.document import Metadata, read_metadata
from huggingnersc_lab.record.model import DatasetRecord
from huggingnersc_lab.record.scripts import Script
from huggingnersc_lab.record.vocabulary import Vocabulary
from huggingnersc_lab.render.citation import Citation, citations
from huggingnersc_lab.render.croissant import croissant
from huggingnersc_lab.render.entry import cataloged
from huggingnersc_lab.sites import Site
from huggingnersc_lab.store import BrokenEntry, Store, StoredEntry, StoredRecord, tree
from huggingnersc_lab.store.records import Reader


class Catalog:
    """A site's catalog and its Hub.

    Every method raises :class:`CatalogError`, whose ``code`` is the kind of error.

    Args:
        site: the centre; the configured one if omitted, or the practice site if none is configured.
        token: access token for the Hub; found like huggingface_hub does if omitted.
        hub: creates the Hub client when first needed.
        reader: accesses the catalog's file system; in this process if omitted.

    Attributes:
        sources: the catalog on disk, the Hub and the index.
        site: the centre.

    In the examples below, ``catalog`` is that of the practice site and contains ``iris``, and ``folder`` contains
    the files it was created from: ``metadata.json``, ``load_iris.py`` and the data.
    """

    def __init__(
        self,
        site: Site | None = None,
        *,
        token: str | None = None,
        hub: Callable[[], Hub] | None = None,
        reader: Reader = tree,
    ) -> None:
        self.sources = Sources(site, token=token, hub=hub, reader=reader)
        self.site = self.sources.site
        self._changes = Changes(self.sources)

    @property
    def hub(self) -> Hub:
        """The Hub client; connected on first use."""
        return self.sources.hub

    @property
    def store(self) -> Store:
        """The catalog on disk. Raises ``not_found`` if the site does not configure one."""
        return self.sources.store

    @property
    def finder(self) -> Finder:
        """The search index of the catalog and the Hub."""
        return self.sources.finder

    @property
    def vocabulary(self) -> Vocabulary:
        """The allowed values of record fields."""
        return self.sources.vocabulary

    def refresh_vocabulary(self) -> Vocabulary:
        """Fetch new values from the Hub, and store them for this user."""
        return self.sources.refresh_vocabulary()

    # Search and inspection. Nothing here changes anything.

    def records(self) -> list[StoredRecord]:
        """All datasets that can be read, ordered by nickname; see also :meth:`broken`.

        >>> [entry.record.pretty_name for entry in catalog.records()]
        ['Iris']
        """
        return [entry for entry in self.store.entries() if isinstance(entry, StoredRecord)]

    def broken(self) -> list[BrokenEntry]:
        """Folders of the catalog without a readable record, with the reason."""
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
        """Search datasets, best match first; for the arguments see :class:`huggingnersc_lab.index.Search`.

        If the catalog is unavailable, the last known state is searched, and for a site without a catalog, only the Hub:
        ``problem`` in the result says why. Raises ``not_found`` or ``forbidden`` if nothing is known.

        >>> found = catalog.search("flowers format:csv")
        >>> [hit.name for hit in found.hits], found.facets["license"]
        (['iris'], {'cc0-1.0': 1})
        """
        return self.sources.find(Search(query, filters or {}, sort, limit, offset, counts))

    @one_budget
    def repository(self, name: str) -> Repository:
        """A repository of the organization on the Hub, by name, with its card; cataloged or not.

        >>> catalog.repository("iris").card.startswith("---")
        True
        """
        return look_up(self.sources.viewer().connect(), name)

    @one_budget
    def versions(self, name: str) -> tuple[Version, ...]:
        """The newest 50 commits of a dataset's repository on the Hub, newest first, with their changes.

        Empty for a dataset that is not on the Hub. The changes of a commit are omitted if the Hub is too slow.

        >>> newest = catalog.versions("iris")[0]
        >>> newest.title, [f"{item.path} {item.change}" for item in newest.files]
        ('Catalog iris', ['README.md added', 'load_iris.py added', 'record.json added'])
        """
        return self.sources.history.versions(self.store.read(name).record)

    def related(self, name: str, *, limit: int = 5) -> tuple[Hit, ...]:
        """Datasets similar to one, most similar first: by tags, tasks, authors, papers and words of the title.

        >>> catalog.related("iris")
        ()
        """
        return self.finder.related(self.store.read(name).record, limit=limit)

    def access(self, names: Sequence[str], *, check: bool = False) -> dict[str, Access]:
        """Whether you can read the data of some datasets, by nickname; those without data are omitted.

        List the most urgent names first. ``check`` checks again even if the last result is recent.

        >>> [access.status for access in catalog.access(["iris", "nobody-knows"]).values()]
        ['readable']
        """
        return self.sources.access_cache.look(dict(data_paths(self.store, names)), check=check)

    def inspect(self, name: str) -> Inspection:
        """All details of a dataset, from the catalog alone.

        >>> found = catalog.inspect("iris")
        >>> found.record.license, found.access.status
        ('cc0-1.0', 'readable')
        """
        return self.inspection_of(self.store.open(name))

    def inspection_of(self, stored: StoredEntry) -> Inspection:
        """:meth:`inspect` for an entry whose files were already read."""
        return inspection_of(self.site, stored, self.sources.access_cache)

    def cite(self, name: str) -> tuple[Citation, ...]:
        """How to cite a dataset, in each available format; see :mod:`huggingnersc_lab.render.citation`.

        >>> [citation.format for citation in catalog.cite("iris")]
        ['bibtex', 'apa', 'cff', 'datacite']
        """
        return citations(cataloged(self.store.read(name).record, self.site))

    def croissant(self, name: str) -> dict[str, Any]:
        """A dataset as Croissant 1.0, JSON-LD for dataset search engines.

        >>> catalog.croissant("iris")["conformsTo"]
        'http://mlcommons.org/croissant/1.0'
        """
        return croissant(cataloged(self.store.read(name).record, self.site))

    def export(
        self, query: str | None = None, form: ExportFormat = "jsonl", *, on_skip: OnSkip | None = None
    ) -> Iterator[str]:
        """The catalog, or the matches of a query, as text in pieces; see :mod:`huggingnersc_lab.catalog.export`.

        >>> list(catalog.export("flowers", "csv"))[0].startswith("schema_version,name,pretty_name,")
        True
        """
        return export(self.site, self.store, self.finder, query, form, on_skip)

    # Changing entries. A change is first planned to the last byte, then displayed or carried out.

    def validate(
        self,
        metadata: Mapping[str, Any],
        *,
        given: Mapping[str, Any] | None = None,
        later: Collection[str] = (),
        former: DatasetRecord | None = None,
    ) -> Metadata:
        """Validate a metadata document of either form; its findings list all errors.

        ``given`` fields override those of the document; fields that will be given ``later`` are not reported as
        missing. Unknown fields of the ``former`` record, which this replaces, are not errors.

        >>> document = {"name": "sky", "pretty_name": "Sky", "size_categories": ["n<1K"], "licence": "mit"}
        >>> metadata = catalog.validate(document)
        >>> [error.detail for error in metadata.findings.errors]
        ["There is no field 'licence'. Did you mean 'license'?"]
        """
        return read_metadata(metadata, given, self.vocabulary, later=later, former=former)

    def read(self, metadata: Path | Mapping[str, Any], **parts: Any) -> Submission:
        """Read a contributor's files; see :func:`huggingnersc_lab.catalog.publish.submission.read_submission`.

        >>> submission = catalog.read(folder / "metadata.json", loader=folder / "load_iris.py", name="flowers")
        >>> submission.record.size_categories
        ('n<1K',)
        """
        return read_submission(self.site, metadata, vocabulary=self.vocabulary, **parts)

    def plan(self, change: Change, submission: Submission | None = None, *, can_ask_hub: bool = True) -> Planned:
        """Plan a change. Nothing is sent or written; the Hub is queried if the change depends on it.

        ``submission`` is a new entry that was already read. Without the Hub (``can_ask_hub=False``), an update is
        planned without people's edits of the card there.

        >>> catalog.plan(Change("update", "iris", {"license": "mit"})).diff.members
        (MemberDiff(member='license', before='cc0-1.0', after='mit'),)
        """
        return self._changes.plan(change, submission, can_ask_hub=can_ask_hub)

    def carry_out(
        self, planned: Planned, *, keep_on_failure: bool = False, on_step: OnStep | None = None
    ) -> Publication:
        """Carry out a plan: one commit, one folder in the catalog. If it fails, the steps already done are undone.

        ``keep_on_failure`` keeps them for :meth:`resume` or :meth:`undo`, unless the request was refused.
        """
        return self._changes.carry_out(planned, keep_on_failure=keep_on_failure, on_step=on_step)

    def preview(
        self, submission: Submission, *, private: bool = False, create_pr: bool = False, adopting: str | None = None
    ) -> Planned:
        """What :meth:`publish` would create. Nothing is sent or written.

        >>> submission = catalog.read(folder / "metadata.json", loader=folder / "load_iris.py", name="flowers")
        >>> shown = catalog.preview(submission)
        >>> shown.hub_files
        ('README.md', 'load_iris.py', 'record.json')
        >>> print(shown.actions[0])
        Create the public dataset repository NERSC/flowers on the practice Hub
        """
        return self.plan(new_entry(submission, private=private, create_pr=create_pr, adopting=adopting), submission)

    def publish(
        self,
        submission: Submission,
        *,
        private: bool | None = False,
        create_pr: bool = False,
        adopting: str | None = None,
        keep_on_failure: bool = False,
        on_step: OnStep | None = None,
    ) -> Publication:
        """Publish an entry: one repository, one commit, one folder in the catalog; see :meth:`carry_out`.

        ``adopting`` names an existing repository of the organization to use for this entry; people's text on its card
        is kept. For ``private`` and ``create_pr`` see :class:`Change`.

        >>> submission = catalog.read(folder / "metadata.json", loader=folder / "load_iris.py", name="flowers")
        >>> done = catalog.publish(submission)
        >>> done.record.repo_id, done.notebook.name
        ('NERSC/flowers', 'flowers_loader.ipynb')
        """
        options = {"private": private, "create_pr": create_pr, "adopting": adopting}
        return self._changes.publish(submission, keep_on_failure=keep_on_failure, on_step=on_step, **options)

    def update(
        self,
        name: str,
        changes: Mapping[str, Any],
        *,
        loader: Script | None = None,
        batch_script: Script | None = None,
        keep_on_failure: bool = False,
        on_step: OnStep | None = None,
        **options: Any,
    ) -> Publication:
        """Change an entry. People's edits of its card on the Hub are kept; see :meth:`carry_out`.

        ``changes`` are record fields with their new values; None removes a field. The ``options`` are
        ``private``, ``create_pr``, ``etag`` and ``confirmed``, as in :class:`Change`.

        >>> catalog.update("iris", {"license": "cc-by-4.0", "papers": None}).record.license
        'cc-by-4.0'
        """
        options |= {"loader": loader, "batch_script": batch_script}
        return self._changes.update(name, changes, keep_on_failure=keep_on_failure, on_step=on_step, **options)

    def retire(self, name: str, *, from_hub: bool = False, confirmed: str | None = None) -> DatasetRecord:
        """Remove a dataset from the catalog, and with ``from_hub`` irrevocably from the Hub. The data is never touched.

        >>> catalog.retire("iris", from_hub=True).name
        'iris'
        """
        return self._changes.retire(name, from_hub=from_hub, confirmed=confirmed)

    def import_from(self, folder: Path, *, dry_run: bool = False) -> Iterator[Imported]:
        """Import a catalog of the original HuggingNERSC; see :func:`import_catalog`."""
        return import_catalog(self.site, self.store, folder, self.vocabulary, dry_run=dry_run)

    def unfinished(self) -> list[str]:
        """Nicknames of publications that were interrupted or are running in another process."""
        return self.store.unfinished()

    def unfinished_publication(self, name: str) -> Unfinished:
        """The owner of an unfinished publication, and what finishing or undoing it would do; does not ask the Hub."""
        return describe(self.site, self.store, name)

    def resume(self, name: str, *, take_over: str | None = None, on_step: OnStep | None = None) -> Publication:
        """Finish an interrupted publication.

        ``take_over`` is the etag of somebody else's publication that the user has seen and agreed to finish.
        """
        return self._changes.resume(name, take_over=take_over, on_step=on_step)

    def undo(self, name: str, *, take_over: str | None = None, on_step: OnStep | None = None) -> None:
        """Undo an interrupted publication, on the Hub and on disk, restoring the previous state.

        For ``take_over`` see :meth:`resume`.
        """
        self._changes.undo(name, take_over=take_over, on_step=on_step)
