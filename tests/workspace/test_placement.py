"""Where a job runs: here, or on Slurm with what site, person and moment ask for."""

from __future__ import annotations

import socket
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.jobs import JobSpec
from huggingnersc_lab.jobs.folder import JobFolder
from huggingnersc_lab.sites import Site, load_site
from huggingnersc_lab.sites.slurm import SlurmDefaults
from huggingnersc_lab.workspace import placement
from huggingnersc_lab.workspace.placement import Wish, available, refuse_heavy_here, slurm_resources, start
from huggingnersc_lab.workspace.workspace import Workspace


@pytest.fixture
def slurm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An ``sbatch`` that takes everything, first on PATH; nothing runs."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name, script in {"sbatch": "echo 7", "squeue": "echo '7|PENDING|Priority'"}.items():
        (folder / name).write_text(f"#!/bin/sh\n{script}\n")
        (folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))
    for name in ("SBATCH_ACCOUNT", "SLURM_ACCOUNT"):
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.fixture
def no_slurm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))


@pytest.fixture
def at_login(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "gethostname", lambda: "login07.example")
    workspace.catalog.site = replace(workspace.catalog.site, login_nodes=("login*",))


HEAVY = JobSpec("sum", "iris", {"in_parts": 1, "count": 3})
LIGHT = JobSpec("toy", "iris", {"size": 3})


def place(workspace: Workspace, spec: JobSpec, executor: str | None = None, **resources: Any) -> JobSpec:
    job = start(workspace, spec, Wish(executor=executor, resources=resources or None))
    return workspace.jobs.spec(job.id)


@pytest.mark.parametrize("spec", [HEAVY, LIGHT])
def test_a_job_runs_here_when_nothing_else_is_asked_for(
    workspace: Workspace, toy: Any, slurm: Path, spec: JobSpec
) -> None:
    assert place(workspace, spec).executor == "local"


class TestOnALoginNode:
    @pytest.fixture(autouse=True)
    def _here(self, at_login: None, toy: Any) -> None:
        pass

    def test_what_is_heavy_goes_to_slurm(self, workspace: Workspace, slurm: Path) -> None:
        assert place(workspace, HEAVY).executor == "slurm"
        assert place(workspace, LIGHT).executor == "local"

    def test_what_is_heavy_does_not_run_here_even_if_that_is_asked_for(self, workspace: Workspace, slurm: Path) -> None:
        for refused in (lambda: place(workspace, HEAVY, "local"), lambda: refuse_heavy_here(workspace.catalog.site)):
            with pytest.raises(CatalogError) as error:
                refused()
            assert error.value.code == "heavy_on_login_node"
            assert "--executor slurm" in error.value.message("cli")
            assert "--" not in error.value.message("panel")
        assert workspace.jobs.list() == []

    def test_without_slurm_it_is_refused_with_another_way(self, workspace: Workspace, no_slurm: None) -> None:
        with pytest.raises(CatalogError) as error:
            place(workspace, HEAVY)
        assert error.value.code == "heavy_on_login_node"
        assert "compute node" in error.value.message("cli")
        assert "slurm" not in error.value.message("cli").lower()

    def test_elsewhere_it_is_not_refused(self, workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(socket, "gethostname", lambda: "nid0001")
        refuse_heavy_here(workspace.catalog.site)


def test_without_slurm_nothing_is_handed_to_it(workspace: Workspace, toy: Any, no_slurm: None) -> None:
    with pytest.raises(CatalogError, match="no Slurm on this machine") as error:
        place(workspace, LIGHT, "slurm")
    assert error.value.code == "scheduler"
    assert list(available(workspace.catalog.site)) == ["local"]


def test_resources_mean_slurm_and_are_remembered(workspace: Workspace, toy: Any, slurm: Path) -> None:
    first = place(workspace, LIGHT, time="00:10:00", account="m1")
    assert (first.executor, first.resources) == ("slurm", {"time": "00:10:00", "account": "m1"})
    assert place(workspace, LIGHT, "slurm").resources == {"time": "00:10:00", "account": "m1"}
    assert place(workspace, LIGHT, "slurm", account="").resources == {"time": "00:10:00"}
    assert place(workspace, LIGHT, "slurm").resources == {"time": "00:10:00"}
    assert available(workspace.catalog.site)["slurm"] == {"time": "00:10:00"}


def test_what_slurm_refuses_is_not_remembered(workspace: Workspace, toy: Any, slurm: Path) -> None:
    (slurm / "sbatch").write_text("#!/bin/sh\necho 'sbatch: error: Invalid account' >&2\nexit 1\n")
    with pytest.raises(CatalogError, match="Invalid account"):
        place(workspace, LIGHT, account="nobody")
    assert "account" not in slurm_resources(workspace.catalog.site, {})


def test_what_cannot_be_asked_for_is_refused_at_its_place(workspace: Workspace, toy: Any, slurm: Path) -> None:
    with pytest.raises(CatalogError) as error:
        place(workspace, LIGHT, colour="red", time="soon")
    assert [fault.pointer for fault in error.value.fields] == ["/resources/colour", "/resources/time"]
    with pytest.raises(CatalogError) as error:
        place(workspace, LIGHT, "orbit")
    assert [fault.pointer for fault in error.value.fields] == ["/executor"]


def test_now_comes_before_earlier_before_the_site_before_the_environment(
    workspace: Workspace, toy: Any, slurm: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site: Site = replace(load_site("sandbox", environ={}), slurm=SlurmDefaults(qos="debug", licenses="cfs", minutes=20))
    workspace.catalog.site = site
    monkeypatch.setenv("SBATCH_ACCOUNT", "m0")
    assert slurm_resources(site, {}) == {"account": "m0", "qos": "debug", "licenses": "cfs", "time": "20"}
    place(workspace, LIGHT, qos="regular")
    assert slurm_resources(site, {"licenses": ""}) == {"account": "m0", "qos": "regular", "time": "20"}
    assert slurm_resources(site, {"qos": "premium", "account": "m2"})["qos"] == "premium"
    other = replace(site, name="other", slurm=SlurmDefaults(account="m9"))
    assert slurm_resources(other, {}) == {"account": "m9", "time": "30"}


def test_the_script_asks_for_it(workspace: Workspace, toy: Any, slurm: Path) -> None:
    job = start(workspace, LIGHT, Wish(resources={"account": "m1"}))
    assert (job.executor, job.scheduler_id) == ("slurm", "7")
    folder = JobFolder(workspace.jobs.folder / job.id)
    assert "#SBATCH --account=m1\n" in (folder.path / "batch.sh").read_text()


def test_every_executor_has_a_name() -> None:
    assert tuple(placement.executors()) == placement.NAMES
