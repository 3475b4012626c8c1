"""Describes an unfinished publication to a user before they finish or undo it.

It may be somebody else's, so this must describe everything that can happen: anything else would be done without
consent.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from huggingnersc_lab.catalog.publish.plan import Plan
from huggingnersc_lab.catalog.publish.repository import require_organization
from huggingnersc_lab.catalog.publish.undo import is_resumable
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hints import Hint
from huggingnersc_lab.sites import Site
from huggingnersc_lab.store import Store
from huggingnersc_lab.store.staged import Staged


@dataclass(frozen=True)
class Unfinished:
    """An unfinished publication.

    Attributes:
        name: nickname of the dataset.
        account: the Unix account that it belongs to; empty if unknown.
        is_own: whether it is yours and nobody else could have changed it; otherwise it must be taken over.
        etag: changes whenever it changes; taking it over requires the one that the user has seen.
        worker: who is working on it now; None if nobody is.
        began: who worked on it last, according to the publication itself.
        repo_id: its repository on the Hub.
        resume: what finishing it would do, one sentence each.
        undo: what undoing it would do, one sentence each.
        deletes: full name of the repository that undoing it would delete from the Hub.
        problem: why it can be neither finished nor undone.
    """

    name: str
    account: str = ""
    is_own: bool = False
    etag: str = ""
    worker: str | None = None
    began: str | None = None
    repo_id: str | None = None
    resume: tuple[str, ...] = ()
    undo: tuple[str, ...] = ()
    deletes: str | None = None
    problem: str | None = None


def is_unfinished(store: Store, name: str) -> bool:
    """Whether there is a publication of that name to resume or undo; False if that cannot be determined."""
    try:
        return store.has_staging(name)
    except CatalogError:
        return False


def describe(site: Site, store: Store, name: str) -> Unfinished:
    """Describe an unfinished publication without asking the Hub; raises ``not_found`` if there is none."""
    staged = None
    try:
        staged = store.staging(name)
        if staged is not None:
            return _described(staged, _plan_of(site, staged), has_entry=store.exists(name))
    except CatalogError as err:
        return Unfinished(name, account=staged.account if staged else "", problem=err.detail)
    raise _nothing(store, name)


def require(site: Site, store: Store, name: str) -> Staged:
    """An unfinished publication to finish or undo.

    Raises:
        CatalogError: ``not_found`` if there is none, ``conflict`` if it was started on another Hub, ``forbidden``
        if its repository belongs to another organization.
    """
    store.check_writable()
    staged = store.staging(name)
    if staged is None:
        store.sweep(name)
        raise _nothing(store, name)
    _plan_of(site, staged)
    return staged


def _plan_of(site: Site, staged: Staged) -> Plan:
    """Its plan; raises ``conflict`` or ``forbidden`` if this site does not carry it out."""
    plan = Plan.of(staged)
    if plan.hub != site.hub_url:
        detail = f"'{staged.name}' was started on the Hub '{plan.hub}', not on '{site.hub_url}'."
        if staged.is_own:
            raise CatalogError("conflict", detail, hints=[Hint("choose_hub")])
        # Never send users, and their token, to a Hub named by somebody else.
        raise CatalogError("conflict", f"{detail} Ask {staged.account} about it.")
    require_organization(site, plan.repo_id)
    return plan


def _nothing(store: Store, name: str) -> CatalogError:
    others = store.unfinished()
    more = f" Unfinished publications: {', '.join(others)}." if others else ""
    return CatalogError("not_found", f"There is no unfinished publication of '{name[:96]}'.{more}")


def _described(staged: Staged, plan: Plan, *, has_entry: bool) -> Unfinished:
    worker, last = staged.worker(), staged.owner()
    deletes = plan.repo_id if _has_made(staged) else None
    return Unfinished(
        name=staged.name,
        account=staged.account,
        is_own=staged.is_own,
        etag=staged.etag,
        worker=str(worker) if worker else None,
        began=str(last) if last else None,
        repo_id=plan.repo_id,
        resume=tuple(_resume(staged, plan)) if is_resumable(staged) else (),
        undo=tuple(_undo(staged, plan, deletes, has_entry=has_entry)),
        deletes=deletes,
    )


def _has_made(staged: Staged) -> bool:
    """Whether, according to its journal, this publication created the repository or may have."""
    repository = staged.fact("repository")
    if repository is not None:
        return bool(repository["created"])
    return (staged.fact("repository_asked") or {}).get("moment") is not None


def _resume(staged: Staged, plan: Plan) -> Iterator[str]:
    repository = staged.fact("repository")
    if repository is None and plan.parent is None:
        seen = "private" if plan.private else "public"
        yield f"Create the {seen} dataset repository {plan.repo_id} on the Hub, unless it exists"
    if plan.was_private is not None and staged.fact("visibility") is None:
        yield _visibility(plan, is_private=plan.private)
    if staged.fact("commit") is None:
        if plan.create_pr:
            yield f"Open a pull request on {plan.repo_id} on the Hub with {_files(plan)}"
        elif plan.parent is None and (repository is None or repository["created"]):
            yield f"Send {_files(plan)} to {plan.repo_id}, which is still empty"
        else:
            yield f"Change {plan.repo_id} on the Hub: {_files(plan)}"
    yield f"Add '{staged.name}' to the catalog"


def _undo(staged: Staged, plan: Plan, deletes: str | None, *, has_entry: bool) -> Iterator[str]:
    if deletes:
        yield f"Delete the repository {deletes} from the Hub"
    elif staged.fact("repository") is not None:
        yield from _undo_changes(staged, plan)
    yield "Leave the catalog's entry unchanged" if has_entry else "Remove the prepared files from the catalog"


def _undo_changes(staged: Staged, plan: Plan) -> Iterator[str]:
    commit = staged.fact("commit")
    if commit is not None and commit["pull_request"] is not None:
        yield f"Close pull request {commit['pull_request']} of {plan.repo_id} on the Hub"
    elif commit is not None:
        yield f"Revert the changes in {plan.repo_id} on the Hub: {_files(plan)}"
    elif staged.fact("commit_asked") is not None:
        what = "Close its pull request on" if plan.create_pr else f"Revert {_files(plan)} in"
        yield f"{what} {plan.repo_id} on the Hub, if that was done"
    if plan.was_private is not None and staged.fact("visibility_asked") is not None:
        yield _visibility(plan, is_private=plan.was_private)


def _visibility(plan: Plan, *, is_private: bool) -> str:
    whom = "members of the organization" if is_private else "everybody"
    return f"Show {plan.repo_id} to {whom}"


def _files(plan: Plan) -> str:
    return ", ".join([*sorted(plan.hub_files), *(f"{path} (removed)" for path in sorted(plan.deleted))])
