"""``update``: change an entry, here and on the Hub."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from huggingnersc_lab.catalog import Catalog, Publication
from huggingnersc_lab.catalog.drafting import SCRIPTS
from huggingnersc_lab.catalog.plan import OnStep
from huggingnersc_lab.catalog.updating import require_unchanged
from huggingnersc_lab.errors import CatalogError, FieldError
from huggingnersc_lab.jobs import JobContext, JobSpec
from huggingnersc_lab.record.model import PUBLICATION
from huggingnersc_lab.workspace.publication import DraftRequest, RecordArguments, RecordTask, arguments_of_draft

if TYPE_CHECKING:
    from huggingnersc_lab.catalog.workspace import Workspace


@dataclass(frozen=True, kw_only=True)
class UpdateArguments(RecordArguments):
    """Arguments of ``update``.

    Attributes:
        is_partial: whether members of the record that are absent stay; else they are taken away, scripts only when
            they are None.
        etag: the entry's etag that the change was made from, to be told of a change in between.
        confirmed: full name of the repository that a person says is meant, although it does not name the entry.
    """

    is_partial: bool = False
    etag: str | None = None
    confirmed: str | None = None


@dataclass(frozen=True, kw_only=True)
class UpdateRequest(DraftRequest):
    """A wish to update an entry from a draft.

    Attributes:
        confirmed: see :class:`UpdateArguments`.
    """

    confirmed: str | None = None


class Update(RecordTask[UpdateArguments, UpdateRequest]):
    """Update an entry from a draft, or from the command line."""

    name = "update"
    arguments = UpdateArguments
    request = UpdateRequest

    def prepare(self, workspace: Workspace, request: UpdateRequest) -> JobSpec:
        """Check the draft and copy it; raises ``conflict`` when the entry was changed since the draft was begun."""
        draft = workspace.drafts.read(request.draft_id)
        content = draft.content
        if not content.editing:
            fault = "This draft is a new entry."
            raise CatalogError("invalid_record", f"{fault} Nothing was begun.", [FieldError("/kind", "const", fault)])
        require_unchanged(workspace.catalog.store.read(content.editing), content.editing_etag)
        name, arguments = arguments_of_draft(workspace, draft, request)
        return self.spec(name, UpdateArguments(**arguments, etag=content.editing_etag, confirmed=request.confirmed))

    def publish(self, catalog: Catalog, context: JobContext[UpdateArguments], on_step: OnStep) -> Publication:
        """Change the entry."""
        given = context.arguments
        return catalog.update(
            context.dataset,
            _changes(catalog.store.read(context.dataset).record.to_dict(), given),
            loader=given.loader,
            batch_script=given.batch_script,
            private=given.private,
            create_pr=given.create_pr,
            etag=given.etag,
            confirmed=given.confirmed,
            keep_on_failure=True,
            on_step=on_step,
        )


def _changes(former: Mapping[str, Any], given: UpdateArguments) -> dict[str, Any]:
    """What changes in the former record; None for what is taken away."""
    if given.is_partial:
        return dict(given.values)
    absent = former.keys() - {*given.values, *PUBLICATION, *SCRIPTS, "schema_version"}
    replaced = {member for member in SCRIPTS if getattr(given, member) is not None}
    changes: dict[str, Any] = dict.fromkeys(absent)
    return changes | {
        member: value for member, value in given.values.items() if member not in {*PUBLICATION, *replaced}
    }


TASK = Update()
