"""``retire``: take an entry out of the catalog, and its repository off the Hub when that is wanted."""

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
    """A wish to retire an entry.

    Attributes:
        name: its nickname.
        from_hub: whether the repository goes, too.
        confirmed: full name of the repository that a person says is meant, although it does not name the entry.
    """

    name: str
    from_hub: bool = False
    confirmed: str | None = None


class Retire(ChangeTask[ChangeArguments, RetireRequest]):
    """Retire an entry. Once it has begun it is completed: it takes but a moment, and cannot be taken back."""

    name = "retire"
    arguments = ChangeArguments
    request = RetireRequest
    changes = ("retire",)

    def prepare(self, workspace: Workspace, request: RetireRequest) -> JobSpec:
        """Check that there is such an entry."""
        store = workspace.catalog.store
        store.check_writable()
        if not store.exists(request.name):
            detail = f"There is no dataset '{request.name[:96]}' in the catalog: look at the list again."
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
        context.step("retire", "done", f"'{name}' taken out of {where}; the data was not touched")


def _what_is_removed(catalog: Catalog, change: Change) -> str:
    """What is going to be removed, the repository by its full name."""
    repo_id = catalog.store.read(change.name).record.repo_id if change.from_hub else None
    hub = f", and deleting {repo_id} from the Hub" if repo_id else ""
    return f"Taking '{change.name}' out of the catalog{hub}"


TASK = Retire()
