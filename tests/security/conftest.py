"""A catalog that two real users share, each with a token of the practice Hub: ada publishes, mallory attacks."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from huggingface_hub import HfApi

from tests.practice_hub import FaultyHub

from .people import GROUP, Machine, Person

PACKAGE = Path(__file__).parents[2] / "huggingnersc_lab"
ADA, MALLORY = 64_001, 64_002


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Only root can be several users."""
    if os.geteuid() == 0:
        return
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.skip(reason="only root can become two users of one group"))


@pytest.fixture(scope="session")
def public() -> Iterator[Path]:
    """A folder that everybody may look into, unlike pytest's."""
    folder = Path(tempfile.mkdtemp(prefix="huggingnersc-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def machine(public: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    ignored = shutil.ignore_patterns("labextension", "__pycache__")
    shutil.copytree(PACKAGE, public / "huggingnersc_lab", ignore=ignored)
    with FaultyHub(tmp_path_factory.mktemp("warm") / "hub") as hub:
        running = Machine(public, {"url": hub.url, "token": hub.tokens["admin"]})
    yield running
    running.close()


@pytest.fixture
def root(public: Path) -> Iterator[Path]:
    """The catalog: a folder that its group may write to."""
    folder = Path(tempfile.mkdtemp(dir=public))
    root = folder / "catalog"
    root.mkdir()
    os.chown(root, 0, GROUP)
    folder.chmod(0o755)
    root.chmod(0o2775)
    yield root
    shutil.rmtree(folder)


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[FaultyHub]:
    with FaultyHub(tmp_path / "hub") as hub:
        yield hub


@pytest.fixture
def api(hub: FaultyHub) -> HfApi:
    return HfApi(endpoint=hub.url, token=hub.tokens["admin"])


SITE = """
name = "centre"
title = "the centre"
organization = "NERSC"
hub_url = "{url}"
catalog_root = "{root}"
directory_mode = "2775"
file_mode = "0664"
"""


@pytest.fixture
def person(machine: Machine, root: Path, hub: FaultyHub) -> Callable[[int, str], Person]:
    site = root.with_name("site.toml")
    site.write_text(SITE.format(url=hub.url, root=root))

    def make(uid: int, role: str) -> Person:
        home = root.parent / f"home-{uid}"
        home.mkdir(mode=0o700)
        os.chown(home, uid, GROUP)
        return Person(machine, uid, home, root, {"HUGGINGNERSC_SITE": str(site), "HF_TOKEN": hub.tokens[role]})

    return make


@pytest.fixture
def ada(person: Callable[[int, str], Person]) -> Person:
    """Publishes; her token may do everything in the organization."""
    return person(ADA, "admin")


@pytest.fixture
def mallory(person: Callable[[int, str], Person]) -> Person:
    """Is in the catalog's group, and may only read on the Hub."""
    return person(MALLORY, "read")


def repositories(api: HfApi) -> list[str]:
    return sorted(info.id for info in api.list_datasets())


def heads(api: HfApi, *repo_ids: str) -> dict[str, str]:
    """The newest commit of each repository."""
    return {repo_id: api.list_repo_commits(repo_id, repo_type="dataset")[0].commit_id for repo_id in repo_ids}


def written(hub: FaultyHub) -> list[str]:
    """Everything that anybody asked the Hub to change."""
    return [f"{entry.method} {entry.path}" for entry in hub.requests if entry.method not in ("GET", "HEAD")]


def plan(name: str = "evil", repo_id: str = "NERSC/iris", **members: Any) -> dict[str, Any]:
    """The plan of a staging as mallory would write it; the Hub's address is put in where it is planted."""
    files = ["README.md", "load_iris.py", "record.json"]
    return {
        "publish_id": "e" * 32,
        "repo_id": repo_id,
        "title": f"Catalog {name}",
        "hub_files": files,
        "name": name,
        **members,
    }
