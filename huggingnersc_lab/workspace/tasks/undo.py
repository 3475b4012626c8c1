"""``undo``: undo an interrupted publication, on the Hub and in the catalog."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from huggingnersc_lab.jobs import JobContext, JobSpec
from huggingnersc_lab.workspace.first_form import without_change
from huggingnersc_lab.workspace.publication import UnfinishedRequest, UnfinishedTask, require_unfinished, steps_of
from huggingnersc_lab.workspace.task import SiteArguments

if TYPE_CHECKING:
    from huggingnersc_lab.workspace.workspace import Workspace


@dataclass(frozen=True, kw_only=True)
class UndoArguments(SiteArguments):
    """Arguments of ``undo``.

    Attributes:
        take_over: see :class:`UnfinishedRequest`.
    """

    take_over: str | None = None


class Undo(UnfinishedTask[UndoArguments, UnfinishedRequest]):
    """Undo a publication. If cancelled, it stays unfinished and can be undone again."""

    name = "undo"
    arguments = UndoArguments
    request = UnfinishedRequest

    def read_arguments(self, spec: JobSpec) -> UndoArguments:
        """The arguments, including those of version 0.1.0."""
        return super().read_arguments(without_change(spec))

    def prepare(self, workspace: Workspace, request: UnfinishedRequest) -> JobSpec:
        """Check that there is something to undo."""
        require_unfinished(workspace, request.name)
        return self.spec(request.name, UndoArguments(**vars(workspace.choice), take_over=request.take_over))

    def run(self, context: JobContext[UndoArguments]) -> None:
        """Undo it."""
        given = context.arguments
        given.catalog().undo(context.dataset, take_over=given.take_over, on_step=steps_of(context))


TASK = Undo()
