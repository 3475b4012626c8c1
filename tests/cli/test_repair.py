"""Finishing and removing what was stopped, and bringing in catalogs of the first HuggingNERSC."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.practice_hub import FaultyHub

from .conftest import IRIS, Run, commits, on_hub

pytestmark = pytest.mark.usefixtures("practice_hub")


@pytest.fixture
def stopped(run: Run, practice_hub: FaultyHub) -> None:
    """A publication that could neither go on nor be taken back."""
    practice_hub.faults.add("server_error", path="*/commit/*", count=None, method="POST")
    practice_hub.faults.add("server_error", path="/api/repos/delete", count=None)
    assert run("catalog-new-dataset", *IRIS).code == 7
    practice_hub.faults.clear()


@pytest.fixture
def left(run: Run, practice_root: Path) -> None:
    """A publication whose process is gone before anything was asked of the Hub."""
    assert run("catalog-new-dataset", *IRIS).code == 0


@pytest.mark.usefixtures("stopped")
def test_what_could_not_be_taken_back_is_listed_and_undone(
    run: Run, practice_hub: FaultyHub, nothing_made: Callable[[], None]
) -> None:
    checks = run("doctor", "--json").json["checks"]
    (check,) = [item for item in checks if item["name"] == "unfinished"]
    assert "Run 'huggingnersc resume iris' to finish it, or 'huggingnersc undo iris' to remove it" in check["advice"]
    result = run("undo", "iris")
    assert result.code == 0
    assert result.out == "The publication of 'iris' was undone; nothing was left behind.\n"
    nothing_made()


@pytest.mark.usefixtures("stopped")
def test_what_could_not_be_taken_back_is_resumed(run: Run, practice_hub: FaultyHub, practice_root: Path) -> None:
    assert run("resume", "iris").code == 0
    assert [path.name for path in practice_root.iterdir()] == ["iris"]
    assert commits(practice_hub, "NERSC/iris") == ["Catalog iris", "initial commit"]


def test_resume_finishes_all(run: Run, spawn: Run, practice_hub: FaultyHub, practice_root: Path) -> None:
    import subprocess

    from .conftest import PROGRAM, surroundings

    practice_hub.faults.add("slow", path="*/commit/*", count=1, seconds=3, method="POST")
    process = subprocess.Popen([*PROGRAM, "catalog-new-dataset", *IRIS], env=surroundings({}))
    while practice_hub.faults.to_list():
        assert process.poll() is None
    process.kill()
    process.wait()
    assert [path.name for path in practice_root.iterdir()] == [".iris.staging"]
    result = run("resume", "--json")
    assert result.code == 0, result.err
    assert [item["name"] for item in result.json["resumed"]] == ["iris"]
    assert [path.name for path in practice_root.iterdir()] == ["iris"]
    assert commits(practice_hub, "NERSC/iris")[:1] == ["Catalog iris"]
    assert run("resume").out == "You have no unfinished publications.\n"


def test_there_is_nothing_to_undo(run: Run, practice_root: Path) -> None:
    practice_root.mkdir(parents=True)
    result = run("undo", "iris")
    assert (result.code, "There is no unfinished publication of 'iris'" in result.plain) == (4, True)


@pytest.fixture
def old_catalog(tmp_path: Path) -> Path:
    """A catalog as the first version wrote it: good, bare, faulty and broken entries."""
    root = tmp_path / "old"
    for name, metadata in (
        ("iris", {"datacard_tags": {"pretty_name": "Iris", "size_categories": "n<1K", "license": "mit"}}),
        ("stars", {"datacard_tags": {"pretty_name": "Stars", "size_categories": "1M<n<10M", "license": "apache2"}}),
    ):
        folder = root / "group" / name
        folder.mkdir(parents=True)
        info = {
            "nickname": name,
            "official_name": name.title(),
            "hf_dir": f"https://huggingface.co/datasets/NERSC/{name}",
            "data_dir": str(tmp_path),
            "nersc_dir": str(folder),
            "metadata": metadata,
        }
        (folder / f"{name}_info.json").write_text(json.dumps(info))
        (folder / "README.md").write_text(f"# {name} as it was\n")
        (folder / f"{name}_dataloader.ipynb").write_text(
            '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'
        )
    (root / "torn_info.json").write_text("{")
    return root


def test_a_catalog_of_the_first_version(
    run: Run, old_catalog: Path, practice_hub: FaultyHub, practice_root: Path
) -> None:
    before = {path: path.read_bytes() for path in old_catalog.rglob("*") if path.is_file()}
    result = run("import-catalog", str(old_catalog), "--json")
    assert result.code == 3
    outcomes = {item["name"]: item for item in result.json["imported"]}
    assert {name: item["outcome"] for name, item in outcomes.items()} == {
        "iris": "imported",
        "stars": "failed",
        "torn": "failed",
    }
    assert [(error["pointer"], error["suggestion"]) for error in outcomes["stars"]["errors"]] == [
        ("/metadata/datacard_tags/license", "apache-2.0")
    ]
    assert "2 of 3 could not be imported" in result.problem["detail"]
    assert on_hub(practice_hub) == []
    assert [path.name for path in practice_root.iterdir()] == ["iris"]
    assert (practice_root / "iris" / "README.md").read_text() == "# iris as it was\n"
    assert {path: path.read_bytes() for path in old_catalog.rglob("*") if path.is_file()} == before
    record = run("inspect-dataset", "iris", "--json").json["record"]
    assert (record["repo_id"], record["data_path"]) == ("NERSC/iris", str(old_catalog.parent))


def test_for_people_each_entry_has_its_line(run: Run, old_catalog: Path) -> None:
    result = run("import-catalog", str(old_catalog))
    assert "imported  'iris' was imported." in result.out
    assert "failed    " in result.out
    assert "/metadata/datacard_tags/license: 'apache2' is not in the list. Did you mean 'apache-2.0'?" in result.out
    again = run("import-catalog", str(old_catalog))
    assert "present  'iris' is already in the catalog; it was skipped." in again.out


def test_an_import_that_is_stopped_leaves_no_half_entry(
    run: Run, old_catalog: Path, nothing_made: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    from huggingnersc_lab.store.prepare import Prepared

    write_entry = Prepared.write_entry

    def stop(*entry: Any) -> None:
        write_entry(*entry)
        raise KeyboardInterrupt

    monkeypatch.setattr(Prepared, "write_entry", stop)
    assert run("import-catalog", str(old_catalog)).code == 130
    nothing_made()


def test_a_dry_import_makes_nothing(run: Run, old_catalog: Path, nothing_made: Callable[[], None]) -> None:
    result = run("import-catalog", str(old_catalog), "--dry-run")
    assert "'iris' would be imported." in result.out
    nothing_made()


def test_there_is_nothing_to_import(run: Run, folder: Path) -> None:
    for name, words in ((".", "There is no *_info.json below"), ("nope", "is not a folder")):
        result = run("import-catalog", name)
        assert (result.code, words in result.plain) == (4, True)
