"""``update``: change an entry, in the catalog and on the Hub."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from huggingnersc_lab.catalog import Catalog, Change
from huggingnersc_lab.catalog.publish.update import require_unchanged
from huggingnersc_lab.jobs import JobSpec
from huggingnersc_lab.record.metadata.shorthands import enterable
from huggingnersc_lab.record.model import PUBLICATION
from huggingnersc_lab.workspace.change_job import (
    ChangeArguments,
    DraftRequest,
    RecordTask,
    kind_of_draft,
    prepare_draft,
    refuse_draft,
)
from huggingnersc_lab.workspace.picked_scripts import SCRIPTS

if TYPE_CHECKING:
    from huggingnersc_lab.workspace.workspace import Workspace


@dataclass(frozen=True, kw_only=True)
class UpdateArguments(ChangeArguments):
    """Arguments of ``update``.

    Attributes:
        replaces_all: whether the change lists all fields of the record, so that missing fields are removed, and scripts
        that are None. Only for jobs of version 0.1.0.
    """

    replaces_all: bool = False


@dataclass(frozen=True, kw_only=True)
class UpdateRequest(DraftRequest):
    """A request to update an entry from a draft.

    Attributes:
        confirmed: full name of the repository that the user has confirmed, although it does not name the entry.
        on_conflict: what to do with parts of the card that were also changed on the Hub; see :class:`Change`.
    """

    confirmed: str | None = None
    on_conflict: Literal["ask", "keep", "replace"] = "ask"


class Update(RecordTask[UpdateArguments, UpdateRequest]):
    """Update an entry from a draft, or from the command line."""

    name = "update"
    arguments = UpdateArguments
    request = UpdateRequest
    changes = ("update",)

    def prepare(self, workspace: Workspace, request: UpdateRequest) -> JobSpec:
        """Check the draft and copy it; raises ``conflict`` if the entry has changed since the draft was created."""
        content = workspace.drafts.read(request.draft_id).content
        if kind_of_draft(content) != "update":
            raise refuse_draft("This draft creates a new entry.")
        require_unchanged(workspace.catalog.store.read(str(content.editing)), content.editing_etag)
        return prepare_draft(workspace, request, confirmed=request.confirmed, on_conflict=request.on_conflict)

    def change(self, catalog: Catalog, arguments: UpdateArguments) -> Change:
        """The change to carry out."""
        return _only_changes(catalog, arguments.change) if arguments.replaces_all else arguments.change


def _only_changes(catalog: Catalog, change: Change) -> Change:
    """Reduce a change that lists all fields to those that differ, with None for removed ones."""
    former = catalog.store.read(change.name).record.to_dict()
    replaced = {member for member in SCRIPTS if getattr(change, member) is not None}
    kept = {member: value for member, value in change.values.items() if member not in {*PUBLICATION, *replaced}}
    # Fields that nobody enters, or that this version does not know, are not removed by omission.
    gone = (former.keys() & enterable()) - {*change.values, *PUBLICATION, *SCRIPTS, "schema_version"}
    return replace(change, values={**dict.fromkeys(gone), **kept})


TASK = Update()
