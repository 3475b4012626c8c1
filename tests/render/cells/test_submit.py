"""Handing a batch script to Slurm."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from huggingnersc_lab.render.cells import submit
from tests.render.cells.programs import program


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of programs that take the place of Slurm's; the tests run in it."""
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(("account", "more"), [("", ""), ("m1 2", "--account=m1 2\n")])
def test_a_job_is_submitted(account: str, more: str, programs: Path) -> None:
    program(programs, "sbatch", 'printf "%s\\n" "$@" > asked; echo "a word"; echo "123;cluster"')
    job, sentence = submit.submit_job("run sky.sh", account, "out-%j.txt")
    assert (job, sentence) == ("123", f"Submitted as job 123; its output goes to {programs}/out-123.txt")
    assert (
        programs / "asked"
    ).read_text() == f"--parsable\n--output=out-%j.txt\n--error=out-%j.txt\n{more}run sky.sh\n"


@pytest.mark.parametrize(("account", "hint"), [("", True), ("m1", False)])
def test_slurm_refuses_in_its_own_words(account: str, hint: bool, programs: Path) -> None:
    program(programs, "sbatch", "echo 5; echo ' sbatch: error: no ' >&2; exit 1")
    job, sentence = submit.submit_job("run.sh", account, "out")
    assert job == ""
    assert sentence.startswith("Slurm rejected the job: sbatch: error: no")
    assert sentence.endswith(" If it asks for an account, set ACCOUNT above to your project.") == hint


def test_there_is_no_slurm(programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(programs))
    job, sentence = submit.submit_job("run.sh", "", "out")
    assert (job, sentence) == (
        "",
        "sbatch is not available here: run this notebook on a machine that can submit batch jobs.",
    )


def test_slurm_cannot_be_run_or_does_not_answer(programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(programs, "sbatch", "")
    (programs / "sbatch").write_text("#!/nowhere/sh\n")
    monkeypatch.setenv("PATH", str(programs))
    job, sentence = submit.submit_job("run.sh", "", "out")
    assert job == ""
    assert sentence.startswith("The job could not be submitted: ")

    def never(*_: object, timeout: float, **__: object) -> None:
        raise subprocess.TimeoutExpired("sbatch", timeout)

    monkeypatch.setattr(subprocess, "run", never)
    job, sentence = submit.submit_job("run.sh", "", "out")
    assert (job, "timed out after 120 seconds" in sentence) == ("", True)
