"""The contributor's half of a workspace: drafts, and what they would publish."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from huggingnersc_lab.catalog import Catalog, Planned
from huggingnersc_lab.catalog.publish.adopt import Repository
from huggingnersc_lab.catalog.publish.submission import Submission, script_warnings
from huggingnersc_lab.errors import CatalogError, FieldError
from huggingnersc_lab.record.model import SCHEMA_VERSION
from huggingnersc_lab.record.scripts import Script
from huggingnersc_lab.record.validation import Findings
from huggingnersc_lab.render.entry import Entry
from huggingnersc_lab.workspace.draft_checks import (
    as_requested,
    content_of,
    content_of_found,
    examine,
    sent_values,
)
from huggingnersc_lab.workspace.drafts import Draft, DraftContent, Drafts
from huggingnersc_lab.workspace.locations import Locations
from huggingnersc_lab.workspace.notebooks import write_into
from huggingnersc_lab.workspace.picked_scripts import left_behind_of, picked_script
from huggingnersc_lab.workspace.site_choice import SiteChoice


@dataclass(frozen=True)
class Shown:
    """What publishing a draft would make.

    Attributes:
        planned: files, actions, and what changes.
        submission: what would be published.
    """

    planned: Planned
    submission: Submission

    @property
    def batch_script(self) -> Script | None:
        """The batch script: the one that was handed in, else the plain one that a distributed loader gets."""
        file_name = self.planned.record.batch_script
        return Script(file_name, self.planned.files[file_name].decode()) if file_name else None


@dataclass(frozen=True)
class Contributor:
    """What a person does with drafts at a server. Every method raises :class:`CatalogError`.

    Attributes:
        choice: the server's settings.
        catalog: the catalog.
        locations: where the browser's paths may lead.
        drafts: the person's drafts.
    """

    choice: SiteChoice
    catalog: Catalog
    locations: Locations
    drafts: Drafts

    def edit(self, name: str) -> Draft:
        """Begin a draft that changes an entry."""
        return self.drafts.create(content_of(self.catalog, name))

    def adopt(self, found: Repository) -> Draft:
        """Begin a draft that brings a repository into the catalog; see :func:`content_of_found`."""
        return self.drafts.create(content_of_found(self.catalog, found))

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
        if not saved.repository_scripts and saved.adopting == former.adopting:
            saved = replace(saved, repository_scripts=former.repository_scripts)
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
        script = picked_script(self.locations, contents_path, "path", member, name)
        left_behind = left_behind_of(self.locations, contents_path, member, script)
        return script, script_warnings({member: script}) + left_behind

    def validate(self, values: Mapping[str, Any]) -> Findings:
        """Every fault of a record's members."""
        return self.catalog.validate(values).findings

    def validate_draft(self, draft_id: str) -> Findings:
        """Every fault of a draft, those of its scripts and paths among them."""
        return examine(self.catalog, self.locations, self.drafts.read(draft_id).content).findings

    def preview_draft(self, draft_id: str, *, private: bool | None = None, create_pr: bool | None = None) -> Shown:
        """What publishing a draft would make; what is None is as the draft says.

        Where the Hub cannot be asked, a change is shown without what people wrote on the card there, and says so.
        """
        examined = examine(self.catalog, self.locations, self.drafts.read(draft_id).content)
        submission = examined.require()
        change = as_requested(examined.change, private=private, create_pr=create_pr)
        try:
            planned = self.catalog.plan(change, submission)
        except CatalogError as err:
            if change.kind != "update" or err.code != "upstream":
                raise
            planned = self.catalog.plan(change, submission, can_ask_hub=False)
            note = f"{err.detail} What people wrote on the card there is kept, but cannot be shown now."
            planned = replace(planned, notes=(note,))
        return Shown(planned, submission)

    def write_notebook(self, draft_id: str, folder: str) -> str:
        """Write a draft's loader notebook alone (contents paths, both ways)."""
        shown = self.preview_draft(draft_id)
        file_name = Entry(shown.planned.record, self.catalog.site).notebook_name
        return write_into(self.locations, folder, file_name, shown.planned.notebook.encode())

    def export(self, draft_id: str) -> Mapping[str, Any]:
        """A draft as the metadata document that the command line takes."""
        return {"schema_version": SCHEMA_VERSION, **sent_values(self.drafts.read(draft_id).content)}

    def _begun(self, content: DraftContent) -> DraftContent:
        """The content with the state of the entry that it begins from, where there is one."""
        if content.editing and content.editing_etag is None and self.catalog.store.exists(content.editing):
            return replace(content, editing_etag=self.catalog.store.etag(content.editing))
        return content
