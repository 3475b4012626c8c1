"""What the kinds that publish have in common: their steps, their result, and what they leave when they stop."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from huggingnersc_lab.catalog import Catalog, Publication
from huggingnersc_lab.catalog.drafting import SCRIPTS, examine, sent_values
from huggingnersc_lab.catalog.plan import OnStep, Step
from huggingnersc_lab.catalog.unfinished import is_unfinished
from huggingnersc_lab.drafts import Drafts
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.jobs import IsUnfinished, JobContext
from huggingnersc_lab.jobs.folder import JobFolder
from huggingnersc_lab.record.scripts import Script
from huggingnersc_lab.store.owner import Owner
from huggingnersc_lab.workspace.task import SiteArguments, Task

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    from huggingnersc_lab.catalog.workspace import Workspace
    from huggingnersc_lab.drafts import Draft

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
class RecordArguments(DraftArguments):
    """Arguments of a job that brings a record to the Hub and into the catalog.

    Attributes:
        values: members of the record.
        loader: the loader script; in an update None leaves the one there is.
        batch_script: the batch script, likewise.
        private: whether only members of the organization see the repository; None for public, or, in an update and of
            an adopted repository, as it is.
        create_pr: whether to propose it as a pull request.
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    loader: Script | None = None
    batch_script: Script | None = None
    private: bool | None = None
    create_pr: bool = False


@dataclass(frozen=True, kw_only=True)
class DraftRequest:
    """A wish to publish a draft.

    Attributes:
        draft_id: the draft.
        private: whether only members of the organization see it; as the draft says when None.
        create_pr: whether to propose it as a pull request; likewise.
    """

    draft_id: str
    private: bool | None = None
    create_pr: bool | None = None


S = TypeVar("S", bound=SiteArguments)
P = TypeVar("P", bound=DraftArguments)
W = TypeVar("W", bound="DataclassInstance")
Rec = TypeVar("Rec", bound=RecordArguments)


class UnfinishedTask(Task[S, W]):
    """A kind that may leave an unfinished publication, to be resumed or undone."""

    def keeps(self, context: JobContext[S]) -> bool:
        """Whether there is an unfinished publication."""
        return is_unfinished(context.arguments.catalog(), context.dataset)

    def leftovers(self, folder: JobFolder, is_unfinished: IsUnfinished) -> bool:
        """Whether there is an unfinished publication."""
        return is_unfinished(folder.spec.dataset)

    def advice(self, dataset: str) -> str:
        """What to do with it."""
        return f"What it prepared is kept: resume '{dataset}' to go on with it, or undo it."


class PublicationTask(UnfinishedTask[P, W]):
    """A kind that publishes. One that fails is kept."""

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


class RecordTask(PublicationTask[Rec, W]):
    """A kind that begins a publication; one that is cancelled is taken back."""

    takes_back: ClassVar[bool] = True

    def take_back(self, context: JobContext[Rec]) -> None:
        """Undo what this process began, nothing else."""
        catalog = context.arguments.catalog()
        if _is_ours(catalog, context.dataset):
            catalog.undo(context.dataset, on_step=steps_of(context))

    def keeps(self, context: JobContext[Rec]) -> bool:
        """Whether this process left an unfinished publication; somebody else may be at one of the same name."""
        return _is_ours(context.arguments.catalog(), context.dataset)


def steps_of(context: JobContext[Any]) -> OnStep:
    """Tells a job of the steps of a publication."""

    def on_step(step: Step) -> None:
        if (step.name, step.phase) in _NO_RETURN:
            context.ignore_cancel()
        context.step(step.name, step.phase, step.detail)

    return on_step


def arguments_of_draft(workspace: Workspace, draft: Draft, request: DraftRequest) -> tuple[str, dict[str, Any]]:
    """Nickname and :class:`RecordArguments` that a draft comes to now.

    Raises:
        CatalogError: ``invalid_record`` with every fault.
    """
    content = draft.content
    examined = examine(workspace.catalog, workspace.locations, content)
    record = examined.require().record
    workspace.catalog.store.check_writable()
    values = {key: value for key, value in sent_values(content).items() if key not in SCRIPTS}
    if content.editing:
        values |= dict.fromkeys(key for key in SCRIPTS if content.values.get(key, ...) is None)
    return record.name, {
        **vars(workspace.choice),
        "values": values,
        "loader": examined.picked.get("loader"),
        "batch_script": examined.picked.get("batch_script"),
        "private": content.private if request.private is None else request.private,
        "create_pr": content.create_pr if request.create_pr is None else request.create_pr,
        "draft_id": draft.id,
        "draft_etag": draft.etag,
        "drafts_folder": str(workspace.drafts.folder),
    }


def require_unfinished(workspace: Workspace, name: str) -> None:
    """Raise ``not_found`` unless there is an unfinished publication of that nickname."""
    if not is_unfinished(workspace.catalog, name):
        detail = f"There is no unfinished publication of '{name}': it was finished or undone already."
        raise CatalogError("not_found", detail)


def result_of(publication: Publication) -> Mapping[str, Any]:
    """What a publication made, as JSON."""
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


def _is_ours(catalog: Catalog, name: str) -> bool:
    """Whether this process works on the unfinished publication of that nickname."""
    try:
        staging = catalog.store.staging(name)
    except CatalogError:
        return False
    return staging is not None and staging.owner() == Owner.this()
