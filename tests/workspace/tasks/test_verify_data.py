"""``verify_data``: what changed since, told by a job."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.workspace.tasks.verify_data import TASK, VerifyDataRequest
from huggingnersc_lab.workspace.workspace import Workspace


@pytest.fixture
def data(carry: Any, published: dict[str, Any], tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    for name in ("one", "two", "three"):
        (folder / name).write_text(name)
    assert carry("update", values={"data_path": str(folder)}).state == "succeeded"
    assert carry("checksum").state == "succeeded"
    return folder


def test_a_job_tells_what_changed(carry: Any, data: Path) -> None:
    assert carry("verify_data").result["unchanged"] is True
    (data / "one").unlink()
    (data / "two").write_text("2")
    (data / "four").touch()
    for how in ({}, {"quick": True}, {"part": "2/3"}):
        outcome = carry("verify_data", **how)
        assert outcome.state == "succeeded", outcome.error
        assert outcome.result["counts"] == {"changed": 1, "damaged": 0, "gone": 1, "new": 1}
        found = {(change["path"], change["kind"]) for change in outcome.result["changes"]}
        assert found == {("one", "gone"), ("two", "changed"), ("four", "new")}
    assert carry.read().steps[-1].detail == "3 files compared, 3 differ"


def test_without_checksums_there_is_nothing_to_compare(carry: Any, data: Path, tmp_path: Path) -> None:
    (tmp_path / "xdg_data_home" / "huggingnersc" / "checksums").rename(tmp_path / "elsewhere")
    outcome = carry("verify_data")
    assert (outcome.state, outcome.error["code"]) == ("failed", "not_found")


@pytest.mark.parametrize("part", ["0/3", "4/3", "3", "a/b", "1/9999", "1/" + "9" * 5000, "²/3", "-1/3"])
def test_a_part_that_is_not_possible_is_refused_at_once(
    workspace: Workspace, published: dict[str, Any], part: str
) -> None:
    with pytest.raises(CatalogError) as refused:
        TASK.prepare(workspace, VerifyDataRequest(name="iris", part=part))
    assert refused.value.fields[0].pointer == "/part"


@pytest.mark.parametrize(("quick", "heavy"), [(False, True), (True, False)])
def test_only_reading_is_heavy(
    workspace: Workspace, carry: Any, published: dict[str, Any], tmp_path: Path, quick: bool, heavy: bool
) -> None:
    assert carry("update", values={"data_path": str(tmp_path)}).state == "succeeded"
    spec = TASK.prepare(workspace, VerifyDataRequest(name="iris", quick=quick))
    assert TASK.is_heavy(TASK.read_arguments(spec)) is heavy
