"""The contributor's part of a workspace: drafts and their previews."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from huggingnersc_lab.catalog import Catalog, Planned
from huggingnersc_lab.catalog.publish.adopt import Repository
from huggingnersc_lab.catalog.publish.submission import Submission, script_warnings
from huggingnersc_lab.errors import CatalogError, FieldError
from huggingnersc_lab.inspection.prefill.suggest import Suggestions, suggest
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
    """What publishing a draft would create.

    Attributes:
        planned: files, steps and changes.
        submission: the submission to publish.
    """

    planned: Planned
    submission: Submission

    @property
    def batch_script(self) -> Script | None:
        """The batch script: the given one, or the one generated for a distributed loader."""
        file_name = self.planned.record.batch_script
        return Script(file_name, self.planned.files[file_name].decode()) if file_name else None


@dataclass(frozen=True)
class FolderSuggestions:
    """What the files of a folder suggest for a draft.

    Attributes:
        data_path: absolute path of the folder.
        contents_path: its contents path; None if it is outside the server's root: then no loader is suggested, since
        a draft names its loader by a contents path.
        suggestions: what its files suggest.
    """

    data_path: str
    contents_path: str | None
    suggestions: Suggestions

    def path_of(self, file_name: str) -> str:
        """Contents path of a file in the folder."""
        return f"{self.contents_path}/{file_name}".lstrip("/")


@dataclass(frozen=True)
class Contributor:
    """The user's operations on drafts. Every method raises :class:`CatalogError`.

    Attributes:
        choice: the server's settings.
        catalog: the catalog.
        locations: which of the browser's paths are allowed.
        drafts: the user's drafts.
    """

    choice: SiteChoice
    catalog: Catalog
    locations: Locations
    drafts: Drafts

    def edit(self, name: str) -> Draft:
        """Create a draft that changes an entry."""
        return self.drafts.create(content_of(self.catalog, name))

    def adopt(self, found: Repository) -> Draft:
        """Create a draft that adds a repository to the catalog; see :func:`content_of_found`."""
        return self.drafts.create(content_of_found(self.catalog, found))

    def create_draft(self, content: Mapping[str, Any]) -> Draft:
        """Create a draft; one that changes an entry is based on its current state unless it says otherwise."""
        return self.drafts.create(self._begun(DraftContent.from_dict(content)))

    def save_draft(self, draft_id: str, content: Mapping[str, Any], etag: str | None) -> Draft:
        """Save a draft; what it is based on (an entry's state, a repository) is kept even if omitted.

        Args:
            draft_id: which one.
            content: its new content; omitted fields have their default.
            etag: its etag when it was read; None to overwrite any version.
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
        """A draft's content; empty if the file is damaged, so that it can be overwritten."""
        try:
            return self.drafts.read(draft_id).content
        except CatalogError as err:
            if err.code != "invalid_record":
                raise
            return DraftContent()

    def read_script(self, contents_path: str, member: str, name: str = "") -> tuple[Script, list[FieldError]]:
        """A script as it would be published, with its warnings.

        Args:
            contents_path: its path.
            member: ``loader`` or ``batch_script``.
            name: nickname of the dataset, which the script must not be named after.
        """
        script = picked_script(self.locations, contents_path, "path", member, name)
        left_behind = left_behind_of(self.locations, contents_path, member, script)
        return script, script_warnings({member: script}) + left_behind

    def suggest(self, data_path: str) -> FolderSuggestions:
        """What the files of a folder suggest, if it is one of those to catalog from.

        Args:
            data_path: the folder, absolute or below ``~``.
        """
        path, real = self.locations.typed(data_path)
        contents_path = self.locations.contents_path(path)
        found = suggest(real)
        if contents_path is None:
            found = replace(found, fields={member: its for member, its in found.fields.items() if member != "loader"})
        return FolderSuggestions(str(path), contents_path, found)

    def validate(self, values: Mapping[str, Any]) -> Findings:
        """All errors of record fields."""
        return self.catalog.validate(values).findings

    def validate_draft(self, draft_id: str) -> Findings:
        """All errors of a draft, including its scripts and paths."""
        return examine(self.catalog, self.locations, self.drafts.read(draft_id).content).findings

    def preview_draft(self, draft_id: str, *, private: bool | None = None, create_pr: bool | None = None) -> Shown:
        """What publishing a draft would create; None means as in the draft.

        If the Hub is unavailable, a change is previewed without people's edits of the card, and says so.
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
            note = f"{err.detail} People's edits of the card there are kept, but cannot be shown now."
            planned = replace(planned, notes=(note,))
        return Shown(planned, submission)

    def write_notebook(self, draft_id: str, folder: str) -> str:
        """Write only a draft's loader notebook (arguments and result are contents paths)."""
        shown = self.preview_draft(draft_id)
        file_name = Entry(shown.planned.record, self.catalog.site).notebook_name
        return write_into(self.locations, folder, file_name, shown.planned.notebook.encode())

    def export(self, draft_id: str) -> Mapping[str, Any]:
        """A draft as a metadata document for the command line."""
        return {"schema_version": SCHEMA_VERSION, **sent_values(self.drafts.read(draft_id).content)}

    def _begun(self, content: DraftContent) -> DraftContent:
        """The content with the current state of the entry it is based on, if there is one."""
        if content.editing and content.editing_etag is None and self.catalog.store.exists(content.editing):
            return replace(content, editing_etag=self.catalog.store.etag(content.editing))
        return content
