"""Whether Slurm responds: as scripted commands say, and a real one."""

from __future__ import annotations

from pathlib import Path

import pytest

from huggingnersc_lab.jobs.executors import slurm_health
from huggingnersc_lab.jobs.executors.slurm_health import SlurmHealth, look
from tests.one_node_slurm import on_a_real_slurm, one_node_slurm


@pytest.fixture
def commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    say(folder, "sbatch", "")
    say(folder, "sinfo", 'case "$1" in --version) echo slurm 25.05;; *) echo "debug|up"; echo "old|down";; esac')
    say(folder, "sacct", "")
    return folder


def say(folder: Path, name: str, script: str) -> None:
    (folder / name).write_text(f"#!/bin/sh\n{script}\n")
    (folder / name).chmod(0o755)


def test_no_slurm_is_no_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert look() is None


def test_one_that_is_well(commands: Path) -> None:
    assert look() == SlurmHealth(True, "slurm 25.05 responds: partitions debug; accounting", ("debug",), True)


def test_one_without_accounts_and_partitions(commands: Path) -> None:
    say(commands, "sacct", "echo 'Slurm accounting storage is disabled' >&2; exit 1")
    say(commands, "sinfo", 'case "$1" in --version) echo slurm 25.05;; *) echo "debug|down";; esac')
    assert look() == SlurmHealth(True, "slurm 25.05 responds: no partition is up; no accounting")


def test_one_that_does_not_answer(commands: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    say(commands, "sinfo", "echo 'sinfo: error: Unable to contact slurm controller' >&2; exit 1")
    assert look() == SlurmHealth(False, "Unable to contact slurm controller")
    monkeypatch.setattr(slurm_health, "SECONDS", 0.2)
    say(commands, "sinfo", "while :; do :; done")
    assert look() == SlurmHealth(False, "'sinfo' did not respond within 0.2 seconds")


@on_a_real_slurm
@pytest.mark.slurm
def test_a_real_one(monkeypatch: pytest.MonkeyPatch) -> None:
    with one_node_slurm() as environ:
        for name in ("SLURM_CONF", "PATH"):
            monkeypatch.setenv(name, environ[name])
        found = look()
    assert found is not None
    assert (found.answers, found.partitions_up, found.has_accounting) == (True, ("debug",), False)
