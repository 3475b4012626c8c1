"""``resume``: finish an interrupted publication."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from huggingnersc_lab.catalog import Catalog, Publication
from huggingnersc_lab.catalog.publish.publisher import OnStep
from huggingnersc_lab.jobs import JobContext, Jobs, JobSpec
from huggingnersc_lab.workspace.first_form import without_change
from huggingnersc_lab.workspace.publication import (
    DraftArguments,
    PublicationTask,
    UnfinishedRequest,
    require_unfinished,
)

if TYPE_CHECKING:
    from huggingnersc_lab.workspace.workspace import Workspace


@dataclass(frozen=True, kw_only=True)
class ResumeArguments(DraftArguments):
    """Arguments of ``resume``.

    Attributes:
        take_over: see :class:`UnfinishedRequest`.
    """

    take_over: str | None = None


class Resume(PublicationTask[ResumeArguments, UnfinishedRequest]):
    """Finish a publication. If cancelled, it stays unfinished."""

    name = "resume"
    arguments = ResumeArguments
    request = UnfinishedRequest

    def read_arguments(self, spec: JobSpec) -> ResumeArguments:
        """The arguments, including those of version 0.1.0."""
        return super().read_arguments(without_change(spec))

    def prepare(self, workspace: Workspace, request: UnfinishedRequest) -> JobSpec:
        """Check that there is something to finish, and find its draft."""
        require_unfinished(workspace, request.name)
        draft = _draft_of(workspace.jobs, request.name)
        arguments = ResumeArguments(**vars(workspace.choice), **draft, take_over=request.take_over)
        return self.spec(request.name, arguments)

    def publish(self, catalog: Catalog, context: JobContext[ResumeArguments], on_step: OnStep) -> Publication:
        """Finish it."""
        return catalog.resume(context.dataset, take_over=context.arguments.take_over, on_step=on_step)


def _draft_of(jobs: Jobs, name: str) -> dict[str, Any]:
    """The draft of the newest job that left this publication unfinished."""
    for job in jobs.list():
        if job.dataset == name and job.kind in ("publish", "adopt", "update") and job.kept:
            former = jobs.spec(job.id).arguments
            return {key: former.get(key) for key in ("draft_id", "draft_etag", "drafts_folder")}
    return {}


TASK = Resume()
