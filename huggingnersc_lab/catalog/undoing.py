"""Taking back a publication that was not completed: what stood before it stands again, on the Hub and on the disk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from huggingnersc_lab.catalog.plan import OnStep, Plan, Step
from huggingnersc_lab.catalog.traces import made_repository, sent_commit
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hub import Commit, Hub, RepoState
from huggingnersc_lab.store import Store
from huggingnersc_lab.store.staging import Staging


def undo(staging: Staging, store: Store, hub: Hub, tell: OnStep) -> None:
    """Take everything back; running it again after a crash or a failure completes it.

    Args:
        staging: the publication; this process works on it.
        store: the catalog.
        hub: the Hub.
        tell: told of every step.

    Raises:
        CatalogError: ``conflict`` when others have changed on the Hub what would be taken back.
    """
    tell(Step("undo", "begin", f"Taking back what was begun of '{staging.name}'"))
    plan = Plan.of(staging)
    repository = staging.fact("repository")
    if repository:
        _undo_in_repository(staging, plan, hub, repository)
    elif made_repository(staging, plan, hub, wait=True) is not None:
        _begin(staging)
        hub.delete_repo(plan.repo_id)
    _begin(staging)
    staging.swap_out()
    staging.close()
    store.sweep(staging.name)
    tell(Step("undo", "done", "Taken back what was begun; nothing was left behind"))


def is_resumable(staging: Staging) -> bool:
    """Whether it can be resumed whatever became of an undo that failed; else an undo is sure to complete that."""
    repository = staging.fact("repository")
    return not _is_begun(staging) or (staging.fact("catalog") is None and (not repository or repository["created"]))


def stop_undo(staging: Staging, hub: Hub) -> None:
    """Let a publication go on after an undo that failed.

    What that undo asked for may have been done although there was no answer. A repository that we made, and that is
    gone, is made anew. Where the Hub has taken back something else, going on would leave half of it.

    Raises:
        CatalogError: ``conflict`` when something was taken back.
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
            staging.note("commit")
            staging.note("repository")
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
    name = staging.name
    return CatalogError(
        "conflict", f"'{name}' was taken back in part already: 'huggingnersc undo {name}' does the rest."
    )


def _is_begun(staging: Staging) -> bool:
    fact = staging.fact("undo")
    return fact is not None and not fact.get("stopped")


def _begin(staging: Staging) -> None:
    """Note that from now on something may be taken back. As long as it is only looked for, resuming is safe."""
    if _is_begun(staging):
        return
    try:
        staging.note("undo")
    except CatalogError as err:
        if err.code != "storage":
            raise  # but on a full disk undoing is what helps


def _undo_in_repository(staging: Staging, plan: Plan, hub: Hub, repository: Mapping[str, Any]) -> None:
    if repository["created"]:
        _delete(staging, plan, hub, str(repository["parent"]))
        return
    commit = sent_commit(staging, plan, hub, wait=True)
    if commit is not None and commit.pull_request is not None:
        _begin(staging)
        hub.close_pull_request(plan.repo_id, commit.pull_request)
    elif commit is not None:
        _revert(staging, plan, hub, str(repository["parent"]), commit)
    if plan.was_private is not None and staging.fact("visibility_asked") is not None:
        _begin(staging)
        hub.set_private(plan.repo_id, plan.was_private)


def _delete(staging: Staging, plan: Plan, hub: Hub, parent: str) -> None:
    commit = sent_commit(staging, plan, hub)
    state = hub.state(plan.repo_id)
    if state is None:
        return
    if commit is None and state.sha != parent:
        return  # others have filled it since, and nothing in it is ours
    _require_untouched(state, plan, parent, commit)
    _begin(staging)
    hub.delete_repo(plan.repo_id)


def _revert(staging: Staging, plan: Plan, hub: Hub, parent: str, commit: Commit) -> None:
    state = hub.state(plan.repo_id)
    if state is None:
        return
    if hub.find_commit(plan.repo_id, _undo_id(plan)):
        return
    _require_untouched(state, plan, parent, commit)
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


def _undo_id(plan: Plan) -> str:
    """What the commit is found by that takes back the one of a plan."""
    return f"undo-{plan.publish_id}"


def _require_untouched(state: RepoState, plan: Plan, parent: str, commit: Commit | None) -> None:
    if state.sha not in (parent, commit.oid if commit else None):
        raise CatalogError(
            "conflict",
            f"Somebody has changed '{plan.repo_id}' on the Hub since: it is not undone. Everything is kept; mend it "
            "there by hand, or resume.",
        )
