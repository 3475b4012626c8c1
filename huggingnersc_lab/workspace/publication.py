"""Common code of job kinds that publish: their steps, their result, and what they leave when they stop."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from huggingnersc_lab.catalog import Catalog, Publication
from huggingnersc_lab.catalog.publish.publisher import OnStep, Step
from huggingnersc_lab.catalog.publish.unfinished import is_unfinished
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hints import Hint
from huggingnersc_lab.jobs import IsUnfinished, JobContext
from huggingnersc_lab.jobs.folder import JobFolder
from huggingnersc_lab.workspace.drafts import Drafts
from huggingnersc_lab.workspace.task import SiteArguments, Task

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    from huggingnersc_lab.workspace.workspace import Workspace

STEPS = ("stage", "repository", "commit", "catalog", "close")
"""Steps of a publication, in order."""

_NO_RETURN = (("catalog", "done"), ("undo", "done"))
"""After these steps a cancel is ignored: the work is effectively done."""


@dataclass(frozen=True, kw_only=True)
class DraftArguments(SiteArguments):
    """Arguments of a job that may come from a draft, which is deleted on success unless it was edited since.

    Attributes:
        draft_id: the draft.
        draft_etag: that draft's etag.
        drafts_folder: where it is kept.
    """

    draft_id: str | None = None
    draft_etag: str | None = None
    drafts_folder: str | None = None

    def delete_draft(self) -> None:
        """Delete the draft, unless it was edited since."""
        if self.draft_id and self.drafts_folder:
            with suppress(CatalogError):  # edited since, or gone
                Drafts(Path(self.drafts_folder)).delete(self.draft_id, self.draft_etag)


@dataclass(frozen=True, kw_only=True)
class PublicationResult:
    """The result of a publication; see :class:`huggingnersc_lab.catalog.Publication`."""

    name: str | None = None
    repo_url: str | None = None
    commit_url: str | None = None
    pull_request_url: str | None = None
    folder: str | None = None
    notebook: str | None = None
    notes: tuple[str, ...] | None = None


@dataclass(frozen=True, kw_only=True)
class UnfinishedRequest:
    """A request to finish or undo a publication.

    Attributes:
        name: nickname of the dataset.
        take_over: the etag of somebody else's publication that the user has seen and agreed to finish or undo.
    """

    name: str
    take_over: str | None = None


S = TypeVar("S", bound=SiteArguments)
P = TypeVar("P", bound=DraftArguments)
W = TypeVar("W", bound="DataclassInstance")


class UnfinishedTask(Task[S, W]):
    """A kind that may leave an unfinished publication, to be resumed or undone."""

    def keeps(self, context: JobContext[S]) -> bool:
        """Whether there is an unfinished publication."""
        return is_unfinished(context.arguments.catalog().store, context.dataset)

    def leftovers(self, folder: JobFolder, is_unfinished: IsUnfinished) -> bool:
        """Whether there is an unfinished publication."""
        return is_unfinished(folder.spec.dataset)

    def advice(self, dataset: str) -> str:
        """What is left, for people."""
        return f"The prepared files of '{dataset}' were kept."

    def hints(self, dataset: str) -> tuple[Hint, ...]:
        """What to do with it."""
        return (Hint("resume_or_undo", dataset),)


class PublicationTask(UnfinishedTask[P, W]):
    """A kind that publishes. If it fails, its work is kept."""

    result = PublicationResult
    steps: ClassVar[tuple[str, ...]] = STEPS
    shown: ClassVar[tuple[str, ...]] = ("draft_id",)

    @abstractmethod
    def publish(self, catalog: Catalog, context: JobContext[P], on_step: OnStep) -> Publication:
        """Do it."""

    def run(self, context: JobContext[P]) -> Mapping[str, Any]:
        """Publish, and delete the draft."""
        publication = self.publish(context.arguments.catalog(), context, steps_of(context))
        context.arguments.delete_draft()
        return result_of(publication)


def steps_of(context: JobContext[Any]) -> OnStep:
    """Reports the steps of a publication to a job."""

    def on_step(step: Step) -> None:
        if (step.name, step.phase) in _NO_RETURN:
            context.ignore_cancel()
        context.step(step.name, step.phase, step.detail)

    return on_step


def require_unfinished(workspace: Workspace, name: str) -> None:
    """Raise ``not_found`` unless there is an unfinished publication with that nickname."""
    if not is_unfinished(workspace.catalog.store, name):
        detail = f"There is no unfinished publication of '{name[:96]}': it has already been finished or undone."
        raise CatalogError("not_found", detail)


def result_of(publication: Publication) -> Mapping[str, Any]:
    """The result of a publication, as JSON."""
    found = {
        "name": publication.record.name,
        "repo_url": publication.repo_url,
        "commit_url": publication.commit.url,
        "pull_request_url": publication.commit.pull_request_url,
        "folder": str(publication.folder),
        "notebook": str(publication.notebook),
        "notes": list(publication.notes),
    }
    return {key: value for key, value in found.items() if value}
