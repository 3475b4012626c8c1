"""Common code of job kinds that carry out a :class:`Change`, which their arguments contain as a whole."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeVar

from huggingnersc_lab.catalog import Catalog, Change, Publication
from huggingnersc_lab.catalog.publish.change import ChangeKind, OnConflict
from huggingnersc_lab.catalog.publish.publisher import OnStep
from huggingnersc_lab.catalog.publish.submission import Submission
from huggingnersc_lab.errors import CatalogError, FieldError
from huggingnersc_lab.hub.deadline import budget
from huggingnersc_lab.jobs import JobContext, JobSpec
from huggingnersc_lab.jobs.arguments import write_arguments
from huggingnersc_lab.record.model import PUBLICATION
from huggingnersc_lab.store.owner import Owner
from huggingnersc_lab.workspace.draft_checks import as_requested, examine
from huggingnersc_lab.workspace.first_form import with_change
from huggingnersc_lab.workspace.picked_scripts import MEMBERS
from huggingnersc_lab.workspace.publication import DraftArguments, PublicationTask, steps_of
from huggingnersc_lab.workspace.site_choice import SiteChoice
from huggingnersc_lab.workspace.task import Task

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    from huggingnersc_lab.workspace.drafts import DraftContent
    from huggingnersc_lab.workspace.workspace import Workspace


@dataclass(frozen=True, kw_only=True)
class ChangeArguments(DraftArguments):
    """Arguments of a job that carries out a change.

    Attributes:
        change: the change.
    """

    change: Change


@dataclass(frozen=True, kw_only=True)
class DraftRequest:
    """A request to publish a draft.

    Attributes:
        draft_id: the draft.
        private: whether only members of the organization can see it; as in the draft if None.
        create_pr: whether to propose it as a pull request; likewise.
    """

    draft_id: str
    private: bool | None = None
    create_pr: bool | None = None


C = TypeVar("C", bound=ChangeArguments)
W = TypeVar("W", bound="DataclassInstance")


class ChangeTask(Task[C, W]):
    """A kind that carries out a change.

    Attributes:
        changes: the kinds of changes it carries out.
    """

    changes: ClassVar[tuple[ChangeKind, ...]]

    def read_arguments(self, spec: JobSpec) -> C:
        """The arguments, whose change must match this dataset and kind."""
        given = super().read_arguments(with_change(spec))
        if given.change.name != spec.dataset or given.change.kind not in self.changes:
            fault = f"'change' should {' or '.join(self.changes)} '{spec.dataset}'."
            where = [FieldError("/change", "const", fault)]
            raise CatalogError("invalid_record", f"{fault} Nothing was started.", where)
        return given


class RecordTask(PublicationTask[C, W], ChangeTask[C, W]):
    """A kind that starts a publication; cancelling undoes it."""

    undoes_on_cancel: ClassVar[bool] = True

    def change(self, catalog: Catalog, arguments: C) -> Change:
        """The change to carry out."""
        del catalog
        return arguments.change

    def publish(self, catalog: Catalog, context: JobContext[C], on_step: OnStep) -> Publication:
        """Plan the change, as its preview did, and carry it out."""
        catalog.store.check_writable()
        catalog.hub.require_token()
        with budget():
            planned = catalog.plan(self.change(catalog, context.arguments))
            return catalog.carry_out(planned, keep_on_failure=True, on_step=on_step)

    def take_back(self, context: JobContext[C]) -> None:
        """Undo only what this process has done."""
        catalog = context.arguments.catalog()
        if _is_ours(catalog, context.dataset):
            catalog.undo(context.dataset, on_step=steps_of(context))

    def keeps(self, context: JobContext[C]) -> bool:
        """Whether this process left an unfinished publication; not one of the same name by somebody else."""
        return _is_ours(context.arguments.catalog(), context.dataset)


def spec_of(choice: SiteChoice, change: Change, **draft: Any) -> JobSpec:
    """The job that carries out a change.

    Args:
        choice: the site.
        change: the change.
        **draft: its draft, as in :class:`DraftArguments`.
    """
    return JobSpec(change.kind, change.name, write_arguments(ChangeArguments(**vars(choice), change=change, **draft)))


def kind_of_draft(content: DraftContent) -> Literal["publish", "adopt", "update"]:
    """The kind of change that publishing a draft means."""
    return "update" if content.editing else "adopt" if content.adopting else "publish"


def prepare_draft(
    workspace: Workspace,
    request: DraftRequest,
    *,
    confirmed: str | None = None,
    on_conflict: OnConflict = "ask",
) -> JobSpec:
    """The job that publishes a draft in its current state.

    Args:
        workspace: the workspace.
        request: the request.
        confirmed: see :class:`Change`.
        on_conflict: likewise.

    Raises:
        CatalogError: ``invalid_record`` with all errors.
    """
    draft = workspace.drafts.read(request.draft_id)
    examined = examine(workspace.catalog, workspace.locations, draft.content)
    submission = examined.require()
    workspace.catalog.store.check_writable()
    change = as_requested(examined.change, private=request.private, create_pr=request.create_pr)
    return spec_of(
        workspace.choice,
        replace(change, name=submission.record.name, confirmed=confirmed, on_conflict=on_conflict),
        draft_id=draft.id,
        draft_etag=draft.etag,
        drafts_folder=str(workspace.drafts.folder),
    )


def refuse_draft(fault: str) -> CatalogError:
    """The error for a draft that needs another kind of job."""
    return CatalogError("invalid_record", f"{fault} Nothing was started.", [FieldError("/kind", "const", fault)])


def change_of(
    submission: Submission,
    *,
    private: bool | None = None,
    create_pr: bool = False,
    adopting: str | None = None,
    loader_in_repository: str | None = None,
) -> Change:
    """The change that creates an entry from a submission on the command line."""
    record = submission.record
    return Change(
        "adopt" if adopting else "publish",
        record.name,
        {key: value for key, value in record.to_dict().items() if key not in {*PUBLICATION, *MEMBERS}},
        submission.loader,
        submission.batch_script,
        {script.file_name: script.text for script in submission.companions},
        private=private,
        create_pr=create_pr,
        repo_id=adopting,
        loader_in_repository=loader_in_repository,
    )


def _is_ours(catalog: Catalog, name: str) -> bool:
    """Whether this process owns the unfinished publication of that nickname."""
    try:
        staging = catalog.store.staging(name)
    except CatalogError:
        return False
    return staging is not None and staging.owner() == Owner.this()
