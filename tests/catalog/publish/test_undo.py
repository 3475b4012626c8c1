"""Taking back what was begun, as journal and Hub tell of it; crashes on the way are in ``scenarios``."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import datetime, timezone
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from huggingnersc_lab.catalog.publish import recovery
from huggingnersc_lab.catalog.publish.plan import Plan
from huggingnersc_lab.catalog.publish.undo import is_resumable, stop_undo, undo
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hub import Commit, Hub, RepoState
from huggingnersc_lab.store import Store
from huggingnersc_lab.store.staging import Staging

NOW = 1_800_000_000.0
PARENT, SENT, OTHER = "0a" * 20, "1b" * 20, "2c" * 20
PLAN = Plan(
    "1", "NERSC/sky", "https://huggingface.co", "Update sky", ("README.md", "new.py"), "sky", deleted=("old.py",)
)
COMMIT = {"oid": SENT, "url": "https://huggingface.co/x", "pull_request": None, "pull_request_url": None}
OURS = json.dumps({"name": "sky", "publish_id": "1"}).encode()


class StubHub:
    """A Hub with one repository: its commits, the newest first, and files by revision and path."""

    url = "https://huggingface.co"

    def __init__(self, *commits: str, files: dict[str, bytes] | None = None, is_empty: bool = False) -> None:
        self.commits = list(commits)
        self.files = files or {}
        self.is_empty = is_empty
        self.undone = False
        self.private = False
        self.open = {7}
        self.done: list[Any] = []

    def state(self, repo_id: str) -> RepoState | None:
        assert repo_id == "NERSC/sky"
        names = (".gitattributes",) if self.is_empty else (".gitattributes", "README.md")
        made = datetime.fromtimestamp(NOW, timezone.utc)
        return RepoState(self.commits[0], names, made, self.private) if self.commits else None

    def revisions(self, repo_id: str, most: int) -> list[Any]:
        return [SimpleNamespace(sha=sha) for sha in self.commits[:most]]

    def find_commit(self, repo_id: str, publish_id: str, *, create_pr: bool = False) -> Commit | None:
        if publish_id == "undo-1":
            return Commit(OTHER, "") if self.undone else None
        return Commit("".join([*SENT]), "") if SENT in self.commits else None

    def read_file(self, repo_id: str, path: str, revision: str) -> bytes | None:
        return self.files.get(f"{revision}:{path}")

    def delete_repo(self, repo_id: str) -> None:
        self.done.append("delete")
        self.commits = []

    def commit(self, repo_id: str, files: dict[str, bytes], **options: Any) -> None:
        self.done.append((files, options))

    def set_private(self, repo_id: str, private: bool) -> None:
        self.done.append(("private", private))

    def is_pull_request_open(self, repo_id: str, number: int) -> bool:
        return number in self.open

    def close_pull_request(self, repo_id: str, number: int) -> None:
        self.done.append(("close", number))


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recovery, "IN_FLIGHT_SECONDS", 0)


class World:
    """A catalog with an unfinished publication."""

    def __init__(self, root: Path, plan: Plan = PLAN) -> None:
        self.store = Store(root, 0o755, 0o644)
        self.staging: Staging = self.store.stage("sky", {"record.json": OURS}, asdict(plan))
        self.steps: list[tuple[str, str]] = []

    def journal(self, **steps: dict[str, Any]) -> None:
        for step, facts in steps.items():
            self.staging.note(step, **facts)

    def undo(self, hub: StubHub) -> None:
        undo(self.staging, self.store, cast("Hub", hub), lambda step: self.steps.append((step.name, step.phase)))

    def stop(self, hub: StubHub) -> None:
        stop_undo(self.staging, cast("Hub", hub))

    @property
    def is_clean(self) -> bool:
        return list(self.store.root.iterdir()) == []

    def refuses(self, hub: StubHub, words: str) -> None:
        with pytest.raises(CatalogError, match=words) as refused:
            self.undo(hub)
        assert refused.value.code == "conflict"
        assert (hub.done, self.is_clean) == ([], False)
        assert self.staging.fact("undo") is None  # nothing may have been taken back: it can be resumed


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


CREATED = {"created": True, "parent": PARENT}
FOUND = {"created": False, "parent": PARENT}


def test_before_the_hub_was_asked_the_disk_alone_is_cleared(world: World) -> None:
    hub = StubHub(OTHER)
    world.undo(hub)
    assert (hub.done, world.is_clean) == ([], True)
    assert world.steps == [("undo", "begin"), ("undo", "done")]


def test_a_repository_that_was_made_without_an_answer_goes(world: World) -> None:
    world.journal(repository_asked={"moment": NOW})
    hub = StubHub(PARENT, is_empty=True)
    world.undo(hub)
    assert (hub.done, world.is_clean) == (["delete"], True)


@pytest.mark.parametrize("is_sent", [False, True])
def test_our_repository_goes(world: World, is_sent: bool) -> None:
    world.journal(repository=CREATED)
    hub = StubHub(PARENT, is_empty=True)
    if is_sent:
        world.journal(commit=COMMIT)
        hub = StubHub(SENT, PARENT, files={"main:record.json": OURS})
    world.undo(hub)
    assert (hub.done, world.is_clean) == (["delete"], True)


@pytest.mark.parametrize("answers", range(6))
def test_our_repository_goes_whenever_the_commit_arrives(
    answers: int, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The request was on its way when the process was stopped: it is carried out after so many answers of the Hub."""
    world.journal(repository=CREATED, commit_asked={"moment": NOW})
    hub = StubHub(PARENT, files={"main:record.json": OURS}, is_empty=True)

    def arrives_after(method: Any) -> Any:
        def answer(*arguments: Any, **options: Any) -> Any:
            nonlocal answers
            if answers == 0 and hub.commits == [PARENT]:
                hub.commits, hub.is_empty = [SENT, PARENT], False
            answers -= 1
            return method(*arguments, **options)

        return answer

    for name in ("state", "find_commit", "revisions", "read_file", "delete_repo"):
        monkeypatch.setattr(hub, name, arrives_after(getattr(hub, name)))
    world.undo(hub)
    assert (hub.done, world.is_clean) == (["delete"], True)


@pytest.mark.parametrize(
    ("commits", "record", "words"),
    [
        ((OTHER, SENT, PARENT), OURS, "Somebody has changed"),
        ((SENT, OTHER, PARENT), OURS, "contains more than the publication"),
        ((SENT, PARENT, OTHER), OURS, "contains more than the publication"),
        ((SENT, PARENT), b'{"name": "moon", "publish_id": "1"}', "contains more than the publication"),
        ((SENT, PARENT), b'{"name": "sky", "publish_id": "2"}', "contains more than the publication"),
        ((SENT, PARENT), b"", "contains more than the publication"),
    ],
)
def test_a_repository_that_others_changed_is_not_deleted(
    world: World, commits: tuple[str, ...], record: bytes, words: str
) -> None:
    world.journal(repository=CREATED, commit=COMMIT)
    world.refuses(StubHub(*commits, files={"main:record.json": record}), words)


@pytest.mark.parametrize("hub", [StubHub(), StubHub(OTHER, PARENT)])
def test_where_nothing_of_ours_is_there_nothing_is_deleted(world: World, hub: StubHub) -> None:
    world.journal(repository=CREATED)
    world.undo(hub)
    assert (hub.done, world.is_clean) == ([], True)


def before(**files: bytes) -> dict[str, bytes]:
    return {f"{PARENT}:{path}": content for path, content in {"README.md": b"card", "old.py": b"x", **files}.items()}


def test_a_commit_is_reverted_by_another(world: World) -> None:
    world.journal(repository=FOUND, commit=COMMIT)
    hub = StubHub(SENT, PARENT, files=before())
    world.undo(hub)
    [(files, options)] = hub.done
    assert files == {"README.md": b"card", "old.py": b"x"}
    assert options == {"deleted": ["new.py"], "title": "Undo: Update sky", "publish_id": "undo-1", "parent": SENT}
    assert world.is_clean


@pytest.mark.parametrize("is_gone", [False, True])
def test_what_was_reverted_before_is_not_reverted_again(world: World, is_gone: bool) -> None:
    world.journal(repository=FOUND, commit=COMMIT)
    hub = StubHub() if is_gone else StubHub(OTHER, SENT, PARENT)
    hub.undone = True
    world.undo(hub)
    assert (hub.done, world.is_clean) == ([], True)


@pytest.mark.parametrize(
    ("commits", "words"),
    [((OTHER, SENT, PARENT), "Somebody has changed"), ((SENT, OTHER, PARENT), "does not match the changes recorded")],
)
def test_a_commit_that_others_followed_is_not_reverted(world: World, commits: tuple[str, ...], words: str) -> None:
    world.journal(repository=FOUND, commit=COMMIT)
    world.refuses(StubHub(*commits, files=before()), words)


def test_a_journal_that_names_a_commit_of_others_reverts_nothing(world: World) -> None:
    world.journal(repository=FOUND, commit=COMMIT | {"oid": OTHER})
    world.refuses(StubHub(OTHER, PARENT, files=before()), "does not match the changes recorded")


def test_a_pull_request_is_closed(world: World) -> None:
    world.journal(repository=FOUND, commit=COMMIT | {"pull_request": 7})
    hub = StubHub(PARENT, files={"refs/pr/7:record.json": OURS})
    world.undo(hub)
    assert (hub.done, world.is_clean) == ([("close", 7)], True)


def test_a_pull_request_of_others_is_not_closed(world: World) -> None:
    world.journal(repository=FOUND, commit=COMMIT | {"pull_request": 7})
    world.refuses(StubHub(PARENT, files={"refs/pr/7:record.json": b"{}"}), "is not the one that proposes")


@pytest.mark.parametrize("is_asked", [False, True])
def test_who_sees_it_is_put_back(tmp_path: Path, is_asked: bool) -> None:
    world = World(tmp_path, replace(PLAN, private=True, was_private=False))
    world.journal(repository=FOUND, **({"visibility_asked": {}} if is_asked else {}))
    hub = StubHub(PARENT)
    world.undo(hub)
    assert hub.done == ([("private", False)] if is_asked else [])


def test_a_publication_that_was_never_taken_back_goes_on(world: World) -> None:
    assert is_resumable(world.staging)
    world.stop(StubHub())
    assert world.staging.fact("undo") is None


def test_an_undo_that_did_nothing_yet_can_be_stopped(world: World) -> None:
    world.journal(repository=CREATED, undo={})
    assert is_resumable(world.staging)
    world.stop(StubHub(PARENT, is_empty=True))
    assert world.staging.fact("undo") == {"stopped": True}
    assert world.staging.fact("repository") == CREATED


def test_a_repository_that_is_gone_is_made_anew(world: World) -> None:
    world.journal(repository=CREATED, commit=COMMIT, undo={})
    world.stop(StubHub())
    facts = world.staging.facts
    assert ("repository" in facts, "commit" in facts) == (False, False)
    assert facts["repository_asked"] == {"moment": None}


def test_one_that_was_put_into_the_catalog_is_not_made_anew(world: World) -> None:
    world.journal(repository=CREATED, commit=COMMIT, catalog={}, undo={})
    assert not is_resumable(world.staging)
    with pytest.raises(CatalogError, match="already partly undone"):
        world.stop(StubHub())


@pytest.mark.parametrize("is_undone", [False, True])
def test_a_commit_that_was_reverted_cannot_be_resumed(world: World, is_undone: bool) -> None:
    world.journal(repository=FOUND, commit=COMMIT, undo={})
    assert not is_resumable(world.staging)  # whatever became of it
    hub = StubHub(SENT, PARENT)
    hub.undone = is_undone
    if not is_undone:
        world.stop(hub)
        assert world.staging.fact("undo") == {"stopped": True}
        return
    with pytest.raises(CatalogError) as refused:
        world.stop(hub)
    assert [hint.key for hint in refused.value.hints] == ["undo"]


@pytest.mark.parametrize("is_open", [True, False])
def test_a_proposal_that_was_closed_cannot_be_resumed(world: World, is_open: bool) -> None:
    world.journal(repository=FOUND, commit=COMMIT | {"pull_request": 7}, undo={})
    hub = StubHub(PARENT)
    hub.open = {7} if is_open else set()
    if is_open:
        world.stop(hub)
        return
    with pytest.raises(CatalogError, match="already partly undone"):
        world.stop(hub)


def test_who_is_to_see_it_is_set_again(tmp_path: Path) -> None:
    world = World(tmp_path, replace(PLAN, private=True, was_private=False))
    world.journal(repository=FOUND, visibility={}, undo={})
    hub = StubHub(PARENT)
    world.stop(hub)
    assert hub.done == [("private", True)]


@pytest.mark.parametrize(("code", "is_done"), [("storage", True), ("conflict", False)])
def test_on_a_full_disk_undoing_is_what_helps(
    world: World, code: Any, is_done: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise CatalogError(code, "It cannot be noted.")

    monkeypatch.setattr(world.staging, "note", fail)
    if is_done:
        world.undo(StubHub(OTHER))
    else:
        with pytest.raises(CatalogError, match="It cannot be noted"):
            world.undo(StubHub(OTHER))
    assert world.is_clean is is_done
