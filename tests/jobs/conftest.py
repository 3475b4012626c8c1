"""Fixtures for jobs: orders for the iris example, and real processes that carry them out on a practice Hub."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from huggingface_hub import HfApi

from huggingnersc_lab.catalog import Catalog
from huggingnersc_lab.jobs import Job, Jobs, Order
from huggingnersc_lab.jobs.folder import JobFolder
from huggingnersc_lab.record.scripts import read_script
from huggingnersc_lab.sites import Site
from huggingnersc_lab.workspace.tasks.orders import is_unfinished
from tests.practice_hub import FaultyHub

EXAMPLE = Path(__file__).parents[2] / "huggingnersc_lab" / "examples" / "iris"
PATIENCE = 40

MakeOrder = Callable[..., Order]
Settle = Callable[[Job], Job]


@pytest.fixture
def make_order(site: Site, catalog: Catalog) -> MakeOrder:
    """An order for the catalog of this test; to publish and to update it has the example's values and loader."""

    def make(kind: Any = "publish", name: str = "iris", **options: Any) -> Order:
        if kind in ("publish", "update"):
            document = json.loads((EXAMPLE / "metadata.json").read_bytes())
            given = {"name": name, "pretty_name": "Iris", "data_path": str(EXAMPLE)}
            options.setdefault("values", catalog.validate(document, given=given).values)
            options.setdefault("loader", read_script(EXAMPLE / "load_iris.py", "loader", name))
        return Order(kind, name, site="sandbox", catalog_root=str(site.catalog_root), hub_url=site.hub_url, **options)

    return make


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the jobs are kept. Their processes do not wait long for a Hub that fails."""
    monkeypatch.setenv("HUGGINGNERSC_HUB_TIMEOUT", "5")
    return tmp_path / "jobs"


@pytest.fixture
def make_jobs(folder: Path, catalog: Catalog) -> Iterator[Callable[[], Jobs]]:
    """The jobs as a server that has just started sees them. No process outlives the test."""

    def make() -> Jobs:
        return Jobs(folder, lambda name: is_unfinished(catalog, name))

    yield make
    for path in folder.glob("*"):
        process = JobFolder(path).process()
        if process is not None and process.is_alive(0, 1):
            os.kill(process.pid, signal.SIGKILL)


@pytest.fixture
def jobs(make_jobs: Callable[[], Jobs]) -> Jobs:
    return make_jobs()


@pytest.fixture
def settle(jobs: Jobs) -> Settle:
    """Wait until a job has ended."""

    def wait(job: Job) -> Job:
        wait_for(lambda: jobs.read(job.id).has_ended)
        return jobs.read(job.id)

    return wait


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "what was waited for did not happen"
        time.sleep(0.02)


def on_hub(hub: FaultyHub) -> list[str]:
    """All repositories of the practice Hub."""
    api = HfApi(endpoint=hub.url, token=hub.tokens["admin"])
    return sorted(info.id for info in api.list_datasets(author="NERSC"))
