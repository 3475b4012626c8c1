"""The batch scripts: readable, and nothing of what others wrote gets out of its place."""

from __future__ import annotations

import shlex
from dataclasses import replace
from pathlib import Path

import pytest

from huggingnersc_lab.jobs import JobSpec
from huggingnersc_lab.jobs.executors.slurm_script import job_name, merge_script, parts_script, whole_script
from huggingnersc_lab.jobs.folder import JobFolder

ID = "0" * 32
SPEC = JobSpec("checksums", "iris", executor="slurm", resources={"account": "m1", "time": "00:30:00"})
COMMAND = ("/opt/my python/bin/python", "-m", "huggingnersc_lab", "job", "run")


@pytest.fixture
def job(tmp_path: Path) -> JobFolder:
    return JobFolder.create(tmp_path / "a home" / ID, SPEC)


def test_a_whole_job(job: JobFolder) -> None:
    assert whole_script(job, COMMAND) == (
        "#!/bin/sh\n"
        f"# Job {ID} of HuggingNERSC Lab: checksums-iris.\n"
        "#SBATCH --job-name=checksums-iris\n"
        "#SBATCH --output=log\n"
        "#SBATCH --open-mode=append\n"
        "#SBATCH --no-requeue\n"
        "#SBATCH --export=ALL\n"
        "#SBATCH --nodes=1\n"
        "#SBATCH --ntasks-per-node=1\n"
        "#SBATCH --account=m1\n"
        "#SBATCH --time=00:30:00\n"
        f"exec '/opt/my python/bin/python' -m huggingnersc_lab job run '{job.path}'\n"
    )


def test_parts_and_what_merges_them(tmp_path: Path) -> None:
    job = JobFolder.create(tmp_path / ID, replace(SPEC, parts=30))
    parts = parts_script(job, COMMAND).splitlines()
    assert {"#SBATCH --array=0-29%100", "#SBATCH --output=parts/%a/log"} <= set(parts)
    assert parts[-1].endswith(f'{job.path} --part "$SLURM_ARRAY_TASK_ID"')
    merge = merge_script(job, COMMAND, "12").splitlines()
    assert {"#SBATCH --dependency=afterok:12", "#SBATCH --kill-on-invalid-dep=yes", "#SBATCH --output=log"} <= set(
        merge
    )
    assert shlex.split(merge[-1])[-2:] == [str(job.path), "--merge"]


@pytest.mark.parametrize("name", ["iris\n#SBATCH --wrap=x", "$(touch x)", "größe", "x" * 500, "a b"])
def test_what_others_wrote_stays_in_its_place(tmp_path: Path, name: str) -> None:
    job = JobFolder.create(tmp_path / ID, replace(SPEC, dataset=name))
    plain = JobFolder.create(tmp_path / ("1" * 32), SPEC)
    assert len(whole_script(job, COMMAND).splitlines()) == len(whole_script(plain, COMMAND).splitlines())
    assert len(job_name(job)) <= 64
    assert not set(job_name(job)) & set(" $()#\n\"'")


def test_nodes_that_are_asked_for_are_asked_for_once(tmp_path: Path) -> None:
    job = JobFolder.create(tmp_path / ID, replace(SPEC, resources={"nodes": 2}))
    assert [line for line in whole_script(job, COMMAND).splitlines() if "--nodes" in line] == ["#SBATCH --nodes=2"]
