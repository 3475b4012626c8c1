"""A process is killed after every single step; then resume ends in exactly one entry, and undo in none.

A step is each event that publishing reports (with those between an answer of the Hub and the journal's entry), and in
the cases by renames each file that is written and each rename, too.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import pytest
from huggingface_hub import HfApi

from huggingnersc_lab.errors import CatalogError
from tests.catalog.publish.worlds import KILLED, REPO, Child, World, world_at

pytestmark = pytest.mark.timeout(300)
AT_ONCE = 2


@dataclass(frozen=True)
class Case:
    """What is being done when the crash comes.

    Attributes:
        kind: the verb.
        start: the world that it begins in: ``empty``, ``published`` or ``theirs`` (a repository of somebody else).
        options: of the verb.
        renames_only: on a file system that cannot exchange folders.
        torn: the crash tears the journal's last line.
    """

    kind: str
    start: str
    options: dict[str, Any] = field(default_factory=dict)
    renames_only: bool = False
    torn: bool = False

    @property
    def proposes(self) -> bool:
        return bool(self.options.get("create_pr"))


CASES = {
    "new": Case("publish", "empty"),
    "new, by renames": Case("publish", "empty", renames_only=True),
    "new, torn journal": Case("publish", "empty", torn=True),
    "new, proposed": Case("publish", "theirs", {"create_pr": True}),
    "adopted": Case("publish", "theirs", {"adopting": REPO}),
    "adopted, made private": Case("publish", "theirs", {"adopting": REPO, "private": True}),
    "update": Case("update", "published"),
    "update, by renames": Case("update", "published", renames_only=True),
    "update, torn journal": Case("update", "published", torn=True),
    "update, made private": Case("update", "published", {"private": True}),
    "update, proposed": Case("update", "published", {"create_pr": True}),
}


@dataclass(frozen=True)
class Before:
    """A world as it was before the crash."""

    catalog: dict[str, bytes]
    hub: dict[str, bytes]
    commits: int

    @classmethod
    def of(cls, world: World) -> Before:
        there = bool(world.repositories())
        return cls(
            world.in_catalog() if world.names() else {},
            world.on_hub() if there else {},
            len(world.commits()) if there else 0,
        )


@pytest.fixture(scope="module")
def children() -> Iterator[SimpleQueue[Child]]:
    """As many as work at once; who needs one takes it and gives it back."""
    made = [Child() for _ in range(AT_ONCE)]
    queue: SimpleQueue[Child] = SimpleQueue()
    for child in made:
        queue.put(child)
    yield queue
    for child in made:
        child.close()


Run = Callable[[World, dict[str, Any]], int]


@pytest.fixture
def run(children: SimpleQueue[Child]) -> Run:
    def run(world: World, order: dict[str, Any]) -> int:
        child = children.get()
        try:
            return child.run(order)
        finally:
            children.put(child)

    return run


@pytest.fixture(scope="module")
def starts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The worlds that crashes begin in; each crash gets a copy."""
    folder = tmp_path_factory.mktemp("starts")
    for name in ("empty", "published", "theirs"):
        with world_at(folder / name) as world:
            if name == "published":
                world.publish()
            elif name == "theirs":
                theirs = HfApi(endpoint=world.hub.url, token=world.hub.tokens["contributor"])
                theirs.create_repo(REPO, repo_type="dataset")
                theirs.upload_file(path_or_fileobj=b"mine", path_in_repo="a.txt", repo_id=REPO, repo_type="dataset")
    return {path.name: path for path in folder.iterdir()}


def tear_journal(world: World) -> None:
    """As if the crash had come within the last entry: the one just written, or the one that would have come next."""
    journal = world.root / ".iris.staging" / "journal.jsonl"
    if not journal.exists():
        return
    content = journal.read_bytes()
    just_written = world.events[-1] in ("repository done", "commit done", "catalog done")
    journal.write_bytes(content[:-8] if just_written else content + b'\n{"step": "comm')


def at_every_event(events: list[str], crash: Callable[[int], None]) -> None:
    """Run ``crash`` for each event's number; every failure is told."""

    def tried(number: int) -> str | None:
        try:
            crash(number)
        except (AssertionError, CatalogError) as err:
            return f"killed at {number} ({events[number - 1]}): {type(err).__name__} {err}"
        return None

    with ThreadPoolExecutor(AT_ONCE) as pool:
        faults = [fault for fault in pool.map(tried, range(1, len(events) + 1)) if fault]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("end", ["resume", "undo"])
@pytest.mark.parametrize("name", CASES)
def test_killed_after_every_step(name: str, end: str, tmp_path: Path, starts: dict[str, Path], run: Run) -> None:
    case = CASES[name]

    def order(world: World, kill_at: int = 0) -> dict[str, Any]:
        return world.order(case.kind, kill_at=kill_at, renames_only=case.renames_only, **case.options)

    with world_at(tmp_path / "rehearsal", starts[case.start]) as world:
        assert run(world, order(world)) == 0
        events = world.events
    assert {"stage begin", "repository done", "commit answered", "commit done", "catalog answered"} <= set(events)
    assert events[-1] == "close done"
    if not case.proposes:
        is_made = case.kind == "publish" and "adopting" not in case.options
        assert ("repository answered" in events) == (is_made or "private" in case.options)

    def crash(number: int) -> None:
        with world_at(tmp_path / str(number), starts[case.start]) as world:
            before = Before.of(world)
            assert run(world, order(world, number)) == KILLED
            if case.torn:
                tear_journal(world)
            if end == "resume":
                assert_resumed(world, case, before, lambda: run(world, order(world)))
            else:
                assert_undone(world, before)

    at_every_event(events, crash)


def assert_nothing_unfinished(verb: Callable[[str], Any]) -> None:
    with pytest.raises(CatalogError) as nothing:
        verb("iris")
    assert nothing.value.code == "not_found"


def assert_resumed(world: World, case: Case, before: Before, again: Callable[[], int]) -> None:
    if (world.root / ".iris.staging").exists():
        world.catalog.resume("iris")
    else:
        assert_nothing_unfinished(world.catalog.resume)
        if (
            world.in_catalog() if world.names() else {}
        ) == before.catalog:  # nothing had begun: the person runs it again
            assert again() == 0
    assert world.names() == ["iris"]
    assert world.repositories() == [REPO]
    record = world.record()
    if case.proposes:
        [proposal] = world.api.get_repo_discussions(REPO, repo_type="dataset")
        assert proposal.status == "open"
        assert record["pull_request_url"].endswith(f"/{proposal.num}")
        assert (len(world.commits()), world.on_hub()) == (before.commits, before.hub)
        revision, count = f"refs/pr/{proposal.num}", before.commits + 1
    else:
        revision, count = "main", (before.commits or 1) + 1
    commits = world.commits(revision)
    assert len(commits) == count
    assert [record["publish_id"] in commit.message for commit in commits] == [True] + [False] * (count - 1)
    assert record["revision"] == commits[0].commit_id
    if case.kind == "update":
        assert record["license"] == "mit"
    here, there = world.in_catalog(), world.on_hub(revision)
    assert [there[path] for path in ("README.md", "load_iris.py")] == [here["README.md"], here["load_iris.py"]]
    assert json.loads(there["record.json"]).items() <= record.items()
    assert world.api.dataset_info(REPO).private == bool(case.options.get("private"))
    assert_nothing_unfinished(world.catalog.resume)
    assert_nothing_unfinished(world.catalog.undo)


def assert_undone(world: World, before: Before) -> None:
    if (world.root / ".iris.staging").exists():
        world.catalog.undo("iris")
    else:
        assert_nothing_unfinished(world.catalog.undo)
        if "catalog done" in world.events:  # it was published to the end: there is nothing to undo
            assert world.names() == ["iris"]
            return
    assert (world.in_catalog() if world.names() else {}) == before.catalog
    assert world.names() == (["iris"] if before.catalog else [])
    assert world.repositories() == ([REPO] if before.commits else [])
    if before.commits:
        assert world.on_hub() == before.hub
        assert not world.api.dataset_info(REPO).private
        proposals = list(world.api.get_repo_discussions(REPO, repo_type="dataset"))
        assert all(proposal.status == "closed" for proposal in proposals)
    assert_nothing_unfinished(world.catalog.undo)


@pytest.mark.parametrize("start", ["empty", "published"])
@pytest.mark.parametrize("verb", ["resume", "undo"])
@pytest.mark.parametrize("at", ["commit answered", "catalog answered"])
def test_what_mends_a_crash_is_killed_too(
    at: str, verb: str, start: str, tmp_path: Path, starts: dict[str, Path], run: Run
) -> None:
    case = Case("publish" if start == "empty" else "update", start, renames_only=True)

    def order(world: World, kill_at: int) -> dict[str, Any]:
        return world.order(case.kind, kill_at=kill_at, renames_only=True)

    with world_at(tmp_path / "rehearsal", starts[start]) as world:
        assert run(world, order(world, 0)) == 0
        kill_at = world.events.index(at) + 1
    with world_at(tmp_path / "second rehearsal", starts[start]) as world:
        assert run(world, order(world, kill_at)) == KILLED
        assert run(world, world.order(verb, renames_only=True)) == 0
        events = world.events[kill_at:]

    def crash(number: int) -> None:
        with world_at(tmp_path / str(number), starts[start]) as world:
            before = Before.of(world)
            assert run(world, order(world, kill_at)) == KILLED
            assert run(world, world.order(verb, kill_at=number, renames_only=True)) == KILLED
            if verb == "resume":
                assert_resumed(world, case, before, lambda: 1)
            else:
                (world.folder / "events").unlink()
                assert_undone(world, before)

    at_every_event(events, crash)
