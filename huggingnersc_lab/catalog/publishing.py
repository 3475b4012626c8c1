"""Publishing that never half-happens: every step is journaled, repeatable, and can be undone.

The steps are ``stage`` (claim the name, write all files), ``repository`` (make it, or find it), ``commit``
(everything in one), ``catalog`` (one rename) and ``close``. A journal entry follows each of the Hub's answers. After a
crash between the two, the repository is known by its emptiness and age, the commit by the publish id in its
description and the catalog's folder by the publish id in its record, so that running on ends in one repository, one
commit, one record.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hub import Commit, Hub, RepoState
from huggingnersc_lab.record.model import dump_record
from huggingnersc_lab.store import RECORD_FILE, Store
from huggingnersc_lab.store.staging import Staging

StepName = Literal["stage", "repository", "commit", "catalog", "close", "undo"]

IN_FLIGHT_SECONDS = 5.0
"""A request that nobody waited for may still be carried out for so long."""


@dataclass(frozen=True)
class Step:
    """Where publishing stands.

    Attributes:
        name: the step.
        phase: ``begin``; ``answered`` when what it asked for has happened but is not journaled yet; ``done``.
        detail: a sentence for people.
    """

    name: StepName
    phase: Literal["begin", "answered", "done"]
    detail: str


OnStep = Callable[[Step], None]


@dataclass(frozen=True)
class Plan:
    """What is to be published.

    Attributes:
        publish_id: ties commit, journal and record together.
        repo_id: repository on the Hub.
        hub: the site's Hub, so that it is resumed on the same one.
        title: first line of the commit's message.
        hub_files: names of the staged files that go to the Hub; the catalog gets all.
        private: whether the repository is made private.
        create_pr: whether to open a pull request instead of writing to ``main``.
        parent: commit that ``main`` has to be at; None for a repository that is to be made.
        deleted: paths that go from the repository.
    """

    publish_id: str
    repo_id: str
    hub: str
    title: str
    hub_files: tuple[str, ...]
    private: bool = False
    create_pr: bool = False
    parent: str | None = None
    deleted: tuple[str, ...] = ()

    @classmethod
    def of(cls, staging: Staging) -> Plan:
        """The plan of an unfinished publication."""
        values = dict(staging.plan)
        return cls(**values | {key: tuple(values[key]) for key in ("hub_files", "deleted")})


class Publisher:
    """Carries plans out, between one store and one Hub.

    Args:
        store: the catalog.
        hub: the Hub.
        file_mode: permission bits of files in the catalog.
        on_step: told of every step.
    """

    def __init__(self, store: Store, hub: Hub, on_step: OnStep | None = None) -> None:
        self._store = store
        self._hub = hub
        self._tell = on_step or (lambda _: None)

    def publish(self, name: str, files: Mapping[str, bytes], plan: Plan, *, keep_on_failure: bool = False) -> Commit:
        """Publish an entry.

        Args:
            name: its nickname.
            files: the files of its folder in the catalog.
            plan: what is to be done.
            keep_on_failure: leave what was begun, to be resumed or undone by a person; else it is undone at once.
        """
        self._hub.load()  # a Ctrl-C during its import would meet an undo that needs it
        try:
            self._tell(Step("stage", "begin", "Preparing the files"))
            staging = self._store.stage(name, files, asdict(plan))
            self._tell(Step("stage", "done", f"{len(files)} files prepared"))
            return self._run(staging)
        except BaseException as err:
            # A Ctrl-C may come when the claim is made and not yet in our hands, or when all is done.
            found = self._begun(name, plan)
            if found is None:
                self._store.sweep(name)
                if isinstance(err, KeyboardInterrupt) and self._is_published(name, plan):
                    raise KeyboardInterrupt(f"Stopped when all was done: '{name}' is published.") from err
                raise
            if keep_on_failure:
                raise _kept(err, name) from err
            self._undo_after(err, found)
            raise

    def _begun(self, name: str, plan: Plan) -> Staging | None:
        """The staging of this very publication, if there is one."""
        try:
            staging = self._store.staging(name)
        except CatalogError:  # somebody else's, closed just now
            return None
        return staging if staging is not None and staging.publish_id == plan.publish_id else None

    def _is_published(self, name: str, plan: Plan) -> bool:
        try:
            return self._store.read(name).record.publish_id == plan.publish_id
        except CatalogError:
            return False

    def resume(self, staging: Staging) -> Commit:
        """Finish what a stopped process began."""
        staging.take_over()
        if staging.fact("undo") is not None:
            detail = f"'{staging.name}' was being undone: 'huggingnersc undo {staging.name}' completes that."
            raise CatalogError("conflict", detail)
        try:
            return self._run(staging)
        except (CatalogError, KeyboardInterrupt) as err:
            raise _kept(err, staging.name) from err

    def undo(self, staging: Staging) -> None:
        """Remove everything of an unfinished publication; what stood before it stands again."""
        staging.take_over()
        try:
            self._undo(staging)
        except KeyboardInterrupt as err:
            raise _kept(err, staging.name) from err

    def _run(self, staging: Staging) -> Commit:
        plan = Plan.of(staging)
        commit = self._commit(staging, plan, self._repository(staging, plan))
        self._tell(Step("catalog", "begin", "Putting the entry into the catalog"))
        if staging.fact("catalog") is None:
            self._complete_record(staging, commit)
            staging.swap_in()
            self._tell(Step("catalog", "answered", str(staging.final)))
            staging.note("catalog")
        self._tell(Step("catalog", "done", f"Entry '{staging.name}' put into the catalog"))
        staging.close()
        self._store.sweep(staging.name)
        self._tell(Step("close", "done", "Done"))
        return commit

    def _repository(self, staging: Staging, plan: Plan) -> str:
        """The commit that ``main`` of the repository is at before ours."""
        self._tell(Step("repository", "begin", f"Making the repository {plan.repo_id}"))
        fact = staging.fact("repository")
        if fact is None:
            fact = self._existing(plan) if plan.parent or plan.create_pr else None
            fact = fact or self._made(staging, plan)
            staging.note("repository", **fact)
        made = "made" if fact["created"] else "found"
        self._tell(Step("repository", "done", f"Repository {plan.repo_id} {made}"))
        return str(fact["parent"])

    def _existing(self, plan: Plan) -> dict[str, Any] | None:
        if plan.parent:
            return {"created": False, "parent": plan.parent}
        state = self._hub.state(plan.repo_id)
        return {"created": False, "parent": state.sha} if state else None

    def _made(self, staging: Staging, plan: Plan) -> dict[str, Any]:
        asked = staging.fact("repository_asked")
        if asked is None:
            asked = {"moment": time.time()}
            staging.note("repository_asked", **asked)
            before = "made"
        else:
            before = "unsure"
        try:
            made = self._hub.create_repo(plan.repo_id, private=plan.private)
        except CatalogError as err:
            # A refusal means that nothing was made; only a lost answer leaves it open.
            if before == "made":
                staging.note("repository", created=False, parent=None)
            if plan.create_pr and err.code == "forbidden":
                detail = (
                    f"'{plan.repo_id}' is not on the Hub yet, so there is nothing to open a pull request on, and you "
                    "may not make it. Ask an administrator of the organization for an empty dataset repository of that "
                    "name, then try again."
                )
                raise CatalogError("forbidden", detail) from err
            raise
        if made == "made":
            self._tell(Step("repository", "answered", plan.repo_id))
        state = self._hub.state(plan.repo_id)
        unsure = made == "unsure" or (made == "exists" and before == "unsure")
        created = made == "made" or (unsure and state is not None and self._hub.made_since(state, asked["moment"]))
        if state is None:
            detail = f"The Hub took the request for '{plan.repo_id}' but does not show it. Try again later."
            raise CatalogError("upstream", detail)
        if not created:
            staging.note("repository", created=False, parent=None)
            raise CatalogError(
                "conflict",
                f"'{plan.repo_id}' is on the Hub already and is not of this catalog: "
                f"{self._hub.dataset_url(plan.repo_id)}. Choose another nickname, or propose your entry to its owner "
                "as a pull request with --create-pr.",
            )
        return {"created": True, "parent": state.sha}

    def _commit(self, staging: Staging, plan: Plan, parent: str) -> Commit:
        self._tell(Step("commit", "begin", f"Sending {len(plan.hub_files)} files in one commit"))
        commit = self._known_commit(staging, plan)
        if commit is None:
            staging.note("commit_asked")
            commit = self._hub.commit(
                plan.repo_id,
                {name: (staging.files / name).read_bytes() for name in plan.hub_files},
                deleted=plan.deleted,
                title=plan.title,
                publish_id=plan.publish_id,
                parent=parent,
                create_pr=plan.create_pr,
            )
            self._tell(Step("commit", "answered", commit.oid))
        if staging.fact("commit") is None:
            staging.note("commit", **asdict(commit))
        how = f"as pull request {commit.pull_request}" if commit.pull_request else "in one commit"
        self._tell(Step("commit", "done", f"{len(plan.hub_files)} files sent {how}"))
        return commit

    def _known_commit(self, staging: Staging, plan: Plan) -> Commit | None:
        """The commit by the journal, or, where its entry is missing, by the Hub."""
        if fact := staging.fact("commit"):
            return Commit(**{key: fact[key] for key in ("oid", "url", "pull_request", "pull_request_url")})
        if staging.fact("commit_asked") is None:
            return None
        try:
            return self._hub.find_commit(plan.repo_id, plan.publish_id, create_pr=plan.create_pr)
        except CatalogError as err:
            if err.code == "not_found":
                return None
            raise

    def _complete_record(self, staging: Staging, commit: Commit) -> None:
        """Enter into the catalog's record what could not be known before the commit."""
        path = staging.files / RECORD_FILE
        if not path.exists():  # swapped in already
            return
        record = json.loads(path.read_bytes())
        if record["publish_id"] != staging.publish_id:  # swapped in already: this is the former one
            return
        record["revision"] = commit.oid
        if commit.pull_request_url:
            record["pull_request_url"] = commit.pull_request_url
        staging.replace_file(RECORD_FILE, dump_record(record), self._store.modes[1])

    def _undo_after(self, err: BaseException, staging: Staging) -> None:
        """Undo after a failure; say so in the error, or say what is kept where even that fails."""
        try:
            self._undo(staging)
        except Exception as second:  # noqa: BLE001 - whatever it is, what is kept has to be told
            why = second.detail if isinstance(second, CatalogError) else f"{type(second).__name__}: {second}"
            raise _kept(err, staging.name, f" It could not be undone ({why})") from err
        except KeyboardInterrupt as second:
            if not staging.folder.exists():
                raise
            raise _kept(second, staging.name) from err
        if isinstance(err, KeyboardInterrupt):
            raise KeyboardInterrupt("Stopped, and what was begun was taken back. Nothing was left behind.") from err
        if isinstance(err, CatalogError) and "Nothing was made" not in err.detail:
            raise CatalogError(err.code, f"{err.detail} Nothing was left behind.", err.fields) from err

    def _undo(self, staging: Staging) -> None:
        self._tell(Step("undo", "begin", f"Taking back what was begun of '{staging.name}'"))
        staging.note("undo")
        plan = Plan.of(staging)
        repository = staging.fact("repository")
        if repository is not None or staging.fact("repository_asked") is not None:
            self._undo_on_hub(staging, plan, repository)
        staging.swap_out()
        staging.close()
        self._store.sweep(staging.name)
        self._tell(Step("undo", "done", "Taken back what was begun; nothing was left behind"))

    def _undo_on_hub(self, staging: Staging, plan: Plan, repository: Mapping[str, Any] | None) -> None:
        if repository is None:  # asked for, and the answer was lost
            asked = staging.fact("repository_asked") or {}
            state = self._hub.state(plan.repo_id)
            while state is None and time.time() - float(asked["moment"]) < IN_FLIGHT_SECONDS:
                time.sleep(0.5)
                state = self._hub.state(plan.repo_id)
            if state is not None and self._hub.made_since(state, float(asked["moment"])):
                self._hub.delete_repo(plan.repo_id)
            return
        commit = self._known_commit(staging, plan)
        if repository["created"]:
            state = self._hub.state(plan.repo_id)
            if state is not None:
                _require_untouched(state, plan, repository["parent"], commit)
                self._hub.delete_repo(plan.repo_id)
        elif commit is not None and commit.pull_request is not None:
            self._hub.close_pull_request(plan.repo_id, commit.pull_request)
        elif commit is not None:
            self._revert(plan, str(repository["parent"]), commit)

    def _revert(self, plan: Plan, parent: str, commit: Commit) -> None:
        state = self._hub.state(plan.repo_id)
        if state is None:
            return
        undo_id = f"undo-{plan.publish_id}"
        if self._hub.find_commit(plan.repo_id, undo_id):
            return
        _require_untouched(state, plan, parent, commit)
        before = {path: self._hub.read_file(plan.repo_id, path, parent) for path in (*plan.hub_files, *plan.deleted)}
        self._hub.commit(
            plan.repo_id,
            {path: content for path, content in before.items() if content is not None},
            deleted=[path for path, content in before.items() if content is None],
            title=f"Undo: {plan.title}",
            publish_id=undo_id,
            parent=commit.oid,
        )


def _require_untouched(state: RepoState, plan: Plan, parent: str | None, commit: Commit | None) -> None:
    if state.sha not in (parent, commit.oid if commit else None):
        raise CatalogError(
            "conflict",
            f"Somebody has changed '{plan.repo_id}' on the Hub since: it is not undone. Everything is kept; mend it "
            "there by hand, or resume.",
        )


def _kept(err: BaseException, name: str, more: str = "") -> BaseException:
    """The error with what is kept and what to do; a Ctrl-C stays one, its sentence is its argument."""
    kept = (
        f"{more} What was prepared is kept: 'huggingnersc resume {name}' goes on with it, 'huggingnersc undo {name}' "
        "removes it."
    )
    if isinstance(err, CatalogError):
        return CatalogError(err.code, err.detail + kept, err.fields)
    if isinstance(err, KeyboardInterrupt):
        return KeyboardInterrupt(f"Stopped before it was done.{kept}")
    return CatalogError("unexpected", f"An error of this program: {type(err).__name__}: {err}.{kept}")
