"""``adopt``: add an existing repository on the Hub to the catalog."""

from __future__ import annotations

from typing import TYPE_CHECKING

from huggingnersc_lab.jobs import JobSpec
from huggingnersc_lab.workspace.change_job import (
    ChangeArguments,
    DraftRequest,
    RecordTask,
    kind_of_draft,
    prepare_draft,
    refuse_draft,
)

if TYPE_CHECKING:
    from huggingnersc_lab.workspace.workspace import Workspace


class Adopt(RecordTask[ChangeArguments, DraftRequest]):
    """Adopt a repository with a draft, or from the command line. People's text on its card is kept."""

    name = "adopt"
    arguments = ChangeArguments
    request = DraftRequest
    changes = ("adopt",)

    def prepare(self, workspace: Workspace, request: DraftRequest) -> JobSpec:
        """Check the draft and copy it."""
        if kind_of_draft(workspace.drafts.read(request.draft_id).content) != "adopt":
            raise refuse_draft("This draft does not adopt a repository on the Hub.")
        return prepare_draft(workspace, request)


TASK = Adopt()
