"""What doctor says."""

from __future__ import annotations

from pathlib import Path

from huggingnersc_lab.catalog import Catalog
from huggingnersc_lab.catalog.doctor import examine
from huggingnersc_lab.sites import load_site

REAL = "hf_" + "a" * 34


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
