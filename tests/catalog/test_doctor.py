"""What doctor says."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from huggingnersc_lab.catalog import Catalog, doctor
from huggingnersc_lab.catalog.doctor import examine
from huggingnersc_lab.jobs.executors.slurm_health import SlurmHealth
from huggingnersc_lab.sites import load_site

REAL = "hf_" + "a" * 34


@pytest.fixture(autouse=True)
def _no_slurm(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test asks the Slurm of the machine that it runs on."""
    monkeypatch.setattr(doctor, "look_at_slurm", lambda: None)


def test_doctor_says_what_works(catalog: Catalog) -> None:
    checks = {check.name: check for check in examine(Catalog(load_site("sandbox")))}
    assert {check.verdict for check in checks.values()} == {"ok"}
    assert "practice" in checks["site"].advice


def test_doctor_says_what_does_not(tmp_path: Path) -> None:
    site = load_site("nersc", catalog_root=str(tmp_path / "none"), hub_url="http://hub.example")
    checks = list(examine(Catalog(site)))
    verdicts = {check.name: check.verdict for check in checks}
    assert verdicts["catalog"] == "failed"
    assert verdicts["token"] == "failed"
    assert any("not encrypted" in check.detail for check in checks)
    assert all(check.advice for check in checks if check.verdict != "ok")


def test_doctor_tells_of_a_practice_folder_that_others_can_look_into(catalog: Catalog) -> None:
    site = load_site("sandbox")
    assert site.practice_dir is not None
    site.practice_dir.mkdir(parents=True, exist_ok=True)
    site.practice_dir.chmod(0o755)
    (site.practice_dir / "other").touch()
    checks = {check.name: check for check in examine(Catalog(site))}
    assert checks["site"].verdict == "warning"
    assert checks["site"].advice == f"To make it private: chmod 700 {site.practice_dir}"


@pytest.mark.parametrize(
    ("health", "verdict", "detail"),
    [
        (None, "warning", "There is no command 'sbatch' on this machine"),
        (SlurmHealth(False, "timed out"), "warning", "Slurm does not respond: timed out"),
        (SlurmHealth(True, "slurm 25 responds: no partition is up; no accounting"), "warning", "slurm 25 responds"),
        (SlurmHealth(True, "slurm 25 responds: partitions a; accounting", ("a",), True), "ok", "partitions a"),
    ],
)
def test_doctor_says_whether_slurm_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, health: SlurmHealth | None, verdict: str, detail: str
) -> None:
    monkeypatch.setattr(doctor, "look_at_slurm", lambda: health)
    site = load_site("nersc", catalog_root=str(tmp_path), hub_url="http://127.0.0.1:9", environ={})
    (check,) = [check for check in examine(Catalog(site)) if check.name == "slurm"]
    assert (check.verdict, detail in check.detail) == (verdict, True)
    assert check.advice or verdict == "ok"


def test_doctor_says_that_this_is_a_login_node(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "gethostname", lambda: "login01")
    site = load_site("nersc", catalog_root=str(tmp_path), hub_url="http://127.0.0.1:9", environ={})
    assert any("This is a login node" in check.detail for check in examine(Catalog(site)))
