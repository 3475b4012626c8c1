"""``publish``: publish a new dataset to the Hub and the catalog."""

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


class Publish(RecordTask[ChangeArguments, DraftRequest]):
    """Publish a draft, or a submission from the command line."""

    name = "publish"
    arguments = ChangeArguments
    request = DraftRequest
    changes = ("publish", "adopt")  # version 0.1.0 used this name for both

    def prepare(self, workspace: Workspace, request: DraftRequest) -> JobSpec:
        """Check the draft and copy it; a draft based on an existing repository is adopted."""
        content = workspace.drafts.read(request.draft_id).content
        if kind_of_draft(content) == "update":
            raise refuse_draft(f"This draft changes '{content.editing}': use 'update'.")
        return prepare_draft(workspace, request)


TASK = Publish()
