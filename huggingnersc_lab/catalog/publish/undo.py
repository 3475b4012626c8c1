"""Taking back a publication that was not completed: what stood before it stands again, on the Hub and on the disk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from huggingnersc_lab.catalog.publish.plan import OnStep, Plan, Step
from huggingnersc_lab.catalog.publish.recovery import made_repository, sent_commit
from huggingnersc_lab.catalog.publish.repository import record_of, require_proposal
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
    try:
        staging.note("undo")  # what is half undone must not be resumed
    except CatalogError as err:
        if err.code != "storage":
            raise  # but on a full disk undoing is what helps
    plan = Plan.of(staging)
    repository = staging.fact("repository")
    if repository is not None:
        _undo_in_repository(staging, plan, hub, repository, tell)
    elif made_repository(staging, plan, hub, wait=True) is not None:
        _delete_repo(plan, hub, tell)
    staging.swap_out()
    staging.close()
    store.sweep(staging.name)
    tell(Step("undo", "done", "Taken back what was begun; nothing was left behind"))


def _undo_in_repository(staging: Staging, plan: Plan, hub: Hub, repository: Mapping[str, Any], tell: OnStep) -> None:
    parent = str(repository["parent"])
    if repository["created"]:
        if _is_ours_alone(staging, plan, hub, parent, sent_commit(staging, plan, hub)):
            _delete_repo(plan, hub, tell)
        return
    commit = sent_commit(staging, plan, hub, wait=True)
    if commit is not None and commit.pull_request is not None:
        require_proposal(hub, staging.name, plan.publish_id, plan.repo_id, commit.pull_request)
        hub.close_pull_request(plan.repo_id, commit.pull_request)
    elif commit is not None:
        _revert(plan, hub, parent, commit)
    if plan.was_private is not None and staging.fact("visibility_asked") is not None:
        hub.set_private(plan.repo_id, plan.was_private)


def _is_ours_alone(staging: Staging, plan: Plan, hub: Hub, parent: str, commit: Commit | None) -> bool:
    """Whether the repository that was made may be deleted: it is there, and holds nothing but this publication.

    The journal alone does not decide that: the repository must have no other commits, and its record must name the
    publication.

    Raises:
        CatalogError: ``conflict`` when it holds something else.
    """
    state = hub.state(plan.repo_id)
    if state is None:
        return False
    if commit is None and state.sha != parent:
        return False  # others have filled it since, and nothing in it is ours
    _require_untouched(state, plan, parent, commit)
    shas = _newest(hub, plan, 3)
    is_whole = shas == [parent] or (commit is not None and shas == [commit.oid, parent])
    said = {} if state.is_empty else record_of(hub, plan.repo_id)
    names_it = state.is_empty or (said.get("name"), said.get("publish_id")) == (staging.name, plan.publish_id)
    if not (is_whole and names_it):
        detail = f"'{plan.repo_id}' holds something else than the publication of '{staging.name}': it is not deleted."
        raise CatalogError("conflict", f"{detail} Everything is kept; look at it on the Hub.")
    return True


def _newest(hub: Hub, plan: Plan, most: int) -> list[str]:
    """The newest commits of the repository, the newest first."""
    return [revision.sha for revision in hub.revisions(plan.repo_id, most)]


def _delete_repo(plan: Plan, hub: Hub, tell: OnStep) -> None:
    tell(Step("undo", "begin", f"Deleting the repository {plan.repo_id} from {hub.url}"))
    hub.delete_repo(plan.repo_id)


def _revert(plan: Plan, hub: Hub, parent: str, commit: Commit) -> None:
    state = hub.state(plan.repo_id)
    if state is None:
        return
    undo_id = f"undo-{plan.publish_id}"
    if hub.find_commit(plan.repo_id, undo_id):
        return
    _require_untouched(state, plan, parent, commit)
    _require_sent(plan, hub, parent, commit)
    before = {path: hub.read_file(plan.repo_id, path, parent) for path in (*plan.hub_files, *plan.deleted)}
    hub.commit(
        plan.repo_id,
        {path: content for path, content in before.items() if content is not None},
        deleted=[path for path, content in before.items() if content is None],
        title=f"Undo: {plan.title}",
        publish_id=undo_id,
        parent=commit.oid,
    )


def _require_sent(plan: Plan, hub: Hub, parent: str, commit: Commit) -> None:
    """Raise ``conflict`` unless the newest commit is this publication's and follows the one that it says it does."""
    found = hub.find_commit(plan.repo_id, plan.publish_id)
    if found is None or found.oid != commit.oid or _newest(hub, plan, 2) != [commit.oid, parent]:
        detail = f"What the unfinished publication says that it changed in '{plan.repo_id}' is not what is there."
        raise CatalogError("conflict", f"{detail} Everything is kept; look at it on the Hub.")


def _require_untouched(state: RepoState, plan: Plan, parent: str, commit: Commit | None) -> None:
    if state.sha not in (parent, commit.oid if commit else None):
        raise CatalogError(
            "conflict",
            f"Somebody has changed '{plan.repo_id}' on the Hub since: it is not undone. Everything is kept; mend it "
            "there by hand, or resume.",
        )
