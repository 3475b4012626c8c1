"""A Hub and a catalog of their own for one crash, and the child process that crashes in them."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from huggingface_hub import HfApi

from huggingnersc_lab.catalog import Catalog
from huggingnersc_lab.hub import Hub
from huggingnersc_lab.sites import load_site
from tests.practice_hub import FaultyHub

EXAMPLE = Path(__file__).parents[3] / "huggingnersc_lab" / "examples" / "iris"
REPO = "NERSC/iris"
KILLED = -9
FAILED = 70

PATIENCE = 300
"""Seconds after which something will never happen; no test depends on how long it takes."""


def wait_for(condition: Callable[[], object]) -> None:
    """Wait until it holds."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "what was waited for did not happen"
        time.sleep(0.005)


class Child:
    """A warm process that carries out one order after the other, each in a fork of its own."""

    def __init__(self) -> None:
        command = [sys.executable, str(Path(__file__).with_name("crash_child.py"))]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def run(self, order: dict[str, Any]) -> int:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def close(self) -> None:
        self._process.communicate()


@dataclass
class World:
    """A Hub and a catalog."""

    folder: Path
    hub: FaultyHub
    root: Path = field(init=False)

    def __post_init__(self) -> None:
        self.root = self.folder / "catalog"
        self.root.mkdir(exist_ok=True)

    @property
    def catalog(self) -> Catalog:
        site = load_site("sandbox", catalog_root=str(self.root), hub_url=self.hub.url, environ={})
        return Catalog(site, hub=lambda: Hub(self.hub.url, self.hub.tokens["admin"], "NERSC"))

    @property
    def api(self) -> HfApi:
        return HfApi(endpoint=self.hub.url, token=self.hub.tokens["admin"])

    def order(self, kind: str, *, kill_at: int = 0, renames_only: bool = False, **options: Any) -> dict[str, Any]:
        """What a child is told to do; ``options`` go to the facade's verb."""
        return {
            "kind": kind,
            "kill_at": kill_at,
            "renames_only": renames_only,
            "options": options,
            "root": str(self.root),
            "url": self.hub.url,
            "token": self.hub.tokens["admin"],
            "example": str(EXAMPLE),
            "events": str(self.folder / "events"),
            "error": str(self.folder / "error.json"),
        }

    @property
    def events(self) -> list[str]:
        path = self.folder / "events"
        return path.read_text().splitlines() if path.exists() else []

    def publish(self) -> None:
        catalog = self.catalog
        submission = catalog.read(
            EXAMPLE / "metadata.json",
            loader=EXAMPLE / "load_iris.py",
            name="iris",
            pretty_name="Iris",
            data_path=str(EXAMPLE),
        )
        catalog.publish(submission)

    def commits(self, revision: str = "main") -> list[Any]:
        return self.api.list_repo_commits(REPO, repo_type="dataset", revision=revision)

    def on_hub(self, revision: str = "main") -> dict[str, bytes]:
        """Every file of the repository."""
        hub = Hub(self.hub.url, self.hub.tokens["admin"], "NERSC")
        files = self.api.list_repo_files(REPO, repo_type="dataset", revision=revision)
        return {path: hub.read_file(REPO, path, revision) or b"" for path in files}

    def in_catalog(self) -> dict[str, bytes]:
        """Every file of the entry."""
        return {path.name: path.read_bytes() for path in (self.root / "iris").iterdir()}

    def record(self) -> dict[str, Any]:
        record: dict[str, Any] = json.loads((self.root / "iris" / "record.json").read_bytes())
        return record

    def names(self) -> list[str]:
        """Everything in the catalog's root, hidden names too."""
        return sorted(path.name for path in self.root.iterdir())

    def repositories(self) -> list[str]:
        return [info.id for info in self.api.list_datasets(author="NERSC")]


@contextmanager
def world_at(folder: Path, like: Path | None = None) -> Iterator[World]:
    """A new world, or a copy of one that was closed."""
    if like is None:
        folder.mkdir(parents=True)
    else:
        shutil.copytree(like, folder, symlinks=True)
    with FaultyHub(folder / "hub") as hub:
        yield World(folder, hub)
