"""One person at one Jupyter server: the catalog, and the drafts, jobs and files that are theirs."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from huggingnersc_lab.catalog import Catalog, Inspection, Preview
from huggingnersc_lab.catalog.drafting import SCRIPTS, content_of, examine, sent_values
from huggingnersc_lab.catalog.locations import Locations
from huggingnersc_lab.catalog.notebooks import loader_copy, write_beside
from huggingnersc_lab.catalog.orders import is_unfinished
from huggingnersc_lab.catalog.reading import Reader
from huggingnersc_lab.catalog.signing_in import CodeSignIns
from huggingnersc_lab.catalog.submission import Submission
from huggingnersc_lab.catalog.summaries import Listed, Summaries
from huggingnersc_lab.catalog.updating import require_unchanged
from huggingnersc_lab.drafts import Draft, DraftContent, Drafts
from huggingnersc_lab.errors import CatalogError, FieldError
from huggingnersc_lab.files import own_folder
from huggingnersc_lab.jobs import Job, JobKind, Jobs, Order
from huggingnersc_lab.record.model import SCHEMA_VERSION, DatasetRecord
from huggingnersc_lab.record.scripts import Script, check_syntax, read_script
from huggingnersc_lab.record.validation import Findings
from huggingnersc_lab.render.batch import check_batch
from huggingnersc_lab.render.entry import Entry
from huggingnersc_lab.render.files import CARD_FILE, RECORD_FILE
from huggingnersc_lab.sites import load_site


@dataclass(frozen=True)
class SiteChoice:
    """What the server's settings say about the site; what is None is left to the environment.

    A job's process makes the same choice again.

    Attributes:
        site: shipped site's name, or path of a site file.
        catalog_root: folder of the catalog.
        hub_url: address of the Hub.
        organization: organization on the Hub.
    """

    site: str | None = None
    catalog_root: str | None = None
    hub_url: str | None = None
    organization: str | None = None

    def catalog(self) -> Catalog:
        """The catalog chosen."""
        site = load_site(
            self.site,
            catalog_root=self.catalog_root,
            hub_url=self.hub_url,
            organization=self.organization,
        )
        return Catalog(site)


@dataclass(frozen=True)
class CatalogList:
    """All datasets, and how the catalog's folder is.

    Attributes:
        entries: in the order of their nicknames.
        unfinished: nicknames of unfinished publications that are no entries yet.
        root: the folder; None where nobody has said which it is.
        writable: whether one may publish there.
        problem: why it cannot be read.
    """

    entries: tuple[Listed, ...] = ()
    unfinished: tuple[str, ...] = ()
    root: Path | None = None
    writable: bool = False
    problem: str | None = None


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


@dataclass(frozen=True)
class Shown:
    """What publishing a draft would make.

    Attributes:
        preview: files and actions.
        submission: what would be published.
    """

    preview: Preview
    submission: Submission

    @property
    def batch_script(self) -> Script | None:
        """The batch script: the one that was handed in, else the plain one that a distributed loader gets."""
        file_name = self.preview.record.batch_script
        return Script(file_name, self.preview.files[file_name].decode()) if file_name else None


@dataclass
class Workspace:
    """What a person can do at a server. Every method may take its time: none is for an event loop.

    Every method raises :class:`CatalogError`.

    Attributes:
        choice: the server's settings.
        locations: where the browser's paths may lead.
        catalog: the catalog.
        drafts: the person's drafts.
        jobs: the person's jobs.
        practice_url: address of the practice Hub, once it has been asked for.
    """

    choice: SiteChoice
    catalog: Catalog
    locations: Locations
    drafts: Drafts = field(default_factory=lambda: Drafts(own_folder("drafts")))
    practice_url: str | None = None
    _summaries: Summaries = field(default_factory=Summaries, init=False, repr=False)

    def __post_init__(self) -> None:
        self.code_sign_ins = CodeSignIns(self.catalog.site)
        self.reader = Reader(self.catalog)
        self.jobs = Jobs(own_folder("jobs"), lambda name: is_unfinished(self.catalog, name))

    @classmethod
    def open(cls, choice: SiteChoice, server_root: Path | None, *, allow_hidden: bool = False) -> Workspace:
        """The workspace that a server's settings choose.

        Args:
            choice: which site.
            server_root: the server's root folder.
            allow_hidden: whether it shows hidden files.
        """
        catalog = choice.catalog()
        return cls(choice, catalog, Locations(catalog.site, server_root, allow_hidden=allow_hidden))

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

    def list_entries(self) -> CatalogList:
        """All datasets; a catalog that cannot be read is told in the answer."""
        root = self.catalog.site.catalog_root
        try:
            store = self.catalog.store
            entries, unfinished = self._summaries.list(store)
        except CatalogError as err:
            return CatalogList(root=root, problem=err.detail)
        writable = os.access(store.root, os.W_OK | os.X_OK)
        return CatalogList(entries, unfinished, root, writable)

    def open_entry(self, name: str) -> Opened:
        """Everything known of an entry, without asking the Hub."""
        found = self.catalog.inspect(name)
        record = found.record
        can_be_asked = found.access is not None and found.access.status != "unknown"
        return Opened(
            inspection=found,
            repo_url=self.dataset_url(record.repo_id) if record.revision and record.repo_id else None,
            card=self._text(name, CARD_FILE) or "",
            loader=self._script(name, record.loader),
            batch_script=self._script(name, record.batch_script),
            data=self.locations.contents_path(record.data_path) if record.data_path and can_be_asked else None,
            folder=self.locations.contents_path(found.folder),
            unfinished=self.catalog.store.staging(name) is not None,
        )

    def copy_notebook(self, name: str, folder: str) -> str:
        """Copy an entry's loader notebook to a folder (contents paths, both ways)."""
        return self._write(folder, *loader_copy(self.catalog, name))

    def edit(self, name: str) -> Draft:
        """Begin a draft that changes an entry."""
        return self.drafts.create(content_of(self.catalog, name))

    def adopt(self, name: str) -> Draft:
        """Begin a draft that brings a repository of the organization's into the catalog; see :meth:`Reader.adopt`."""
        return self.drafts.create(self.reader.adopt(name))

    def create_draft(self, content: Mapping[str, Any]) -> Draft:
        """Keep a new draft; one that changes an entry begins from its present state unless it says otherwise."""
        return self.drafts.create(self._begun(DraftContent.from_dict(content)))

    def save_draft(self, draft_id: str, content: Mapping[str, Any], etag: str | None) -> Draft:
        """Save a draft; what it began from (an entry's state, a repository) stays known, even to who does not say it.

        Args:
            draft_id: which one.
            content: what it holds from now on; what is left out has its default.
            etag: the one it had when it was read; None to overwrite whatever is there.
        """
        saved = DraftContent.from_dict(content)
        former = self._former(draft_id)
        if saved.editing and saved.editing_etag is None and former.editing == saved.editing:
            saved = replace(saved, editing_etag=former.editing_etag)
        if saved.adopting is None:
            saved = replace(saved, adopting=former.adopting)
        return self.drafts.write(draft_id, self._begun(saved), etag)

    def _former(self, draft_id: str) -> DraftContent:
        """A draft's content; an empty one where the file is damaged, so that it can be saved over."""
        try:
            return self.drafts.read(draft_id).content
        except CatalogError as err:
            if err.code != "invalid_record":
                raise
            return DraftContent()

    def read_script(self, contents_path: str, member: str, name: str = "") -> tuple[Script, list[FieldError]]:
        """A script as it would be published, with its warnings.

        Args:
            contents_path: where it is.
            member: ``loader`` or ``batch_script``.
            name: nickname of the dataset, which the script may not be called like.
        """
        script = read_script(self.locations.resolve(contents_path, "path"), member, name)
        return script, check_batch(script) if member == "batch_script" else check_syntax(script)

    def validate(self, values: Mapping[str, Any]) -> Findings:
        """Every fault of a record's members."""
        return self.catalog.validate(values).findings

    def validate_draft(self, draft_id: str) -> Findings:
        """Every fault of a draft, those of its scripts and paths among them."""
        return examine(self.catalog, self.locations, self.drafts.read(draft_id).content).findings

    def preview_draft(self, draft_id: str, *, private: bool | None = None, create_pr: bool | None = None) -> Shown:
        """What publishing a draft would make; what is None is as the draft says."""
        content = self.drafts.read(draft_id).content
        submission = examine(self.catalog, self.locations, content).require()
        private = content.private if private is None else private
        create_pr = content.create_pr if create_pr is None else create_pr
        adopting = None if content.editing else content.adopting
        preview = self.catalog.preview(submission, private=private, create_pr=create_pr, adopting=adopting)
        preview = replace(preview, record=DatasetRecord.from_dict(json.loads(preview.files[RECORD_FILE])))
        if content.editing:
            preview = replace(preview, actions=self._actions_of_update(preview, create_pr=create_pr))
        return Shown(preview, submission)

    def write_notebook(self, draft_id: str, folder: str) -> str:
        """Write a draft's loader notebook alone (contents paths, both ways)."""
        shown = self.preview_draft(draft_id)
        file_name = Entry(shown.preview.record, self.catalog.site).notebook_name
        return self._write(folder, file_name, shown.preview.notebook.encode())

    def export(self, draft_id: str) -> Mapping[str, Any]:
        """A draft as the metadata document that the command line takes."""
        return {"schema_version": SCHEMA_VERSION, **sent_values(self.drafts.read(draft_id).content)}

    def publish(
        self, kind: JobKind, draft_id: str, *, private: bool | None = None, create_pr: bool | None = None
    ) -> Job:
        """Begin to publish a draft, or to update the entry it changes; what is None is as the draft says.

        Raises:
            CatalogError: ``invalid_record`` with every fault, ``conflict`` when the entry was changed since the
                draft was begun.
        """
        draft = self.drafts.read(draft_id)
        content = draft.content
        if (kind == "update") != bool(content.editing):
            fault = (
                f"This draft changes '{content.editing}': update it."
                if content.editing
                else "This draft is a new entry."
            )
            raise CatalogError("invalid_record", f"{fault} Nothing was begun.", [FieldError("/kind", "const", fault)])
        if content.editing:
            require_unchanged(self.catalog.store.read(content.editing), content.editing_etag)
        examined = examine(self.catalog, self.locations, content)
        record = examined.require().record
        self.catalog.store.check_writable()
        values = {key: value for key, value in sent_values(content).items() if key not in SCRIPTS}
        if content.editing:
            values |= dict.fromkeys(key for key in SCRIPTS if content.values.get(key, ...) is None)
        order = Order(
            kind=kind,
            name=record.name,
            **vars(self.choice),
            values=values,
            loader=examined.picked.get("loader"),
            batch_script=examined.picked.get("batch_script"),
            private=content.private if private is None else private,
            create_pr=content.create_pr if create_pr is None else create_pr,
            adopting=None if content.editing else content.adopting,
            etag=content.editing_etag,
            draft_id=draft.id,
            draft_etag=draft.etag,
            drafts_folder=str(self.drafts.folder),
        )
        return self.jobs.start(order)

    def begin(self, kind: JobKind, name: str, *, from_hub: bool = False) -> Job:
        """Begin to retire an entry, or to resume or undo an unfinished publication."""
        if kind == "retire":
            self.catalog.store.check_writable()
            if not self.catalog.store.exists(name):
                detail = f"There is no dataset '{name[:96]}' in the catalog: look at the list again."
                raise CatalogError("not_found", detail)
        elif not is_unfinished(self.catalog, name):
            detail = f"There is no unfinished publication of '{name}': it was finished or undone already."
            raise CatalogError("not_found", detail)
        return self.jobs.start(Order(kind=kind, name=name, **vars(self.choice), from_hub=from_hub))

    def end_job(self, job_id: str) -> Job:
        """Cancel a job that goes on, or forget one that has ended."""
        job = self.jobs.read(job_id)
        return self.jobs.forget(job_id) if job.has_ended else self.jobs.cancel(job_id)

    def _begun(self, content: DraftContent) -> DraftContent:
        """The content with the state of the entry that it begins from, where there is one."""
        if content.editing and content.editing_etag is None and self.catalog.store.exists(content.editing):
            return replace(content, editing_etag=self.catalog.store.etag(content.editing))
        return content

    def _actions_of_update(self, preview: Preview, *, create_pr: bool) -> tuple[str, ...]:
        repo = Entry(preview.record, self.catalog.site).repo_id
        names = ", ".join(preview.hub_files)
        how = f"Open a pull request on {repo} with" if create_pr else f"Change {repo} in one commit of"
        return (
            f"{how} {len(preview.hub_files)} files: {names}",
            "Keep what people wrote by hand on its card there",
            f"Replace the catalog folder {self.catalog.store.root / preview.record.name} in one step",
        )

    def _write(self, folder: str, file_name: str, content: bytes) -> str:
        path = write_beside(self.locations.folder(folder, "folder"), file_name, content)
        return self.locations.contents_path(path) or f"{folder.strip('/')}/{path.name}".lstrip("/")

    def _script(self, name: str, file_name: str | None) -> Script | None:
        text = self._text(name, file_name) if file_name else None
        return None if file_name is None or text is None else Script(file_name, text)

    def _text(self, name: str, file_name: str) -> str | None:
        data = self.catalog.store.read_file(name, file_name)
        return None if data is None else data.decode("utf-8", "replace")
