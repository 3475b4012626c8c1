"""Publishing, all or nothing: every step is journaled, repeatable, and can be undone.

The steps are ``stage`` (claim the name, write all files), ``repository`` (create it, or find it), ``commit``
(everything in one), ``catalog`` (one rename) and ``close``. A journal entry follows each of the Hub's responses. After
a crash between the two, the repository is identified because it is empty and recent, the commit by the publish id in
its description, and the catalog folder by the publish id in its record, so that resuming ends with one repository, one
commit and one record.
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
    """Carries out plans for one store and one Hub.

    Args:
        store: the catalog.
        hub: the Hub.
        on_step: called with every step.
    """

    def __init__(self, store: Store, hub: Hub, on_step: OnStep | None = None) -> None:
        self._store = store
        self._hub = hub
        self._on_step = on_step or (lambda _: None)

    def publish(self, planned: Planned, *, keep_on_failure: bool = False) -> Commit:
        """Publish an entry.

        Args:
            planned: the plan.
            keep_on_failure: leave the steps done so far, for the user to resume or undo; otherwise, and if the request
            was refused, so that trying again would fail as well, they are undone at once.
        """
        plan, files, name = planned.plan, planned.files, planned.change.name
        if plan is None:
            raise CatalogError("unexpected", f"There is nothing to publish when retiring '{name}'.")
        self._hub.load()  # after a Ctrl-C during its import, the undo would need it
        staging = None
        try:
            self._on_step(Step("stage", "begin", "Preparing the files"))
            staging = self._store.stage(name, files, asdict(plan))
            if self._store.etag(name) != planned.replaces:
                staging.close()
                what = "was added to the catalog" if planned.replaces is None else "was changed by somebody else"
                hint = Hint("edit_instead" if planned.replaces is None else "look_again", name)
                raise CatalogError("conflict", f"'{name}' {what} just now. Nothing was overwritten.", hints=[hint])
            self._on_step(Step("stage", "done", f"{len(files)} files prepared"))
            return self._run(staging)
        except BaseException as err:
            # Ctrl-C may arrive after the claim is made but before we have it, or when everything is done.
            found = self._begun(name, plan, staging)
            if found is None:
                self._store.sweep(name)
                if isinstance(err, KeyboardInterrupt) and self._is_published(name, plan):
                    raise KeyboardInterrupt(f"Stopped after the last step: '{name}' is published.") from err
                raise
            with _released(found):
                if keep_on_failure and not _is_refusal(err):
                    raise _kept(err, found) from err
                self._undo_after(err, found)
            raise

    def _begun(self, name: str, plan: Plan, staging: Staging | None) -> Staging | None:
        """The staging of this very publication, if it still exists; not one that others put in its place."""
        if staging is not None:
            return staging if staging.is_there else None
        try:
            return self._store.regain(name, plan.publish_id)
        except CatalogError:  # somebody else's, just closed
            return None

    def _is_published(self, name: str, plan: Plan) -> bool:
        try:
            return self._store.read(name).record.publish_id == plan.publish_id
        except CatalogError:
            return False

    def resume(self, staged: Staged, *, seen: str | None = None) -> Commit:
        """Finish an interrupted publication.

        Args:
            staged: the publication.
            seen: the etag with which the user agreed to it, if it is somebody else's.
        """
        staging = self._store.take_over(staged, seen=seen)
        with _released(staging):
            try:
                stop_undo(staging, self._hub)
                return self._run(staging)
            except (CatalogError, KeyboardInterrupt) as err:
                raise _kept(err, staging) from err

    def undo(self, staged: Staged, *, seen: str | None = None) -> None:
        """Undo an unfinished publication, restoring the previous state.

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
        undo(staging, self._store, self._hub, self._on_step)

    def _run(self, staging: Staging) -> Commit:
        plan = Plan.of(staging)
        parent = self._repository(staging, plan)
        self._visibility(staging, plan)
        commit = self._commit(staging, plan, parent)
        self._on_step(Step("catalog", "begin", "Adding the entry to the catalog"))
        if staging.fact("catalog") is None:
            self._complete_record(staging, commit)
            staging.swap_in()
            self._on_step(Step("catalog", "answered", str(staging.final)))
            staging.note("catalog")
        self._on_step(Step("catalog", "done", f"Entry '{staging.name}' added to the catalog"))
        staging.close()
        self._store.sweep(staging.name)
        self._on_step(Step("close", "done", "Done"))
        return commit

    def _repository(self, staging: Staging, plan: Plan) -> str:
        """The commit of ``main`` that ours follows."""
        self._on_step(Step("repository", "begin", f"Creating the repository {plan.repo_id}"))
        fact = staging.fact("repository")
        if not fact:
            fact = self._existing(plan) if plan.parent or plan.create_pr else None
            fact = fact or self._made(staging, plan)
            staging.note("repository", **fact)
        elif fact["created"] and staging.fact("commit") is None:
            require_fillable(self._hub, plan.repo_id, fact["parent"])
        made = "made" if fact["created"] else "found"
        self._on_step(Step("repository", "done", f"Repository {plan.repo_id} {made}"))
        return str(fact["parent"])

    def _existing(self, plan: Plan) -> dict[str, Any] | None:
        if plan.parent:
            return {"created": False, "parent": plan.parent}
        state = self._hub.state(plan.repo_id)
        return {"created": False, "parent": state.sha} if state else None

    def _made(self, staging: Staging, plan: Plan) -> dict[str, Any]:
        if state := made_repository(staging, plan, self._hub):  # the response was lost in a crash
            return {"created": True, "parent": state.sha}
        asked = staging.fact("repository_asked") or {"moment": None}
        moment = time.time()
        staging.note("repository_asked", moment=moment)
        try:
            made = self._hub.create_repo(plan.repo_id, private=plan.private)
        except CatalogError as err:
            # A refusal means that nothing was created; only a lost response leaves it open.
            staging.note("repository_asked", **asked)
            if plan.create_pr and err.code == "forbidden":
                detail = (
                    f"'{plan.repo_id}' is not on the Hub yet, so no pull request can be opened, and you may not create "
                    "it. Ask an administrator of the organization for an empty dataset repository of that name, then "
                    "try again."
                )
                raise CatalogError("forbidden", detail) from err
            raise
        except BaseException:
            with suppress(CatalogError):
                staging.note("repository_asked", moment=moment, until=time.time())
            raise
        if made == "made":
            self._on_step(Step("repository", "answered", plan.repo_id))
        state = self._hub.state(plan.repo_id)
        if state is None:
            detail = f"The Hub accepted the request for '{plan.repo_id}' but does not show it. Try again later."
            raise CatalogError("upstream", detail)
        # Of two requests that may have created it, the one before a crash counts for an existing repository.
        wished = {"made": time.time(), "unsure": moment, "exists": asked["moment"]}[made]
        if made == "made" or (wished is not None and state.was_made_about(wished)):
            return {"created": True, "parent": state.sha}
        staging.note("repository_asked", moment=None)
        raise CatalogError(
            "conflict",
            f"'{plan.repo_id}' is already on the Hub and does not belong to this catalog: "
            f"{self._hub.dataset_url(plan.repo_id)}.",
            hints=[Hint("adopt_or_propose", plan.repo_id.partition("/")[2])],
        )

    def _visibility(self, staging: Staging, plan: Plan) -> None:
        """Change the repository's visibility before anything new is in it."""
        if plan.was_private is None or staging.fact("visibility") is not None:
            return
        staging.note("visibility_asked")
        self._hub.set_private(plan.repo_id, plan.private)
        self._on_step(Step("repository", "answered", plan.repo_id))
        staging.note("visibility")

    def _commit(self, staging: Staging, plan: Plan, parent: str) -> Commit:
        self._on_step(Step("commit", "begin", f"Sending {len(plan.hub_files)} files in one commit"))
        # The Hub refuses a second commit on the same parent, but not a second pull request.
        commit = sent_commit(staging, plan, self._hub, wait=plan.create_pr)
        if commit is None:
            commit = self._sent(staging, plan, parent)
            self._on_step(Step("commit", "answered", commit.oid))
        if not staging.fact("commit"):
            staging.note("commit", **asdict(commit))
        how = f"as pull request {commit.pull_request}" if commit.pull_request else "in one commit"
        self._on_step(Step("commit", "done", f"{len(plan.hub_files)} files sent {how}"))
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
        """Add the values to the catalog's record that were unknown before the commit."""
        content = staging.record()
        if content is None:  # already swapped in
            return
        try:
            record = json.loads(content)
            if record["publish_id"] != staging.publish_id:  # already swapped in: this is the previous one
                return
        except (ValueError, LookupError, TypeError, RecursionError) as err:
            detail = f"The prepared record of '{staging.name}' is damaged: {err}."
            raise CatalogError("conflict", detail) from err
        record["revision"] = commit.oid
        if commit.pull_request_url:
            record["pull_request_url"] = commit.pull_request_url
        staging.replace_file(RECORD_FILE, dump_record(record))

    def _undo_after(self, err: BaseException, staging: Staging) -> None:
        """Undo after a failure; the error says so, or says what was kept if undoing fails as well."""
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
            raise KeyboardInterrupt("Stopped; the steps already done were undone. Nothing was left behind.") from err
        if isinstance(err, CatalogError) and "Nothing was created" not in err.detail:
            raise CatalogError(err.code, f"{err.detail} Nothing was left behind.", err.fields, err.hints) from err


def _contents(staging: Staging, plan: Plan) -> dict[str, bytes]:
    """The prepared files to send to the Hub."""
    if missing := sorted(set(plan.hub_files) - staging.contents.keys()):
        detail = f"The prepared files of '{staging.name}' are missing: {', '.join(missing)}. Nothing was sent."
        raise CatalogError("conflict", detail)
    return {name: staging.contents[name] for name in plan.hub_files}


@contextmanager
def _released(staging: Staging) -> Iterator[None]:
    """Within, this process owns the publication; afterwards, others may take over what is left of it."""
    try:
        yield
    finally:
        staging.release()


def _is_refusal(err: BaseException) -> bool:
    return isinstance(err, CatalogError) and err.code in ("forbidden", "conflict", "not_found", "invalid_record")


def _kept(err: BaseException, staging: Staging, more: str = "") -> BaseException:
    """The error with what was kept and what to do; a Ctrl-C stays a Ctrl-C, with the sentence as its argument."""
    hint = Hint("resume_or_undo" if is_resumable(staging) else "remove", staging.name)
    return _with(err, f"{more} The prepared files were kept.", hint)


def _left(err: BaseException, name: str) -> BaseException:
    """The error of an undo, with what to do."""
    return _with(err, f" '{name}' is not undone yet.", Hint("undo", name))


def _with(err: BaseException, kept: str, hint: Hint) -> BaseException:
    if isinstance(err, CatalogError):
        return CatalogError(err.code, err.detail + kept, err.fields, (*err.hints, hint))
    if isinstance(err, KeyboardInterrupt):
        return KeyboardInterrupt(f"Stopped before it was finished.{kept} {hint.sentence('cli')}")
    detail = f"Internal error: {type(err).__name__}: {err}.{kept}"
    return CatalogError("unexpected", detail, hints=[hint])
