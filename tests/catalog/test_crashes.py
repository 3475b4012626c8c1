"""A process is killed after every single step; then resume ends in exactly one entry, and undo in none."""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from huggingface_hub import HfApi

from huggingnersc_lab.catalog import Catalog
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hub import Hub
from huggingnersc_lab.sandbox import PracticeHub
from huggingnersc_lab.sites import load_site

CHILD = Path(__file__).with_name("crash_child.py")
EXAMPLE = Path(__file__).parents[2] / "huggingnersc_lab" / "examples" / "iris"
KILLED = -9


@dataclass
class World:
    """A Hub and a catalog for one crash."""

    folder: Path
    hub: PracticeHub
    root: Path = field(init=False)

    def __post_init__(self) -> None:
        self.root = self.folder / "catalog"
        self.root.mkdir()

    @property
    def catalog(self) -> Catalog:
        site = load_site("sandbox", catalog_root=str(self.root), hub_url=self.hub.url, environ={})
        return Catalog(site, hub=lambda: Hub(self.hub.url, self.hub.tokens["admin"], "NERSC"))

    @property
    def api(self) -> HfApi:
        return HfApi(endpoint=self.hub.url, token=self.hub.tokens["admin"])

    def run(self, kind: str, *, kill_at: int = 0, create_pr: bool = False, renames_only: bool = False) -> Any:
        order = {
            "kind": kind,
            "kill_at": kill_at,
            "create_pr": create_pr,
            "renames_only": renames_only,
            "root": str(self.root),
            "url": self.hub.url,
            "token": self.hub.tokens["admin"],
            "example": str(EXAMPLE),
        }
        command = [sys.executable, str(CHILD), json.dumps(order)]
        return subprocess.run(command, check=False, capture_output=True, text=True)

    def publish(self) -> None:
        """Publish in this process, which spares a child's start."""
        catalog = self.catalog
        catalog.publish(
            catalog.read(
                EXAMPLE / "metadata.json",
                loader=EXAMPLE / "load_iris.py",
                name="iris",
                pretty_name="Iris",
                data_path=str(EXAMPLE),
            )
        )

    def commits(self, revision: str = "main") -> list[Any]:
        return self.api.list_repo_commits("NERSC/iris", repo_type="dataset", revision=revision)

    def read(self, path: str, revision: str = "main") -> bytes:
        return Path(
            self.api.hf_hub_download(
                "NERSC/iris", path, repo_type="dataset", revision=revision, local_dir=self.folder / revision
            )
        ).read_bytes()


CASES = {
    "new": {"kind": "publish"},
    "update": {"kind": "update"},
    "update by renames": {"kind": "update", "renames_only": True},
    "pull request": {"kind": "update", "create_pr": True},
}


@pytest.mark.timeout(600)
@pytest.mark.parametrize("end", ["resume", "undo"])
@pytest.mark.parametrize("case", CASES)
def test_killed_after_every_step(case: str, end: str, tmp_path: Path) -> None:
    options: dict[str, Any] = CASES[case]
    with World_at(tmp_path / "rehearsal") as world:
        _prepare(world, options)
        done = world.run(**options)
        assert done.returncode == 0, done.stderr
        events = done.stdout.splitlines()
    assert {"repository done", "commit answered", "commit done", "catalog answered", "close done"} <= set(events)

    def crash(number: int) -> str | None:
        with World_at(tmp_path / str(number)) as world:
            before = _prepare(world, options)
            child = world.run(**options, kill_at=number)
            assert child.returncode == KILLED, child.stderr
            try:
                (_check_resumed if end == "resume" else _check_undone)(world, options, before, events[number - 1])
            except AssertionError as err:
                return f"killed at {number} ({events[number - 1]}): {err}"
        return None

    with ThreadPoolExecutor(2) as pool:
        faults = [fault for fault in pool.map(crash, range(1, len(events) + 1)) if fault]
    assert not faults, "\n".join(faults)


def World_at(folder: Path) -> Any:  # noqa: N802
    from contextlib import contextmanager

    @contextmanager
    def opened() -> Any:
        folder.mkdir(parents=True)
        with PracticeHub(folder / "hub") as hub:
            yield World(folder, hub)

    return opened()


def _prepare(world: World, options: dict[str, Any]) -> dict[str, Any]:
    if options["kind"] != "update":
        return {}
    world.publish()
    folder = world.root / "iris"
    return {
        "sha": world.commits()[0].commit_id,
        "files": {path.name: path.read_bytes() for path in folder.iterdir()},
        "card": world.read("README.md"),
        "count": len(world.commits()),
    }


def _check_resumed(world: World, options: dict[str, Any], before: dict[str, Any], event: str) -> None:
    catalog = world.catalog
    finished = event == "close done" or (event.startswith("rename .iris.staging") and event.endswith(".gone"))
    begun = (world.root / ".iris.staging").exists()
    if begun:
        catalog.resume("iris")
    else:
        with pytest.raises(CatalogError) as nothing:
            catalog.resume("iris")
        assert nothing.value.code == "not_found"
        if not finished and not (world.root / "iris" / "record.json").exists():
            world.publish()  # nothing had begun, so the person does it again
        elif not finished and options["kind"] == "update" and _record(world).get("license") != "mit":
            assert world.run(**options).returncode == 0
    record = _record(world)
    assert [path.name for path in world.root.iterdir()] == ["iris"]
    assert [info.id for info in world.api.list_datasets(author="NERSC")] == ["NERSC/iris"]
    if options.get("create_pr"):
        proposals = list(world.api.get_repo_discussions("NERSC/iris", repo_type="dataset"))
        assert [item.status for item in proposals] == ["open"]
        assert world.commits()[0].commit_id == before["sha"]
        assert b"license: mit" in world.read("README.md", f"refs/pr/{proposals[0].num}")
        assert record["pull_request_url"].endswith(f"/{proposals[0].num}")
        return
    commits = world.commits()
    ours = [commit for commit in commits if record["publish_id"] in (commit.message or "")]
    assert len(ours) == 1
    assert record["revision"] == commits[0].commit_id == ours[0].commit_id
    assert len(commits) == (before["count"] + 1 if before else 2)
    assert json.loads(world.read("record.json"))["publish_id"] == record["publish_id"]
    assert world.read("README.md") == (world.root / "iris" / "README.md").read_bytes()
    if before:
        assert record["license"] == "mit"
    with pytest.raises(CatalogError) as again:
        catalog.resume("iris")
    assert again.value.code == "not_found"


def _check_undone(world: World, options: dict[str, Any], before: dict[str, Any], event: str) -> None:
    catalog = world.catalog
    begun = (world.root / ".iris.staging").exists()
    if begun:
        catalog.undo("iris")
    else:
        with pytest.raises(CatalogError) as nothing:
            catalog.undo("iris")
        assert nothing.value.code == "not_found"
        if event == "close done" or event.endswith(".gone"):  # it was published to the end: there is nothing to undo
            assert [path.name for path in world.root.iterdir()] == ["iris"]
            return
    if not before:
        assert not list(world.root.iterdir())
        assert not list(world.api.list_datasets(author="NERSC"))
        return
    assert [path.name for path in world.root.iterdir()] == ["iris"]
    now = {path.name: path.read_bytes() for path in (world.root / "iris").iterdir()}
    assert now == before["files"]
    assert world.read("README.md") == before["card"]
    proposals = list(world.api.get_repo_discussions("NERSC/iris", repo_type="dataset"))
    assert all(item.status == "closed" for item in proposals)


def _record(world: World) -> dict[str, Any]:
    record: dict[str, Any] = json.loads((world.root / "iris" / "record.json").read_bytes())
    return record


@pytest.mark.timeout(300)
def test_an_undo_that_was_killed_is_undone_again(tmp_path: Path) -> None:
    with World_at(tmp_path / "rehearsal") as world:
        assert world.run("publish", kill_at=7).returncode == KILLED
        events = world.run("undo").stdout.splitlines()
    for number in range(1, len(events) + 1):
        with World_at(tmp_path / str(number)) as world:
            assert world.run("publish", kill_at=9).returncode == KILLED
            world.run("undo", kill_at=number)
            if (world.root / ".iris.staging").exists():
                world.catalog.undo("iris")
            assert not list(world.root.iterdir())
            assert not list(world.api.list_datasets(author="NERSC"))
