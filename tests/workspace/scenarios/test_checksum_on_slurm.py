"""Checksums on a real one-node Slurm are those of a local run, bit for bit."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from huggingnersc_lab.catalog import Catalog
from huggingnersc_lab.jobs.executors import slurm as slurm_module
from huggingnersc_lab.jobs.executors import slurm_queries
from huggingnersc_lab.workspace.checksums import data_of
from huggingnersc_lab.workspace.placement import Wish, start
from huggingnersc_lab.workspace.tasks.checksum import TASK, ChecksumRequest
from huggingnersc_lab.workspace.workspace import Workspace
from tests.one_node_slurm import on_a_real_slurm, one_node_slurm
from tests.practice_hub import FaultyHub

# Real processes, each of which takes its time on a busy machine.
pytestmark = [on_a_real_slurm, pytest.mark.slurm, pytest.mark.timeout(900)]

RANGE = 64 * 2**20


@pytest.fixture(scope="module")
def environ() -> Iterator[dict[str, str]]:
    with one_node_slurm() as environ:
        yield environ


@pytest.fixture
def slurm(environ: dict[str, str], practice_hub: FaultyHub, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SLURM_CONF", "PATH"):
        monkeypatch.setenv(name, environ[name])
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[3]))
    monkeypatch.setattr(slurm_queries, "SECONDS_BETWEEN", 0.5)
    monkeypatch.setattr(slurm_module, "SECONDS_OF_TRUST", 8.0)
    token = Path(os.environ["HF_HOME"]) / "token"
    token.parent.mkdir(exist_ok=True)
    token.write_text(practice_hub.tokens["admin"])
    token.chmod(0o600)


@pytest.fixture
def data(carry: Any, published: dict[str, Any], tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    (folder / "more").mkdir(parents=True)
    with (folder / "large").open("wb") as stream:  # sparse, and split between ranges
        for at in (0, RANGE - 1, 2 * RANGE + 5):
            stream.seek(at)
            stream.write(b"x")
    (folder / "more" / "with\na line end").write_bytes(b"1" * 1000)
    (folder / "zz empty").touch()
    assert carry("update", values={"data_path": str(folder)}).state == "succeeded"
    return folder


@pytest.mark.parametrize("algorithms", [(), ("md5", "sha256")])
def test_a_split_job_makes_what_a_local_one_makes(
    workspace: Workspace,
    catalog: Catalog,
    slurm: None,
    data: Path,
    wait_for: Callable[[Callable[[], object]], None],
    algorithms: tuple[str, ...],
) -> None:
    manifest = data_of(catalog, "iris").manifest
    made = {}
    for executor in ("slurm", "local"):
        shutil.rmtree(manifest.folder, ignore_errors=True)
        request = ChecksumRequest(name="iris", algorithms=algorithms, save=True, parts=3)
        job = start(workspace, TASK.prepare(workspace, request), Wish(executor=executor))
        wait_for(lambda job_id=job.id: workspace.jobs.read(job_id).has_ended)
        done = workspace.jobs.read(job.id)
        assert done.state == "succeeded", (done.error, (workspace.jobs.folder / job.id / "log").read_text())
        contents = catalog.store.read("iris").record.contents
        assert contents is not None
        files = (manifest.folder / "files.tsv").read_bytes()
        made[executor] = (done.result, files, contents.bytes, contents.files, contents.fingerprint)
        parts = workspace.jobs.folder / job.id / "parts"
        assert [(parts / str(index) / "state.json").exists() for index in range(3)] == [executor == "slurm"] * 3
    assert made["slurm"] == made["local"]
