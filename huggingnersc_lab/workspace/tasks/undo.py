"""``undo``: remove a publication that was stopped, from the Hub and from the catalog."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from huggingnersc_lab.jobs import JobContext, JobSpec
from huggingnersc_lab.workspace.publication import UnfinishedTask, require_unfinished, steps_of
from huggingnersc_lab.workspace.task import SiteArguments

if TYPE_CHECKING:
    from huggingnersc_lab.catalog.workspace import Workspace


@dataclass(frozen=True, kw_only=True)
class UndoArguments(SiteArguments):
    """Arguments of ``undo``.

    Attributes:
        take_over: whether somebody else's unfinished publication is meant as well.
    """

    take_over: bool = False


@dataclass(frozen=True, kw_only=True)
class UndoRequest:
    """A wish to undo a publication.

    Attributes:
        name: nickname of the dataset.
        take_over: see :class:`UndoArguments`.
    """

    name: str
    take_over: bool = False


class Undo(UnfinishedTask[UndoArguments, UndoRequest]):
    """Undo a publication. One that is cancelled leaves it unfinished, to be undone again."""

    name = "undo"
    arguments = UndoArguments
    request = UndoRequest

    def prepare(self, workspace: Workspace, request: UndoRequest) -> JobSpec:
        """Check that there is something to undo."""
        require_unfinished(workspace, request.name)
        return self.spec(request.name, UndoArguments(**vars(workspace.choice), take_over=request.take_over))

    def run(self, context: JobContext[UndoArguments]) -> None:
        """Undo it."""
        given = context.arguments
        given.catalog().undo(context.dataset, take_over=given.take_over, on_step=steps_of(context))


TASK = Undo()
