"""An unfinished publication, as a person sees it before they finish or undo it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from huggingnersc_lab.catalog.plan import Plan
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.store import Store
from huggingnersc_lab.store.staging import Staging

if TYPE_CHECKING:
    from huggingnersc_lab.catalog import Catalog


@dataclass(frozen=True)
class Unfinished:
    """An unfinished publication.

    Attributes:
        name: nickname of the dataset.
        account: the Unix account that it belongs to; empty where that cannot be seen.
        is_own: whether it is yours, and nobody else could have changed it; any other has to be taken over.
        worker: who works on it now; None when it lies idle.
        began: who worked on it last, by its own account.
        repo_id: the repository on the Hub that it is about.
        resume: what finishing it would do, a sentence each.
        undo: what undoing it would do, a sentence each.
        deletes: full name of the repository that undoing it would delete from the Hub.
        problem: why it can be neither finished nor undone.
    """

    name: str
    account: str = ""
    is_own: bool = False
    worker: str | None = None
    began: str | None = None
    repo_id: str | None = None
    resume: tuple[str, ...] = ()
    undo: tuple[str, ...] = ()
    deletes: str | None = None
    problem: str | None = None


def is_unfinished(catalog: Catalog, name: str) -> bool:
    """Whether there is a publication of that name to be resumed or undone; False where that cannot be seen."""
    try:
        return catalog.store.has_staging(name)
    except CatalogError:
        return False


def describe(store: Store, name: str) -> Unfinished | None:
    """What an unfinished publication is about, without asking the Hub; None where there is none."""
    try:
        staging = store.staging(name)
        return None if staging is None else _described(staging, Plan.of(staging), has_entry=store.exists(name))
    except CatalogError as err:
        return Unfinished(name, problem=err.detail)


def _described(staging: Staging, plan: Plan, *, has_entry: bool) -> Unfinished:
    worker, last = staging.worker(), staging.owner()
    deletes = plan.repo_id if _may_have_made(staging) else None
    return Unfinished(
        name=staging.name,
        account=staging.account,
        is_own=staging.is_own,
        worker=str(worker) if worker else None,
        began=str(last) if last else None,
        repo_id=plan.repo_id,
        resume=tuple(_resume(staging, plan)),
        undo=tuple(_undo(staging, plan, deletes, has_entry=has_entry)),
        deletes=deletes,
    )


def _may_have_made(staging: Staging) -> bool:
    """Whether the repository is one that this publication made, as far as its journal tells."""
    repository = staging.fact("repository")
    if repository is not None:
        return bool(repository["created"])
    return (staging.fact("repository_asked") or {}).get("moment") is not None


def _resume(staging: Staging, plan: Plan) -> list[str]:
    if staging.fact("undo") is not None:
        return []
    names = ", ".join(sorted({*plan.hub_files, *plan.deleted}))
    if staging.fact("commit") is not None:
        said = []
    elif plan.create_pr:
        said = [f"Open a pull request on {plan.repo_id} on the Hub with {names}"]
    elif plan.parent is None:
        seen = "private" if plan.private else "public"
        said = [f"Make the {seen} dataset repository {plan.repo_id} on the Hub, unless it is made", f"Send {names}"]
    else:
        said = [f"Change {plan.repo_id} on the Hub: {names}"]
    return [*said, f"Put '{staging.name}' into the catalog"]


def _undo(staging: Staging, plan: Plan, deletes: str | None, *, has_entry: bool) -> list[str]:
    said = []
    if deletes:
        said.append(f"Delete the repository {deletes} from the Hub")
    elif staging.fact("commit") is not None or staging.fact("commit_asked") is not None:
        what = "Close its pull request on" if plan.create_pr else "Put back what was changed in"
        said.append(f"{what} {plan.repo_id} on the Hub")
    said.append("Leave the catalog's entry as it was" if has_entry else "Remove what was prepared in the catalog")
    return said
