"""``publish``: bring a new dataset to the Hub and into the catalog, or a repository that is on the Hub already."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from huggingnersc_lab.catalog import Catalog, Publication
from huggingnersc_lab.catalog.choice import SiteChoice
from huggingnersc_lab.catalog.drafting import SCRIPTS
from huggingnersc_lab.catalog.plan import OnStep
from huggingnersc_lab.catalog.submission import Submission
from huggingnersc_lab.errors import CatalogError, FieldError
from huggingnersc_lab.jobs import JobContext, JobSpec
from huggingnersc_lab.record.model import PUBLICATION
from huggingnersc_lab.workspace.publication import DraftRequest, RecordArguments, RecordTask, arguments_of_draft

if TYPE_CHECKING:
    from huggingnersc_lab.catalog.workspace import Workspace


@dataclass(frozen=True, kw_only=True)
class PublishArguments(RecordArguments):
    """Arguments of ``publish``.

    Attributes:
        adopting: the repository that becomes the entry's; None for one that is to be made.
    """

    adopting: str | None = None


class Publish(RecordTask[PublishArguments, DraftRequest]):
    """Publish a draft, or what was handed in on the command line."""

    name = "publish"
    arguments = PublishArguments
    request = DraftRequest

    def prepare(self, workspace: Workspace, request: DraftRequest) -> JobSpec:
        """Check the draft and copy it."""
        draft = workspace.drafts.read(request.draft_id)
        if draft.content.editing:
            fault = f"This draft changes '{draft.content.editing}': update it."
            raise CatalogError("invalid_record", f"{fault} Nothing was begun.", [FieldError("/kind", "const", fault)])
        name, arguments = arguments_of_draft(workspace, draft, request)
        return self.spec(name, PublishArguments(**arguments, adopting=draft.content.adopting))

    def prepare_submission(
        self,
        choice: SiteChoice,
        submission: Submission,
        *,
        private: bool | None = None,
        create_pr: bool = False,
        adopting: str | None = None,
    ) -> JobSpec:
        """What was handed in on the command line, to be published at a site."""
        record = submission.record
        arguments = PublishArguments(
            **vars(choice),
            values={key: value for key, value in record.to_dict().items() if key not in {*PUBLICATION, *SCRIPTS}},
            loader=submission.loader,
            batch_script=submission.batch_script,
            private=private,
            create_pr=create_pr,
            adopting=adopting,
        )
        return self.spec(record.name, arguments)

    def publish(self, catalog: Catalog, context: JobContext[PublishArguments], on_step: OnStep) -> Publication:
        """Read what was handed in, and publish it."""
        given = context.arguments
        submission = catalog.read(
            given.values, loader=given.loader, batch_script=given.batch_script, name=context.dataset
        )
        return catalog.publish(
            submission,
            # An adopted repository may stay as it is, a new one is public unless it is said to be private.
            private=given.private if given.adopting else bool(given.private),
            create_pr=given.create_pr,
            adopting=given.adopting,
            keep_on_failure=True,
            on_step=on_step,
        )


TASK = Publish()
