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
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from typing import Any

from huggingnersc_lab.catalog.publish.plan import OnStep, Plan, Step
from huggingnersc_lab.catalog.publish.planned import Planned
from huggingnersc_lab.catalog.publish.recovery import made_repository, sent_commit
from huggingnersc_lab.catalog.publish.repository import require_fillable
from huggingnersc_lab.catalog.publish.undo import is_resumable, stop_undo, undo
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hints import Hint
from huggingnersc_lab.hub import Commit, Hub
from huggingnersc_lab.hub.deadline import budget
from huggingnersc_lab.record.model import dump_record
from huggingnersc_lab.store import RECORD_FILE, Store
from huggingnersc_lab.store.staged import Staged
from huggingnersc_lab.store.staging import Staging

__all__ = ["OnStep", "Plan", "Publisher", "Step"]


class Publisher:
    """Carries plans out, between one store and one Hub.

    Args:
        store: the catalog.
        hub: the Hub.
        on_step: told of every step.
    """

    def __init__(self, store: Store, hub: Hub, on_step: OnStep | None = None) -> None:
        self._store = store
        self._hub = hub
        self._tell = on_step or (lambda _: None)

    def publish(self, planned: Planned, *, keep_on_failure: bool = False) -> Commit:
        """Publish an entry.

        Args:
            planned: what is to be done.
            keep_on_failure: leave what was begun, to be resumed or undone by a person; else, and after a refusal, which
                trying again would only repeat, it is undone at once.
        """
        plan, files, name = planned.plan, planned.files, planned.change.name
        if plan is None:
            raise CatalogError("unexpected", f"There is nothing to publish in retiring '{name}'.")
        self._hub.load()  # a Ctrl-C during its import would meet an undo that needs it
        staging = None
        try:
            self._tell(Step("stage", "begin", "Preparing the files"))
            staging = self._store.stage(name, files, asdict(plan))
            if self._store.etag(name) != planned.replaces:
                staging.close()
                what = "came into the catalog" if planned.replaces is None else "was changed by somebody else"
                hint = Hint("edit_instead" if planned.replaces is None else "look_again", name)
                raise CatalogError("conflict", f"'{name}' {what} just now. Nothing was overwritten.", hints=[hint])
            self._tell(Step("stage", "done", f"{len(files)} files prepared"))
            return self._run(staging)
        except BaseException as err:
            # A Ctrl-C may come when the claim is made and not yet in our hands, or when all is done.
            found = self._begun(name, plan, staging)
            if found is None:
                self._store.sweep(name)
                if isinstance(err, KeyboardInterrupt) and self._is_published(name, plan):
                    raise KeyboardInterrupt(f"Stopped when all was done: '{name}' is published.") from err
                raise
            with _released(found):
                if keep_on_failure and not _is_refusal(err):
                    raise _kept(err, found) from err
                self._undo_after(err, found)
            raise

    def _begun(self, name: str, plan: Plan, staging: Staging | None) -> Staging | None:
        """The staging of this very publication, if it is still there; what others put in its place is none."""
        if staging is not None:
            return staging if staging.is_there else None
        try:
            return self._store.regain(name, plan.publish_id)
        except CatalogError:  # somebody else's, closed just now
            return None

    def _is_published(self, name: str, plan: Plan) -> bool:
        try:
            return self._store.read(name).record.publish_id == plan.publish_id
        except CatalogError:
            return False

    def resume(self, staged: Staged, *, seen: str | None = None) -> Commit:
        """Finish what a stopped process began.

        Args:
            staged: the publication.
            seen: its etag when a person said yes to it, where it is somebody else's.
        """
        staging = self._store.take_over(staged, seen=seen)
        with _released(staging):
            try:
                stop_undo(staging, self._hub)
                return self._run(staging)
            except (CatalogError, KeyboardInterrupt) as err:
                raise _kept(err, staging) from err

    def undo(self, staged: Staged, *, seen: str | None = None) -> None:
        """Remove everything of an unfinished publication; what stood before it stands again.

        Args:
            staged: the publication.
            seen: see :meth:`resume`.
        """
        staging = self._store.take_over(staged, seen=seen)
        with _released(staging):
            try:
                self._undo(staging)
            except (CatalogError, KeyboardInterrupt) as err:
                raise _left(err, staging.name) from err

    def _undo(self, staging: Staging) -> None:
        undo(staging, self._store, self._hub, self._tell)

    def _run(self, staging: Staging) -> Commit:
        plan = Plan.of(staging)
        parent = self._repository(staging, plan)
        self._visibility(staging, plan)
        commit = self._commit(staging, plan, parent)
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
        if not fact:
            fact = self._existing(plan) if plan.parent or plan.create_pr else None
            fact = fact or self._made(staging, plan)
            staging.note("repository", **fact)
        elif fact["created"] and staging.fact("commit") is None:
            require_fillable(self._hub, plan.repo_id, fact["parent"])
        made = "made" if fact["created"] else "found"
        self._tell(Step("repository", "done", f"Repository {plan.repo_id} {made}"))
        return str(fact["parent"])

    def _existing(self, plan: Plan) -> dict[str, Any] | None:
        if plan.parent:
            return {"created": False, "parent": plan.parent}
        state = self._hub.state(plan.repo_id)
        return {"created": False, "parent": state.sha} if state else None

    def _made(self, staging: Staging, plan: Plan) -> dict[str, Any]:
        if state := made_repository(staging, plan, self._hub):  # the answer was lost in a crash
            return {"created": True, "parent": state.sha}
        asked = staging.fact("repository_asked") or {"moment": None}
        moment = time.time()
        staging.note("repository_asked", moment=moment)
        try:
            made = self._hub.create_repo(plan.repo_id, private=plan.private)
        except CatalogError as err:
            # A refusal means that nothing was made; only a lost answer leaves it open.
            staging.note("repository_asked", **asked)
            if plan.create_pr and err.code == "forbidden":
                detail = (
                    f"'{plan.repo_id}' is not on the Hub yet, so there is nothing to open a pull request on, and you "
                    "may not make it. Ask an administrator of the organization for an empty dataset repository of that "
                    "name, then try again."
                )
                raise CatalogError("forbidden", detail) from err
            raise
        except BaseException:
            with suppress(CatalogError):
                staging.note("repository_asked", moment=moment, until=time.time())
            raise
        if made == "made":
            self._tell(Step("repository", "answered", plan.repo_id))
        state = self._hub.state(plan.repo_id)
        if state is None:
            detail = f"The Hub took the request for '{plan.repo_id}' but does not show it. Try again later."
            raise CatalogError("upstream", detail)
        # Of two wishes that may have made it, the one before a crash counts for what was there already.
        wished = {"made": time.time(), "unsure": moment, "exists": asked["moment"]}[made]
        if made == "made" or (wished is not None and state.was_made_about(wished)):
            return {"created": True, "parent": state.sha}
        staging.note("repository_asked", moment=None)
        raise CatalogError(
            "conflict",
            f"'{plan.repo_id}' is on the Hub already and is not of this catalog: "
            f"{self._hub.dataset_url(plan.repo_id)}.",
            hints=[Hint("adopt_or_propose", plan.repo_id.partition("/")[2])],
        )

    def _visibility(self, staging: Staging, plan: Plan) -> None:
        """Change who sees the repository before anything new is in it."""
        if plan.was_private is None or staging.fact("visibility") is not None:
            return
        staging.note("visibility_asked")
        self._hub.set_private(plan.repo_id, plan.private)
        self._tell(Step("repository", "answered", plan.repo_id))
        staging.note("visibility")

    def _commit(self, staging: Staging, plan: Plan, parent: str) -> Commit:
        self._tell(Step("commit", "begin", f"Sending {len(plan.hub_files)} files in one commit"))
        # A second commit on the same parent is refused, a second pull request is not.
        commit = sent_commit(staging, plan, self._hub, wait=plan.create_pr)
        if commit is None:
            commit = self._sent(staging, plan, parent)
            self._tell(Step("commit", "answered", commit.oid))
        if not staging.fact("commit"):
            staging.note("commit", **asdict(commit))
        how = f"as pull request {commit.pull_request}" if commit.pull_request else "in one commit"
        self._tell(Step("commit", "done", f"{len(plan.hub_files)} files sent {how}"))
        return commit

    def _sent(self, staging: Staging, plan: Plan, parent: str) -> Commit:
        staging.note("commit_asked", moment=time.time())
        try:
            return self._hub.commit(
                plan.repo_id,
                _contents(staging, plan),
                deleted=plan.deleted,
                title=plan.title,
                publish_id=plan.publish_id,
                parent=parent,
                create_pr=plan.create_pr,
            )
        except BaseException as err:
            refused = isinstance(err, CatalogError) and err.code != "upstream"
            with suppress(CatalogError):
                staging.note("commit_asked", moment=None if refused else time.time())
            raise

    def _complete_record(self, staging: Staging, commit: Commit) -> None:
        """Enter into the catalog's record what could not be known before the commit."""
        content = staging.record()
        if content is None:  # swapped in already
            return
        try:
            record = json.loads(content)
            if record["publish_id"] != staging.publish_id:  # swapped in already: this is the former one
                return
        except (ValueError, LookupError, TypeError, RecursionError) as err:
            detail = f"The record of '{staging.name}' that was prepared is damaged: {err}."
            raise CatalogError("conflict", detail) from err
        record["revision"] = commit.oid
        if commit.pull_request_url:
            record["pull_request_url"] = commit.pull_request_url
        staging.replace_file(RECORD_FILE, dump_record(record))

    def _undo_after(self, err: BaseException, staging: Staging) -> None:
        """Undo after a failure; say so in the error, or say what is kept where even that fails."""
        try:
            with budget(self._hub.policy.undo):
                self._undo(staging)
        except Exception as second:  # noqa: BLE001 - whatever it is, what is kept has to be told
            why = second.detail if isinstance(second, CatalogError) else f"{type(second).__name__}: {second}"
            raise _kept(err, staging, f" It could not be undone ({why.rstrip('.')}).") from err
        except KeyboardInterrupt as second:
            if not staging.is_there:
                raise
            raise _kept(second, staging) from err
        if isinstance(err, KeyboardInterrupt):
            raise KeyboardInterrupt("Stopped, and what was begun was taken back. Nothing was left behind.") from err
        if isinstance(err, CatalogError) and "Nothing was made" not in err.detail:
            raise CatalogError(err.code, f"{err.detail} Nothing was left behind.", err.fields, err.hints) from err


def _contents(staging: Staging, plan: Plan) -> dict[str, bytes]:
    """What goes to the Hub, as it was prepared."""
    if missing := sorted(set(plan.hub_files) - staging.contents.keys()):
        detail = (
            f"Of what was prepared of '{staging.name}' there is no {', '.join(missing)} any more. Nothing was sent."
        )
        raise CatalogError("conflict", detail)
    return {name: staging.contents[name] for name in plan.hub_files}


@contextmanager
def _released(staging: Staging) -> Iterator[None]:
    """Within, this process works on a publication; then whoever wants may take over what is left of it."""
    try:
        yield
    finally:
        staging.release()


def _is_refusal(err: BaseException) -> bool:
    return isinstance(err, CatalogError) and err.code in ("forbidden", "conflict", "not_found", "invalid_record")


def _kept(err: BaseException, staging: Staging, more: str = "") -> BaseException:
    """The error with what is kept and what to do; a Ctrl-C stays one, its sentence is its argument."""
    hint = Hint("resume_or_undo" if is_resumable(staging) else "remove", staging.name)
    return _with(err, f"{more} What was prepared is kept.", hint)


def _left(err: BaseException, name: str) -> BaseException:
    """The error of an undo, with what to do."""
    return _with(err, f" '{name}' is not undone yet.", Hint("undo", name))


def _with(err: BaseException, kept: str, hint: Hint) -> BaseException:
    if isinstance(err, CatalogError):
        return CatalogError(err.code, err.detail + kept, err.fields, (*err.hints, hint))
    if isinstance(err, KeyboardInterrupt):
        return KeyboardInterrupt(f"Stopped before it was done.{kept} {hint.sentence('cli')}")
    detail = f"An error of this program: {type(err).__name__}: {err}.{kept}"
    return CatalogError("unexpected", detail, hints=[hint])
