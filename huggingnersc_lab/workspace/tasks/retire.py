"""``retire``: take an entry out of the catalog, and its repository off the Hub when that is wanted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from huggingnersc_lab.catalog import Catalog
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.jobs import JobContext, JobSpec
from huggingnersc_lab.workspace.task import SiteArguments, Task

if TYPE_CHECKING:
    from huggingnersc_lab.catalog.workspace import Workspace


@dataclass(frozen=True, kw_only=True)
class RetireArguments(SiteArguments):
    """Arguments of ``retire``.

    Attributes:
        from_hub: whether the repository goes, too.
        confirmed: full name of the repository that a person says is meant, although it does not name the entry.
    """

    from_hub: bool = False
    confirmed: str | None = None


@dataclass(frozen=True, kw_only=True)
class RetireRequest:
    """A wish to retire an entry.

    Attributes:
        name: its nickname.
        from_hub: see :class:`RetireArguments`.
        confirmed: likewise.
    """

    name: str
    from_hub: bool = False
    confirmed: str | None = None


class Retire(Task[RetireArguments, RetireRequest]):
    """Retire an entry. Once it has begun it is completed: it takes but a moment, and cannot be taken back."""

    name = "retire"
    arguments = RetireArguments
    request = RetireRequest

    def prepare(self, workspace: Workspace, request: RetireRequest) -> JobSpec:
        """Check that there is such an entry."""
        store = workspace.catalog.store
        store.check_writable()
        if not store.exists(request.name):
            detail = f"There is no dataset '{request.name[:96]}' in the catalog: look at the list again."
            raise CatalogError("not_found", detail)
        arguments = RetireArguments(**vars(workspace.choice), from_hub=request.from_hub, confirmed=request.confirmed)
        return self.spec(request.name, arguments)

    def run(self, context: JobContext[RetireArguments]) -> None:
        """Remove it."""
        name, given = context.dataset, context.arguments
        catalog = given.catalog()
        context.ignore_cancel()
        context.step("retire", "begin", _what_is_removed(catalog, name, from_hub=given.from_hub))
        catalog.retire(name, from_hub=given.from_hub, confirmed=given.confirmed)
        where = "the catalog and the Hub" if given.from_hub else "the catalog"
        context.step("retire", "done", f"'{name}' taken out of {where}; the data was not touched")


def _what_is_removed(catalog: Catalog, name: str, *, from_hub: bool) -> str:
    """What is going to be removed, the repository by its full name."""
    repo_id = catalog.store.read(name).record.repo_id if from_hub else None
    hub = f", and deleting {repo_id} from the Hub" if repo_id else ""
    return f"Taking '{name}' out of the catalog{hub}"


TASK = Retire()
