"""Fixtures for the engine: toy jobs in real processes, and an executor whose processes do what the test says."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from huggingnersc_lab.jobs import (
    IsUnfinished,
    Job,
    JobContext,
    JobKind,
    Jobs,
    JobSpec,
    Kinds,
    LocalExecutor,
    Outcome,
    Seen,
)
from huggingnersc_lab.jobs.folder import JobFolder

PATIENCE = 300
"""Seconds after which something will never happen; no test depends on how long it takes."""

Settle = Callable[[Job], Job]
WaitFor = Callable[[Callable[[], object]], None]


@dataclass(frozen=True)
class Nothing:
    """A kind's arguments where it takes none that matter."""

    draft_id: str | None = None


class Play(JobKind[Nothing]):
    """A kind whose work is never done: its processes are played."""

    name = "play"
    arguments = Nothing
    shown = ("draft_id",)

    def run(self, context: JobContext[Nothing]) -> None:
        raise AssertionError("nobody carries it out")

    def leftovers(self, folder: JobFolder, is_unfinished: IsUnfinished) -> bool:
        return is_unfinished(folder.spec.dataset)

    def advice(self, dataset: str) -> str:
        return f"Resume '{dataset}'."


class Gone(Play):
    """The same, of which nothing is ever left."""

    name = "gone"

    def leftovers(self, folder: JobFolder, is_unfinished: IsUnfinished) -> bool:
        return False


class FakeExecutor:
    """An executor whose processes do what the test says; counts what it is asked."""

    def __init__(self) -> None:
        self.seen: dict[str, Seen] = {}
        self.environments: list[Mapping[str, str]] = []
        self.resources: list[Mapping[str, Any]] = []
        self.stopped: list[tuple[str, bool]] = []
        self.asked: list[list[str]] = []
        self.failure: Exception | None = None

    def submit(self, folder: JobFolder, environment: Mapping[str, str]) -> None:
        if self.failure is not None:
            raise self.failure
        self.seen[folder.id] = Seen("running")
        self.environments.append(environment)
        self.resources.append(folder.spec.resources)

    def cancel(self, folder: JobFolder, *, force: bool) -> None:
        self.stopped.append((folder.id, force))

    def states(self, folders: Sequence[JobFolder]) -> Mapping[str, Seen]:
        if self.failure is not None:
            raise self.failure
        self.asked.append(sorted(folder.id for folder in folders))
        return {folder.id: self.seen[folder.id] for folder in folders if folder.id in self.seen}

    def end(self, jobs: Jobs, job_id: str, outcome: Outcome) -> None:
        """Let a process say how it ended, and go."""
        JobFolder(jobs.folder / job_id).end(outcome)
        self.seen[job_id] = Seen("gone")


@pytest.fixture
def executor() -> FakeExecutor:
    return FakeExecutor()


@pytest.fixture
def unfinished() -> set[str]:
    """Nicknames of the datasets of which something is left unfinished."""
    return set()


@pytest.fixture
def make_played(tmp_path: Path, executor: FakeExecutor, unfinished: set[str]) -> Callable[[], Jobs]:
    """The played jobs, as a server that has just started sees them."""
    return lambda: Jobs(tmp_path / "played", Kinds(Play(), Gone()), unfinished.__contains__, {"local": executor})


@pytest.fixture
def played(make_played: Callable[[], Jobs]) -> Jobs:
    return make_played()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the toy jobs are kept."""
    return tmp_path / "jobs"


@pytest.fixture
def make_jobs(folder: Path, toy: Any) -> Iterator[Callable[[], Jobs]]:
    """The toy jobs, as a server that has just started sees them. No process outlives the test."""
    yield lambda: Jobs(folder, Kinds(toy), lambda _: False, {"local": LocalExecutor()})
    for path in folder.glob("*"):
        process = JobFolder(path).process()
        if process is not None and process.is_alive(0, 1):
            os.kill(process.pid, signal.SIGKILL)


@pytest.fixture
def jobs(make_jobs: Callable[[], Jobs]) -> Jobs:
    return make_jobs()


@pytest.fixture
def settle(jobs: Jobs, wait_for: WaitFor) -> Settle:
    """Wait until a toy job has ended."""

    def wait(job: Job) -> Job:
        wait_for(lambda: jobs.read(job.id).has_ended)
        return jobs.read(job.id)

    return wait


@pytest.fixture
def toy_spec() -> Callable[..., JobSpec]:
    return lambda **arguments: JobSpec("toy", "iris", {"size": 10, **arguments})
