"""``retire``: remove an entry from the catalog and, if requested, its repository from the Hub."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from huggingnersc_lab.catalog import Catalog, Change
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.jobs import JobContext, JobSpec
from huggingnersc_lab.workspace.change_job import ChangeArguments, ChangeTask, spec_of

if TYPE_CHECKING:
    from huggingnersc_lab.workspace.workspace import Workspace


@dataclass(frozen=True, kw_only=True)
class RetireRequest:
    """A request to retire an entry.

    Attributes:
        name: its nickname.
        from_hub: whether to also delete the repository.
        confirmed: full name of the repository that the user has confirmed, although it does not name the entry.
    """

    name: str
    from_hub: bool = False
    confirmed: str | None = None


class Retire(ChangeTask[ChangeArguments, RetireRequest]):
    """Retire an entry. Once started, it is completed: it takes only a moment and cannot be undone."""

    name = "retire"
    arguments = ChangeArguments
    request = RetireRequest
    changes = ("retire",)

    def prepare(self, workspace: Workspace, request: RetireRequest) -> JobSpec:
        """Check that there is such an entry."""
        store = workspace.catalog.store
        store.check_writable()
        if not store.exists(request.name):
            detail = f"There is no dataset '{request.name[:96]}' in the catalog: refresh the list."
            raise CatalogError("not_found", detail)
        change = Change("retire", request.name, from_hub=request.from_hub, confirmed=request.confirmed)
        return spec_of(workspace.choice, change)

    def run(self, context: JobContext[ChangeArguments]) -> None:
        """Remove it."""
        name, change = context.dataset, context.arguments.change
        catalog = context.arguments.catalog()
        context.ignore_cancel()
        context.step("retire", "begin", _what_is_removed(catalog, change))
        catalog.retire(name, from_hub=change.from_hub, confirmed=change.confirmed)
        where = "the catalog and the Hub" if change.from_hub else "the catalog"
        context.step("retire", "done", f"'{name}' removed from {where}; the data was not touched")


def _what_is_removed(catalog: Catalog, change: Change) -> str:
    """What will be removed, with the repository's full name."""
    repo_id = catalog.store.read(change.name).record.repo_id if change.from_hub else None
    hub = f", and deleting {repo_id} from the Hub" if repo_id else ""
    return f"Removing '{change.name}' from the catalog{hub}"


TASK = Retire()
