"""One person at one Jupyter server: the catalog, and the drafts, jobs and files that are theirs."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from huggingnersc_lab.account.sign_in import CodeSignIns
from huggingnersc_lab.catalog import Catalog, Inspection
from huggingnersc_lab.catalog.worker_reader import WorkerReader
from huggingnersc_lab.jobs import Job, Jobs, Kinds
from huggingnersc_lab.private_files import own_folder
from huggingnersc_lab.record.scripts import Script
from huggingnersc_lab.render.entry_files import CARD_FILE
from huggingnersc_lab.store import StoredEntry
from huggingnersc_lab.workspace.contributor import Contributor
from huggingnersc_lab.workspace.drafts import Drafts
from huggingnersc_lab.workspace.leftovers import Leftovers
from huggingnersc_lab.workspace.locations import Locations
from huggingnersc_lab.workspace.notebooks import loader_copy, write_into
from huggingnersc_lab.workspace.reader import Reader
from huggingnersc_lab.workspace.same_data import SameData, same_data
from huggingnersc_lab.workspace.site_choice import SiteChoice


@dataclass(frozen=True)
class Opened:
    """An entry with what stands in its files.

    Attributes:
        inspection: what is known of it.
        repo_url: its page on the Hub, the practice Hub's while that serves.
        card: the card, as others wrote it.
        loader: the loader script.
        batch_script: the batch script.
        data: contents path of the data, inside the server's root.
        folder: contents path of its folder, likewise.
        unfinished: whether an update of it was stopped, or goes on at this moment.
    """

    inspection: Inspection
    repo_url: str | None
    card: str
    loader: Script | None
    batch_script: Script | None
    data: str | None
    folder: str | None
    unfinished: bool


@dataclass
class Workspace:
    """What a person can do at a server; finding datasets is the :attr:`reader`'s, drafts are the :attr:`contributor`'s.

    Every method may take its time, none is for an event loop, and every one raises :class:`CatalogError`.

    Attributes:
        choice: the server's settings.
        locations: where the browser's paths may lead.
        catalog: the catalog.
        kinds: the kinds of jobs that are known.
        drafts: the person's drafts.
        jobs: the person's jobs.
        reader: finds datasets.
        contributor: works on drafts.
        code_sign_ins: signs the person in with a code.
        practice_url: address of the practice Hub, once it has been asked for.
    """

    choice: SiteChoice
    catalog: Catalog
    locations: Locations
    kinds: Kinds[Any]
    drafts: Drafts = field(default_factory=lambda: Drafts(own_folder("drafts")))
    practice_url: str | None = None

    def __post_init__(self) -> None:
        self.code_sign_ins = CodeSignIns(self.catalog.site)
        self.reader = Reader(self.catalog)
        self.leftovers = Leftovers(self.catalog.site)
        self.jobs = Jobs(own_folder("jobs"), self.kinds, self.leftovers.has)
        self.contributor = Contributor(self.choice, self.catalog, self.locations, self.drafts)

    @classmethod
    def open(
        cls, choice: SiteChoice, server_root: Path | None, *, kinds: Kinds[Any], allow_hidden: bool = False
    ) -> Workspace:
        """The workspace that a server's settings choose.

        Args:
            choice: which site.
            server_root: the server's root folder.
            kinds: the kinds of jobs that are known.
            allow_hidden: whether it shows hidden files.
        """
        catalog = choice.catalog(WorkerReader())
        return cls(choice, catalog, Locations(catalog.site, server_root, allow_hidden=allow_hidden), kinds)

    def dataset_url(self, repo_id: str) -> str | None:
        """Page of a repository; None for the practice Hub while nobody has asked for it."""
        site = self.catalog.site
        hub = self.practice_url if site.is_practice else site.hub_url
        return hub and f"{hub}/datasets/{repo_id}"

    def serve_practice_hub(self) -> str | None:
        """Address of the practice Hub where it is the site's, started here if none runs; None for another site."""
        if self.catalog.site.is_practice:
            self.practice_url = self.catalog.hub.url
        return self.practice_url

    def open_entry(self, name: str) -> Opened:
        """Everything known of an entry, without asking the Hub."""
        stored = self.catalog.store.open(name)
        found = self.catalog.inspection_of(stored)
        record = found.record
        can_be_asked = found.access is not None and found.access.status != "unknown"
        return Opened(
            inspection=found,
            repo_url=self.dataset_url(record.repo_id) if record.revision and record.repo_id else None,
            card=stored.text(CARD_FILE) or "",
            loader=_script(stored, record.loader),
            batch_script=_script(stored, record.batch_script),
            data=self.locations.contents_path(record.data_path) if record.data_path and can_be_asked else None,
            folder=self.locations.contents_path(found.folder),
            unfinished=self.leftovers.has(name),
        )

    def same_data(self, data_path: str) -> SameData:
        """What is there already of the data at an absolute path: entries of the catalog, drafts of this person's."""
        return same_data(self.catalog, self.drafts, data_path)

    def copy_notebook(self, name: str, folder: str) -> str:
        """Copy an entry's loader notebook to a folder (contents paths, both ways)."""
        return write_into(self.locations, folder, *loader_copy(self.catalog, name))

    def end_job(self, job_id: str) -> Job:
        """Cancel a job that goes on, or forget one that has ended."""
        job = self.jobs.read(job_id)
        return self.jobs.forget(job_id) if job.has_ended else self.jobs.cancel(job_id)


def _script(stored: StoredEntry, file_name: str | None) -> Script | None:
    text = stored.text(file_name)
    return None if file_name is None or text is None else Script(file_name, text)
