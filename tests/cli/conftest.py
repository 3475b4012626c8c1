"""Fixtures for the command line: the iris example in the working folder, runs in this process and in real ones."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tests.practice_hub import FaultyHub

EXAMPLE = Path(__file__).parents[2] / "huggingnersc_lab" / "examples" / "iris"
PROGRAM = (sys.executable, "-c", "from huggingnersc_lab.cli import main; main()")
IRIS = ("Iris", "iris", "load_iris.py", "metadata.json")

Run = Callable[..., "Result"]


@dataclass(frozen=True)
class Result:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def problem(self) -> Any:
        return json.loads(self.err)

    @property
    def plain(self) -> str:
        """What was said on standard error, however its lines are broken."""
        return " ".join(self.err.split())


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with the example's files in it."""
    folder = tmp_path / "work"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.chdir(folder)
    # A test that fails must not wait for a Hub.
    monkeypatch.setenv("HUGGINGNERSC_HUB_TIMEOUT", "5")
    return folder


@pytest.fixture
def run() -> Iterator[Run]:
    """A command run in this process: quick, and like a pipe on both streams."""
    from huggingnersc_lab.cli.commands import app

    before = signal.getsignal(signal.SIGTERM)

    def invoke(*arguments: str, text: str | None = None, **environment: str) -> Result:
        result = CliRunner().invoke(app, list(arguments), input=text, env=environment, prog_name="huggingnersc")
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Result(result.exit_code, result.stdout, result.stderr)

    yield invoke
    signal.signal(signal.SIGTERM, before)


@pytest.fixture
def spawn(tmp_path: Path) -> Run:
    """A command run as a process of its own."""

    def start(*arguments: str, **environment: str) -> Result:
        done = subprocess.run(
            [*PROGRAM, *arguments],
            check=False,
            env=surroundings(environment),
            capture_output=True,
            text=True,
            timeout=60,
        )
        return Result(done.returncode, done.stdout, done.stderr)

    return start


def surroundings(environment: Mapping[str, str]) -> dict[str, str]:
    return {**os.environ, "HOME": os.environ["HF_HOME"], **environment}


@pytest.fixture
def write(folder: Path) -> Callable[[str, Any], str]:
    """Write a file: bytes and text as they are, anything else as JSON."""

    def save(name: str, content: Any) -> str:
        if not isinstance(content, (bytes, str)):
            content = json.dumps(content)
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
        return name

    return save


@pytest.fixture
def practice_root(tmp_path: Path) -> Path:
    """The catalog's folder of the practice site."""
    return tmp_path / "practice" / "catalog"


@pytest.fixture
def nothing_made(practice_hub: FaultyHub, practice_root: Path) -> Callable[[], None]:
    """Check that neither the Hub nor the catalog holds anything, hidden files included."""

    def check() -> None:
        assert on_hub(practice_hub) == []
        assert not practice_root.exists() or list(practice_root.iterdir()) == []

    return check


def on_hub(hub: FaultyHub) -> list[str]:
    """All repositories of the practice Hub, private ones too."""
    from huggingface_hub import HfApi

    hub.faults.clear()
    api = HfApi(endpoint=hub.url, token=hub.tokens["admin"])
    return sorted(info.id for info in api.list_datasets(author="NERSC"))


def commits(hub: FaultyHub, repo_id: str) -> list[str]:
    """Titles of the commits on ``main``, the newest first."""
    from huggingface_hub import HfApi

    api = HfApi(endpoint=hub.url, token=hub.tokens["admin"])
    return [commit.title for commit in api.list_repo_commits(repo_id, repo_type="dataset")]
