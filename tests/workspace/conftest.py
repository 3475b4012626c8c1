"""Fixtures for the kinds of jobs: carried out in this process, or by real processes, on a practice Hub."""

from __future__ import annotations

import json
import os
import signal
import uuid
from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from huggingface_hub import HfApi

from huggingnersc_lab.catalog import Catalog, Change
from huggingnersc_lab.catalog.publish.unfinished import is_unfinished
from huggingnersc_lab.jobs import Job, Jobs, JobSpec, Outcome
from huggingnersc_lab.jobs.folder import JobFolder
from huggingnersc_lab.jobs.runner import run
from huggingnersc_lab.record.scripts import Script, read_script
from huggingnersc_lab.sites import Site
from huggingnersc_lab.workspace.drafts import Draft, DraftContent, Drafts
from huggingnersc_lab.workspace.locations import Locations
from huggingnersc_lab.workspace.site_choice import SiteChoice
from huggingnersc_lab.workspace.tasks import kinds
from huggingnersc_lab.workspace.workspace import Workspace
from tests.practice_hub import FaultyHub

EXAMPLE = Path(__file__).parents[2] / "huggingnersc_lab" / "examples" / "iris"
VALUES = {"name": "iris", "pretty_name": "Iris", "size_categories": ["n<1K"], "license": "mit", "tags": ["plants"]}
LOADER = {"file_name": "load_iris.py", "text": "print('iris')\n"}

OF_A_CHANGE = {field.name for field in fields(Change)} - {"kind", "name"}

WaitFor = Callable[[Callable[[], object]], None]


@pytest.fixture(autouse=True)
def _token(practice_hub: FaultyHub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_TOKEN", practice_hub.tokens["admin"])
    monkeypatch.setenv("HUGGINGNERSC_HUB_TIMEOUT", "30")


@pytest.fixture
def values() -> dict[str, Any]:
    """Members of the record of a new entry ``iris``."""
    return dict(VALUES)


@pytest.fixture
def choice(site: Site) -> SiteChoice:
    return SiteChoice("sandbox", str(site.catalog_root), site.hub_url)


@pytest.fixture
def make_spec(choice: SiteChoice) -> Callable[..., JobSpec]:
    """A spec for the catalog of this test; to publish it has the example's values unless it is given others."""

    def make(kind: str = "publish", name: str = "iris", **arguments: Any) -> JobSpec:
        given = {**vars(choice), **{key: value for key, value in arguments.items() if key not in OF_A_CHANGE}}
        if kind in ("publish", "adopt", "update", "retire") and "change" not in arguments:
            change = {key: value for key, value in arguments.items() if key in OF_A_CHANGE}
            if kind != "retire":
                change = {"values": {**VALUES, "name": name}, **change}
            if kind in ("publish", "adopt"):
                change = {"loader": LOADER, **change}
            given["change"] = {"kind": kind, "name": name, **change}
        given = {key: value for key, value in given.items() if value is not None}
        return JobSpec(kind, name, json.loads(json.dumps(given)))

    return make


class Carrier:
    """Carries jobs out in this process, and may be told to stop at a step."""

    def __init__(self, folder: Path, make_spec: Callable[..., JobSpec]) -> None:
        self.folder = folder
        self.make_spec = make_spec
        self.steps: list[tuple[str, str]] = []
        self.stop_at: tuple[str, str] | None = None

    def __call__(self, kind: str, name: str = "iris", **arguments: Any) -> Outcome:
        self.steps.clear()

        def on_event(step: str, phase: str, _detail: str) -> None:
            self.steps.append((step, phase))
            if (step, phase) == self.stop_at:
                self.stop_at = None
                os.kill(os.getpid(), signal.SIGTERM)

        folder = JobFolder.create(self.folder / uuid.uuid4().hex, self.make_spec(kind, name, **arguments))
        outcome = run(folder, kinds(), on_event)
        self.read = folder.read
        return outcome


@pytest.fixture
def carry(tmp_path: Path, make_spec: Callable[..., JobSpec]) -> Iterator[Carrier]:
    before = signal.getsignal(signal.SIGTERM)
    yield Carrier(tmp_path / "carried", make_spec)
    signal.signal(signal.SIGTERM, before)


@pytest.fixture
def published(carry: Carrier) -> dict[str, Any]:
    """The entry ``iris``, with a loader and a batch script."""
    script = {"file_name": "run.sh", "text": "#!/bin/bash\n#SBATCH -q debug\npython load_iris.py\n"}
    values = {**VALUES, "is_distributed": True}
    outcome = carry("publish", values=values, batch_script=script)
    assert outcome.state == "succeeded", outcome.error
    return values


@pytest.fixture
def stopped(carry: Carrier, practice_hub: FaultyHub) -> Outcome:
    """An unfinished publication of ``iris``."""
    practice_hub.faults.add("server_error", path="*/commit/*", method="POST", count=None)
    outcome = carry("publish")
    practice_hub.faults.clear()
    assert (outcome.state, outcome.kept) == ("failed", True), outcome.error
    return outcome


@pytest.fixture
def workspace(catalog: Catalog, choice: SiteChoice, tmp_path: Path) -> Workspace:
    """Where jobs are asked for; its server shows the example's folder."""
    return Workspace(choice, catalog, Locations(catalog.site, EXAMPLE), kinds(), Drafts(tmp_path / "drafts"))


@pytest.fixture
def make_draft(workspace: Workspace) -> Callable[..., Draft]:
    def make(**content: Any) -> Draft:
        return workspace.drafts.create(
            DraftContent(**{"title": "Iris", "values": VALUES, "loader_path": "load_iris.py", **content})
        )

    return make


@pytest.fixture
def jobs(tmp_path: Path, catalog: Catalog) -> Iterator[Jobs]:
    """Jobs in real processes, none of which outlives the test."""
    folder = tmp_path / "jobs"
    yield Jobs(folder, kinds(), lambda name: is_unfinished(catalog.store, name))
    for path in folder.glob("*"):
        process = JobFolder(path).process()
        if process is not None and process.is_alive(0, 1):
            os.kill(process.pid, signal.SIGKILL)


@pytest.fixture
def settle(jobs: Jobs, wait_for: WaitFor) -> Callable[[Job], Job]:
    """Wait until a job has ended."""

    def wait(job: Job) -> Job:
        wait_for(lambda: jobs.read(job.id).has_ended)
        return jobs.read(job.id)

    return wait


@pytest.fixture
def on_hub(practice_hub: FaultyHub) -> Callable[[], list[str]]:
    """All repositories of the practice Hub."""
    api = HfApi(endpoint=practice_hub.url, token=practice_hub.tokens["admin"])
    return lambda: sorted(info.id for info in api.list_datasets(author="NERSC"))


@pytest.fixture
def example_script() -> Script:
    return read_script(EXAMPLE / "load_iris.py", "loader", "iris")
