"""Who publishes, resumes or undoes at once: one wins, the others are told so, and nobody's work is lost."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from huggingnersc_lab.catalog import Catalog
from huggingnersc_lab.catalog.doctor import examine
from huggingnersc_lab.catalog.publish.publisher import Step
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.store.owner import Owner
from tests.catalog.publish.worlds import EXAMPLE, FAILED, KILLED, PATIENCE, REPO, Child, World, wait_for, world_at
from tests.practice_hub import FaultyHub

PROGRAM = (sys.executable, "-m", "huggingnersc_lab")
MakeCatalog = Callable[..., Catalog]

pytestmark = pytest.mark.timeout(600)


def has_ended(process: subprocess.Popen[str]) -> bool:
    return process.poll() is not None


def publish(catalog: Catalog, **options: Any) -> None:
    submission = catalog.read(
        EXAMPLE / "metadata.json",
        loader=EXAMPLE / "load_iris.py",
        name="iris",
        pretty_name="Iris",
        data_path=str(EXAMPLE),
    )
    catalog.publish(submission, **options)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with world_at(tmp_path / "world") as world:
        yield world


@pytest.fixture
def children() -> Iterator[tuple[Child, Child]]:
    pair = (Child(), Child())
    yield pair
    for child in pair:
        child.close()


@pytest.mark.parametrize("catalogs", [1, 2])
def test_of_two_commands_one_wins(catalogs: int, world: World) -> None:
    """Two catalogs on one Hub are two sites with one organization: the loser must not delete the winner's work."""
    roots = [world.folder / f"root{number}" for number in range(catalogs)]
    for root in roots:
        root.mkdir()
    environment = os.environ | {"HF_ENDPOINT": world.hub.url, "HF_TOKEN": world.hub.tokens["admin"]}
    iris = ("Iris", "iris", str(EXAMPLE / "load_iris.py"), str(EXAMPLE / "metadata.json"))
    world.hub.faults.add("hold", path="/api/repos/create", count=None)
    commands = [
        subprocess.Popen(
            [
                *PROGRAM,
                "catalog-new-dataset",
                *iris,
                "--catalog-root",
                str(roots[number % catalogs]),
                "--json",
                "--yes",
            ],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for number in range(2)
    ]
    # In one catalog the loser finds the name taken; in two, both have got as far as the Hub.
    wait_for(lambda: world.hub.faults.held == catalogs and (catalogs > 1 or any(map(has_ended, commands))))
    world.hub.faults.clear()
    said = [command.communicate(timeout=PATIENCE) for command in commands]
    codes = [command.returncode for command in commands]
    assert sorted(codes) == [0, 5], said
    problem = json.loads(said[codes.index(5)][1])
    assert problem["code"] == "conflict"
    assert (
        "huggingnersc" in problem["detail"] or "Wait until" in problem["detail"] or "--create-pr" in problem["detail"]
    )
    assert world.repositories() == [REPO]
    assert len(world.commits()) == 2
    assert [name for root in roots for name in names(root)] == ["iris"]
    won = json.loads((roots[codes.index(0) % catalogs] / "iris" / "record.json").read_bytes())
    assert won["revision"] == world.commits()[0].commit_id


def test_of_two_resumes_one_wins(world: World, children: tuple[Child, Child]) -> None:
    assert children[0].run(world.order("publish", kill_at=5)) == KILLED
    assert children[1].run(world.order("publish")) == FAILED  # warm, and the name is claimed
    world.hub.faults.add("hold", method="POST", count=None)
    orders = [world.order("resume") | {"error": str(world.folder / f"error{number}")} for number in range(2)]
    with ThreadPoolExecutor(2) as pool:
        running = [pool.submit(child.run, order) for child, order in zip(children, orders, strict=True)]
        wait_for(lambda: world.hub.faults.held == 1 and any(one.done() for one in running))
        world.hub.faults.clear()
        codes = [one.result() for one in running]
    assert sorted(codes) == [0, FAILED]
    error = json.loads(Path(orders[codes.index(FAILED)]["error"]).read_text())
    assert error["code"] == "conflict"
    assert world.names() == ["iris"]
    assert len(world.commits()) == 2


@contextmanager
def publishing(catalog: Catalog, **options: Any) -> Iterator[None]:
    """Within, a thread of this process is publishing and waits before its commit."""
    begun, go_on = threading.Event(), threading.Event()

    def wait(step: Step) -> None:
        if (step.name, step.phase) == ("commit", "begin"):
            begun.set()
            go_on.wait(PATIENCE)

    thread = threading.Thread(target=lambda: publish(catalog, on_step=wait, **options))
    thread.start()
    try:
        assert begun.wait(PATIENCE)
        yield
    finally:
        go_on.set()
        thread.join()


@pytest.mark.parametrize("verb", ["publish", "resume", "undo", "retire"])
def test_another_thread_is_not_taken_over(verb: str, catalog: Catalog, make_catalog: MakeCatalog) -> None:
    other = make_catalog()
    with publishing(catalog):
        with pytest.raises(CatalogError) as err:
            publish(other) if verb == "publish" else getattr(other, verb)("iris")
        assert err.value.code == "conflict"
        if verb != "retire":
            assert f"is already being published, by {Owner.this()}" in err.value.detail
            assert "resume" not in err.value.detail
        [check] = [check for check in examine(other) if check.name == "unfinished"]
        assert check.verdict == "ok"
    assert catalog.inspect("iris").record.revision
    assert names(catalog.store.root) == ["iris"]


@pytest.mark.parametrize("verb", ["publish", "resume", "undo"])
def test_another_process_is_not_taken_over(verb: str, world: World, children: tuple[Child, Child]) -> None:
    with publishing(world.catalog):
        assert children[0].run(world.order(verb)) == FAILED
    error = json.loads((world.folder / "error.json").read_text())
    assert error["code"] == "conflict"
    assert f"by {Owner.this()}" in error["detail"]
    assert world.names() == ["iris"]
    assert len(world.commits()) == 2


def test_what_a_dead_process_left_is_told_as_it_is(world: World, children: tuple[Child, Child]) -> None:
    assert children[0].run(world.order("publish", kill_at=6)) == KILLED
    with pytest.raises(CatalogError) as err:
        publish(world.catalog)
    assert err.value.code == "conflict"
    assert "and not finished, and nobody is working on it now. Nothing was changed." in err.value.detail
    assert "Run 'huggingnersc resume iris' to finish it, or 'huggingnersc undo iris' to remove it." in str(err.value)
    assert "being published" not in err.value.detail
    [check] = [check for check in examine(world.catalog) if check.name == "unfinished"]
    assert check.verdict == "warning"
    assert "huggingnersc resume iris" in check.advice
    world.catalog.undo("iris")
    publish(world.catalog)
    assert world.names() == ["iris"]


def test_what_was_kept_is_anybodys_while_the_process_lives(world: World, children: tuple[Child, Child]) -> None:
    world.hub.faults.add("server_error", path="*/commit/*", method="POST", count=None)
    with pytest.raises(CatalogError, match="The prepared files were kept"):
        publish(world.catalog, keep_on_failure=True)
    world.hub.faults.clear()
    assert children[0].run(world.order("resume")) == 0
    assert world.names() == ["iris"]


def test_who_was_taken_over_does_not_go_on(world: World) -> None:
    """A process that slept for long finds that another, who took it for dead, has its publication."""
    other = Owner("elsewhere", "", 1, "1", "somebody")

    def taken_over(step: Step) -> None:
        if (step.name, step.phase) == ("commit", "begin"):
            (world.root / ".iris.staging" / "owner-2").symlink_to(json.dumps(vars(other)))

    with pytest.raises(CatalogError) as err:
        publish(world.catalog, on_step=taken_over)
    assert err.value.code == "conflict"
    assert "taken over by somebody on elsewhere" in err.value.detail
    assert world.names() == [".iris.staging"]
    assert world.repositories() == [REPO]  # the other's now: not undone
    staging = world.catalog.store.staging("iris")
    assert staging is not None
    assert staging.owner() == other
    assert staging.fact("undo") is None


def test_an_entry_that_changed_just_now_is_not_overwritten(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another update, here a proposed one that leaves ``main`` alone, comes between reading and claiming."""
    world.publish()
    catalog, store_type = world.catalog, type(world.catalog.store)
    stage = store_type.stage

    def staged_late(*arguments: Any) -> Any:
        monkeypatch.undo()
        world.catalog.update("iris", {"license": "cc-by-4.0"}, create_pr=True)
        return stage(*arguments)

    monkeypatch.setattr(store_type, "stage", staged_late)
    with pytest.raises(CatalogError) as err:
        catalog.update("iris", {"license": "mit"})
    assert err.value.code == "conflict"
    assert world.record()["license"] == "cc-by-4.0"
    assert world.names() == ["iris"]
    assert b"license: cc0-1.0" in world.on_hub()["README.md"]


@pytest.mark.parametrize(("path", "verb"), [("*/commit/*", "update"), ("/api/repos/create", "publish")])
def test_a_request_that_is_on_its_way_is_waited_for_by_undo(path: str, verb: str, world: World) -> None:
    """The killed process has sent it; the Hub carries it out when the undo has begun."""
    if verb == "update":
        world.publish()
    before = world.on_hub() if verb == "update" else {}
    world.hub.faults.add("hold", path=path, method="POST")
    command = [sys.executable, str(Path(__file__).parents[1] / "crash_child.py")]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    assert process.stdin is not None
    process.stdin.write(json.dumps(world.order(verb)) + "\n")
    process.stdin.flush()
    wait_for(lambda: world.hub.faults.held)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    staging = world.catalog.store.staging("iris")
    assert staging is not None
    wait_for(lambda: not staging.worker())  # its pipe closes a little before it is gone
    requests = len(world.hub.requests)
    with ThreadPoolExecutor(1) as pool:
        undoing = pool.submit(world.catalog.undo, "iris")
        wait_for(lambda: len(world.hub.requests) > requests or undoing.done())
        world.hub.faults.release()
        undoing.result()
    wait_for(lambda: world.hub.faults.held == 0)
    assert world.repositories() == ([REPO] if verb == "update" else [])
    if verb == "update":
        assert world.on_hub() == before
    assert world.names() == (["iris"] if verb == "update" else [])


def test_a_repository_that_others_have_filled_since_is_left_to_them(world: World) -> None:
    """Ours was made, our commit was refused, and somebody has put their own into it before the undo."""

    def filled(step: Step) -> None:
        if (step.name, step.phase) == ("commit", "begin"):
            world.api.upload_file(path_or_fileobj=b"x", path_in_repo="theirs.txt", repo_id=REPO, repo_type="dataset")

    with pytest.raises(CatalogError) as err:
        publish(world.catalog, on_step=filled)
    assert err.value.code == "conflict"
    assert world.names() == []
    assert "theirs.txt" in world.on_hub()


def test_what_others_built_upon_is_not_undone(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from huggingnersc_lab.store.staging import Staging

    def lost(*_: object) -> None:
        world.api.upload_file(path_or_fileobj=b"x", path_in_repo="more.txt", repo_id=REPO, repo_type="dataset")
        raise CatalogError("storage", "The file system is away.")

    with monkeypatch.context() as patch:
        patch.setattr(Staging, "swap_in", lost)
        with pytest.raises(CatalogError) as err:
            publish(world.catalog)
    assert "Somebody has changed 'NERSC/iris' on the Hub since" in err.value.detail
    assert world.names() == [".iris.staging"]
    assert world.repositories() == [REPO]


def test_a_refused_publication_that_was_kept_can_be_resumed(world: World) -> None:
    world.hub.faults.add("server_error", path="*/repos/create", method="POST", count=None)
    with pytest.raises(CatalogError, match="The prepared files were kept"):
        publish(world.catalog, keep_on_failure=True)
    world.hub.faults.clear()
    world.api.create_repo(REPO, repo_type="dataset")
    world.api.upload_file(path_or_fileobj=b"x", path_in_repo="theirs.txt", repo_id=REPO, repo_type="dataset")
    for _ in range(2):
        with pytest.raises(CatalogError) as err:
            world.catalog.resume("iris")
        assert err.value.code == "conflict"
        assert "is already on the Hub" in err.value.detail
    world.api.delete_repo(REPO, repo_type="dataset")
    world.catalog.resume("iris")
    assert world.names() == ["iris"]
    assert len(world.commits()) == 2


def test_an_old_wish_does_not_take_a_new_repository(world: World, children: tuple[Child, Child]) -> None:
    """The process died before it had asked; days later somebody makes an empty repository of that name."""
    assert children[0].run(world.order("publish", kill_at=3)) == KILLED
    journal = world.root / ".iris.staging" / "journal.jsonl"
    journal.write_text(json.dumps({"step": "repository_asked", "at": 0, "moment": time.time() - 200_000}) + "\n")
    world.api.create_repo(REPO, repo_type="dataset")
    with pytest.raises(CatalogError) as err:
        world.catalog.resume("iris")
    assert err.value.code == "conflict"
    world.catalog.undo("iris")
    assert world.repositories() == [REPO]
    assert world.names() == []


def test_a_plan_of_another_version_is_kept(world: World, practice_hub: FaultyHub) -> None:
    staging = world.catalog.store.stage("iris", {"record.json": b"{}"}, {"publish_id": "1", "hub": world.hub.url})
    staging.release()
    for verb in (world.catalog.resume, world.catalog.undo):
        with pytest.raises(CatalogError) as err:
            verb("iris")
        assert err.value.code == "conflict"
        assert "another version" in err.value.detail
    assert world.names() == [".iris.staging"]
