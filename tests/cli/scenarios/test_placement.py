"""Options that say where a job runs, through to Slurm's commands."""

from __future__ import annotations

from pathlib import Path

import pytest

from huggingnersc_lab.cli.arguments import detached, wish_of
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.workspace.placement import Wish
from tests.cli.conftest import Run


def test_what_the_options_say() -> None:
    assert wish_of(None, None) == Wish()
    assert wish_of("slurm", ["time=1:0:0", "constraint=a=b", "account="]) == Wish(
        executor="slurm", resources={"time": "1:0:0", "constraint": "a=b", "account": ""}
    )


@pytest.mark.parametrize("text", ["time", "=3", ""])
def test_what_is_no_resource(text: str) -> None:
    with pytest.raises(CatalogError, match="is not a resource: write NAME=VALUE"):
        wish_of(None, [text])


def test_where_and_what_mean_a_job() -> None:
    assert detached(False, None, None) is None
    assert detached(True, None, None) == Wish()
    assert detached(False, "local", None) == Wish(executor="local")
    assert detached(False, None, ["time=3"]) == Wish(resources={"time": "3"})


@pytest.fixture
def sbatch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "sbatch").write_text("#!/bin/sh\necho 4711\n")
    (folder / "squeue").write_text("#!/bin/sh\necho '4711|PENDING|JobHeldUser'\n")
    for path in folder.iterdir():
        path.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))
    return folder


@pytest.fixture
def published(run: Run) -> None:
    examples = Path(__file__).parents[3] / "huggingnersc_lab" / "examples" / "iris"
    files = (str(examples / "load_iris.py"), str(examples / "metadata.json"))
    assert run("catalog-new-dataset", "Iris", "iris", *files).code == 0


def test_a_job_of_any_kind_is_handed_to_slurm_and_shown(run: Run, published: None, sbatch: Path) -> None:
    begun = run("job", "start", "retire", "name=iris", "--resource", "time=00:05:00", "--yes")
    assert begun.code == 0, begun.err
    assert "as Slurm job 4711: retire iris" in begun.out
    (job,) = run("job", "list", "--json").json["jobs"]
    assert (job["executor"], job["scheduler_id"], job["state"]) == ("slurm", "4711", "held")
    shown = " ".join(run("job", "show", job["id"]).out.split())
    assert "slurm 4711" in shown
    assert "held: It is held (JobHeldUser); 'scontrol release 4711' releases it." in shown


def test_a_command_is_handed_to_slurm(run: Run, published: None, sbatch: Path) -> None:
    begun = run("retire", "iris", "--executor", "slurm", "--yes", "--json")
    assert (begun.json["executor"], begun.json["scheduler_id"]) == ("slurm", "4711")
    odd = run("retire", "iris", "--resource", "time", "--yes", "--json")
    assert (odd.code, odd.problem["errors"][0]["pointer"]) == (3, "/resources")
    assert "iris" in run("list").out  # nothing was done here


def test_what_slurm_does_not_take_has_its_exit_code(run: Run, published: None, sbatch: Path) -> None:
    (sbatch / "sbatch").write_text("#!/bin/sh\necho 'sbatch: error: Invalid qos specification' >&2\nexit 1\n")
    refused = run("retire", "iris", "--resource", "qos=nope", "--yes")
    assert refused.code == 8
    assert "Slurm rejected the job: Invalid qos specification. Nothing was started." in refused.plain
    assert "--resource" in refused.plain
