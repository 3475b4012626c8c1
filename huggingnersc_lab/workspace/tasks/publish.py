"""``publish``: bring a new dataset to the Hub and into the catalog."""

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
    """Publish a draft, or what was handed in on the command line."""

    name = "publish"
    arguments = ChangeArguments
    request = DraftRequest
    changes = ("publish", "adopt")  # version 0.1.0 called both so

    def prepare(self, workspace: Workspace, request: DraftRequest) -> JobSpec:
        """Check the draft and copy it; one of a repository that is on the Hub already is adopted."""
        content = workspace.drafts.read(request.draft_id).content
        if kind_of_draft(content) == "update":
            raise refuse_draft(f"This draft changes '{content.editing}': update it.")
        return prepare_draft(workspace, request)


TASK = Publish()
