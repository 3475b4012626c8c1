"""One user on one Jupyter server: the catalog, and the user's drafts, jobs and files."""

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
from huggingnersc_lab.workspace.placement import executors
from huggingnersc_lab.workspace.reader import Reader
from huggingnersc_lab.workspace.same_data import SameData, same_data
from huggingnersc_lab.workspace.site_choice import SiteChoice


@dataclass(frozen=True)
class Opened:
    """An entry with the content of its files.

    Attributes:
        inspection: its details.
        repo_url: its page on the Hub, or on the practice Hub while it is running.
        card: the card, as written by others.
        loader: the loader script.
        batch_script: the batch script.
        data: contents path of the data, inside the server's root.
        folder: contents path of its folder, likewise.
        unfinished: whether an update was interrupted or is running.
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
    """A user's operations on a server; :attr:`reader` searches datasets, :attr:`contributor` handles drafts.

    Methods may block, so they must not run in an event loop, and all raise :class:`CatalogError`.

    Attributes:
        choice: the server's settings.
        locations: which of the browser's paths are allowed.
        catalog: the catalog.
        kinds: the known job kinds.
        drafts: the user's drafts.
        jobs: the user's jobs.
        reader: finds datasets.
        contributor: handles drafts.
        code_sign_ins: signs the user in with a code.
        practice_url: URL of the practice Hub, once it was requested.
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
        self.jobs = Jobs(own_folder("jobs"), self.kinds, self.leftovers.has, executors())
        self.contributor = Contributor(self.choice, self.catalog, self.locations, self.drafts)

    @classmethod
    def open(
        cls, choice: SiteChoice, server_root: Path | None, *, kinds: Kinds[Any], allow_hidden: bool = False
    ) -> Workspace:
        """The workspace selected by a server's settings.

        Args:
            choice: the site.
            server_root: the server's root folder.
            kinds: the known job kinds.
            allow_hidden: whether the server shows hidden files.
        """
        catalog = choice.catalog(WorkerReader())
        return cls(choice, catalog, Locations(catalog.site, server_root, allow_hidden=allow_hidden), kinds)

    def dataset_url(self, repo_id: str) -> str | None:
        """URL of a repository's page; None for the practice Hub until it was requested."""
        site = self.catalog.site
        hub = self.practice_url if site.is_practice else site.hub_url
        return hub and f"{hub}/datasets/{repo_id}"

    def serve_practice_hub(self) -> str | None:
        """URL of the practice Hub if the site uses it, started here if none is running; otherwise None."""
        if self.catalog.site.is_practice:
            self.practice_url = self.catalog.hub.url
        return self.practice_url

    def open_entry(self, name: str) -> Opened:
        """All details of an entry, without asking the Hub."""
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
        """Cancel a running job, or remove one that has ended."""
        job = self.jobs.read(job_id)
        return self.jobs.forget(job_id) if job.has_ended else self.jobs.cancel(job_id)


def _script(stored: StoredEntry, file_name: str | None) -> Script | None:
    text = stored.text(file_name)
    return None if file_name is None or text is None else Script(file_name, text)
