"""Undoes an unfinished publication, restoring the previous state on the Hub and on disk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from huggingnersc_lab.catalog.publish.plan import OnStep, Plan, Step
from huggingnersc_lab.catalog.publish.recovery import made_repository, sent_commit
from huggingnersc_lab.catalog.publish.repository import record_of, require_proposal
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hints import Hint
from huggingnersc_lab.hub import Commit, Hub, RepoState
from huggingnersc_lab.store import Store
from huggingnersc_lab.store.staged import Staged
from huggingnersc_lab.store.staging import Staging


def undo(staging: Staging, store: Store, hub: Hub, on_step: OnStep) -> None:
    """Undo everything; running it again after a crash or a failure completes it.

    Args:
        staging: the publication, owned by this process.
        store: the catalog.
        hub: the Hub.
        on_step: called with every step.

    Raises:
        CatalogError: ``conflict`` if others have changed on the Hub what would be undone.
    """
    on_step(Step("undo", "begin", f"Undoing the publication of '{staging.name}'"))
    plan = Plan.of(staging)
    repository = staging.fact("repository")
    if repository is not None:
        _undo_in_repository(staging, plan, hub, repository, on_step)
    elif made_repository(staging, plan, hub, wait=True) is not None:
        _delete_repo(staging, plan, hub, on_step)
    _begin(staging)
    staging.swap_out()
    staging.close()
    store.sweep(staging.name)
    on_step(Step("undo", "done", "Undone; nothing was left behind"))


def is_resumable(staging: Staged) -> bool:
    """Whether it can be resumed even if an undo has failed; otherwise an undo is certain to complete."""
    repository = staging.fact("repository")
    return not _is_begun(staging) or (staging.fact("catalog") is None and (not repository or repository["created"]))


def stop_undo(staging: Staging, hub: Hub) -> None:
    """Continue a publication after a failed undo.

    The failed undo's requests may have been carried out although there was no response. If a repository that we created
    is gone, it is created again. If the Hub has undone something else, continuing would leave half of it.

    Raises:
        CatalogError: ``conflict`` if something was undone.
    """
    if not _is_begun(staging):
        return
    plan = Plan.of(staging)
    repository = staging.fact("repository")
    commit = sent_commit(staging, plan, hub) if repository else None
    if repository and repository["created"]:
        if hub.state(plan.repo_id) is None:
            _require_resumable(staging)
            staging.note("repository_asked", moment=None)
            staging.forget("commit")
            staging.forget("repository")
    elif commit is not None and commit.pull_request is not None:
        if not hub.is_pull_request_open(plan.repo_id, commit.pull_request):
            raise _taken_back(staging)
    elif commit is not None and hub.find_commit(plan.repo_id, _undo_id(plan)):
        raise _taken_back(staging)
    if plan.was_private is not None and staging.fact("visibility") is not None:
        hub.set_private(plan.repo_id, plan.private)
    staging.note("undo", stopped=True)


def _require_resumable(staging: Staging) -> None:
    if not is_resumable(staging):
        raise _taken_back(staging)


def _taken_back(staging: Staging) -> CatalogError:
    detail = f"'{staging.name}' was already partly undone."
    return CatalogError("conflict", detail, hints=[Hint("undo", staging.name)])


def _is_begun(staging: Staged) -> bool:
    fact = staging.fact("undo")
    return fact is not None and not fact.get("stopped")


def _begin(staging: Staging) -> None:
    """Record that something may be undone from now on. As long as undo only searches, resuming is safe."""
    if _is_begun(staging):
        return
    try:
        staging.note("undo")
    except CatalogError as err:
        if err.code != "storage":
            raise  # but on a full disk, undoing helps


def _undo_in_repository(staging: Staging, plan: Plan, hub: Hub, repository: Mapping[str, Any], on_step: OnStep) -> None:
    parent = str(repository["parent"])
    if repository["created"]:
        if _is_ours_alone(staging, plan, hub, parent):
            _delete_repo(staging, plan, hub, on_step)
        return
    commit = sent_commit(staging, plan, hub, wait=True)
    if commit is not None and commit.pull_request is not None:
        require_proposal(hub, staging.name, plan.publish_id, plan.repo_id, commit.pull_request)
        _begin(staging)
        hub.close_pull_request(plan.repo_id, commit.pull_request)
    elif commit is not None:
        _revert(staging, plan, hub, parent, commit)
    if plan.was_private is not None and staging.fact("visibility_asked") is not None:
        _begin(staging)
        hub.set_private(plan.repo_id, plan.was_private)


def _is_ours_alone(staging: Staging, plan: Plan, hub: Hub, parent: str) -> bool:
    """Whether the created repository may be deleted: it exists, and contains only this publication.

    The journal alone does not decide this: the repository must have no other commits, and its record must name the
    publication. Our commit may be on its way and arrive between any two requests, so it is looked for after what it
    changes.

    Raises:
        CatalogError: ``conflict`` if it contains something else.
    """
    state = hub.state(plan.repo_id)
    if state is None:
        return False
    commit, shas = sent_commit(staging, plan, hub), _newest(hub, plan, 3)
    if commit is None and shas != [parent]:
        commit = sent_commit(staging, plan, hub)
    if commit is None and state.sha != parent:
        return False  # others have filled it since, and nothing in it is ours
    _require_untouched(state, plan, parent, commit)
    is_whole = shas == [parent] or (commit is not None and shas == [commit.oid, parent])
    remote = {} if state.is_empty else record_of(hub, plan.repo_id)
    names_it = state.is_empty or (remote.get("name"), remote.get("publish_id")) == (staging.name, plan.publish_id)
    if not (is_whole and names_it):
        detail = f"'{plan.repo_id}' contains more than the publication of '{staging.name}': it was not deleted."
        raise CatalogError("conflict", f"{detail} Everything was kept; check it on the Hub.")
    return True


def _newest(hub: Hub, plan: Plan, most: int) -> list[str]:
    """The newest commits of the repository, newest first."""
    return [revision.sha for revision in hub.revisions(plan.repo_id, most)]


def _delete_repo(staging: Staging, plan: Plan, hub: Hub, on_step: OnStep) -> None:
    on_step(Step("undo", "begin", f"Deleting the repository {plan.repo_id} from {hub.url}"))
    _begin(staging)
    hub.delete_repo(plan.repo_id)


def _revert(staging: Staging, plan: Plan, hub: Hub, parent: str, commit: Commit) -> None:
    state = hub.state(plan.repo_id)
    if state is None:
        return
    if hub.find_commit(plan.repo_id, _undo_id(plan)):
        return
    _require_untouched(state, plan, parent, commit)
    _require_sent(plan, hub, parent, commit)
    before = {path: hub.read_file(plan.repo_id, path, parent) for path in (*plan.hub_files, *plan.deleted)}
    _begin(staging)
    hub.commit(
        plan.repo_id,
        {path: content for path, content in before.items() if content is not None},
        deleted=[path for path, content in before.items() if content is None],
        title=f"Undo: {plan.title}",
        publish_id=_undo_id(plan),
        parent=commit.oid,
    )


def _require_sent(plan: Plan, hub: Hub, parent: str, commit: Commit) -> None:
    """Raise ``conflict`` unless the newest commit is this publication's and follows the expected one."""
    found = hub.find_commit(plan.repo_id, plan.publish_id)
    if found is None or found.oid != commit.oid or _newest(hub, plan, 2) != [commit.oid, parent]:
        detail = f"'{plan.repo_id}' does not match the changes recorded by the unfinished publication."
        raise CatalogError("conflict", f"{detail} Everything was kept; check it on the Hub.")


def _undo_id(plan: Plan) -> str:
    """The id that identifies the commit undoing a plan's commit."""
    return f"undo-{plan.publish_id}"


def _require_untouched(state: RepoState, plan: Plan, parent: str, commit: Commit | None) -> None:
    if state.sha not in (parent, commit.oid if commit else None):
        raise CatalogError(
            "conflict",
            f"Somebody has changed '{plan.repo_id}' on the Hub since: it was not undone. Everything was kept; fix it "
            "there by hand, or resume.",
        )
