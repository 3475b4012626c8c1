"""``inspect``: what data holds, told by a job."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.workspace.tasks.inspect import TASK, InspectRequest
from huggingnersc_lab.workspace.workspace import Workspace

EXAMPLE = Path(__file__).parents[3] / "huggingnersc_lab" / "examples" / "iris"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    for number in range(3):
        (folder / f"part-{number}.csv").write_text("a,b\n1,2\n3,4\n")
    return folder


def test_a_job_tells_what_is_there(carry: Any, data: Path) -> None:
    outcome = carry("inspect", data_path=str(data))
    assert outcome.state == "succeeded", outcome.error
    assert outcome.result["contents"]["rows"] == 6
    assert outcome.result["formats"][0]["format"] == "csv"
    steps = [(step.name, step.phase, step.detail) for step in carry.read().steps]
    assert steps[1:] == [
        ("walk", "done", "3 files, 36 bytes"),
        ("read", "begin", "Reading what 3 of them say of themselves"),
        ("read", "done", "3 files described, 0 left out"),
    ]


def test_a_job_can_be_cancelled(carry: Any, data: Path) -> None:
    carry.stop_at = ("read", "begin")
    assert carry("inspect", data_path=str(data)).state == "cancelled"
    assert carry.read().steps[1].detail == "3 files, 36 bytes"


def test_data_that_is_gone(carry: Any, tmp_path: Path) -> None:
    outcome = carry("inspect", data_path=str(tmp_path / "gone"))
    assert (outcome.state, outcome.error["code"]) == ("failed", "not_found")


def test_which_data_is_meant(workspace: Workspace, carry: Any, published: dict[str, Any], data: Path) -> None:
    spec = TASK.prepare(workspace, InspectRequest(data_path=str(EXAMPLE)))
    assert (spec.dataset, spec.arguments["data_path"]) == ("iris", str(EXAMPLE))
    assert TASK.is_heavy(TASK.read_arguments(spec))
    assert carry("update", values={"data_path": str(data)}).state == "succeeded"
    spec = TASK.prepare(workspace, InspectRequest(name="iris"))
    assert (spec.dataset, spec.arguments["data_path"]) == ("iris", str(data))


@pytest.mark.parametrize(
    ("request_", "pointer"),
    [
        (InspectRequest(), "/data_path"),
        (InspectRequest(data_path=str(EXAMPLE), seconds=0), "/seconds"),
        (InspectRequest(data_path="/etc"), "/data_path"),
        (InspectRequest(data_path="relative"), "/data_path"),
    ],
)
def test_what_cannot_be_inspected_is_refused_at_once(
    workspace: Workspace, request_: InspectRequest, pointer: str
) -> None:
    with pytest.raises(CatalogError) as refused:
        TASK.prepare(workspace, request_)
    assert [one.pointer for one in refused.value.fields] == [pointer]
