"""``resume``: finish a publication that was stopped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from huggingnersc_lab.catalog import Catalog, Publication
from huggingnersc_lab.catalog.plan import OnStep
from huggingnersc_lab.jobs import JobContext, Jobs, JobSpec
from huggingnersc_lab.workspace.publication import DraftArguments, PublicationTask, require_unfinished

if TYPE_CHECKING:
    from huggingnersc_lab.catalog.workspace import Workspace


@dataclass(frozen=True, kw_only=True)
class ResumeArguments(DraftArguments):
    """Arguments of ``resume``.

    Attributes:
        take_over: whether somebody else's unfinished publication is meant as well.
    """

    take_over: bool = False


@dataclass(frozen=True, kw_only=True)
class ResumeRequest:
    """A wish to finish a publication.

    Attributes:
        name: nickname of the dataset.
        take_over: see :class:`ResumeArguments`.
    """

    name: str
    take_over: bool = False


class Resume(PublicationTask[ResumeArguments, ResumeRequest]):
    """Finish a publication. One that is cancelled leaves it as unfinished as it was."""

    name = "resume"
    arguments = ResumeArguments
    request = ResumeRequest

    def prepare(self, workspace: Workspace, request: ResumeRequest) -> JobSpec:
        """Check that there is something to finish, and find the draft it came from."""
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
        if job.dataset == name and job.kind in ("publish", "update") and job.kept:
            former = jobs.spec(job.id).arguments
            return {key: former.get(key) for key in ("draft_id", "draft_etag", "drafts_folder")}
    return {}


TASK = Resume()
