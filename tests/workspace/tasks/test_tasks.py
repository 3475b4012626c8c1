"""The kinds there are: a file in the folder is enough."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from huggingnersc_lab.jobs import Kinds, Outcome, Progress
from huggingnersc_lab.jobs.arguments import arguments_of
from huggingnersc_lab.jobs.folder import JobFolder
from huggingnersc_lab.jobs.runner import run
from huggingnersc_lab.workspace import tasks
from huggingnersc_lab.workspace.workspace import Workspace

NAMES = {"publish", "adopt", "update", "retire", "resume", "undo", "share", "checksum", "verify_data", "inspect"}
GUIDE = Path(__file__).parents[3] / "CONTRIBUTING.md"


def test_the_kinds_that_come_with_the_package() -> None:
    assert {kind.name for kind in tasks.kinds()} == NAMES


def test_each_kind_is_called_like_its_file() -> None:
    for kind in tasks.kinds():
        assert type(kind).__module__ == f"huggingnersc_lab.workspace.tasks.{kind.name}"


def test_each_kind_can_say_what_it_takes() -> None:
    for kind in tasks.kinds():
        assert arguments_of(kind.request)
        assert {"site", "catalog_root", "hub_url", "organization"} <= arguments_of(kind.arguments).keys()


def test_a_file_beside_them_is_a_kind(toy: Any) -> None:
    assert {task.name for task in tasks.find_tasks()} == NAMES | {"toy", "sum"}
    assert tasks.kinds().get("toy") is toy


def test_the_example_of_the_guide_is_true(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, carry: Any, values: dict[str, Any]
) -> None:
    (tmp_path / "kinds").mkdir()
    source = re.search(r"```python\n(.*?workspace/tasks/count\.py.*?)```", GUIDE.read_text(), re.DOTALL)
    assert source is not None
    (tmp_path / "kinds" / "count.py").write_text(source[1])
    monkeypatch.setattr(tasks, "__path__", [*tasks.__path__, str(tmp_path / "kinds")])
    (count,) = (task for task in tasks.find_tasks() if task.name == "count")
    (tmp_path / "data").mkdir()
    for name in "ab":
        (tmp_path / "data" / name).touch()
    assert carry("publish", values={**values, "data_path": str(tmp_path / "data")}).state == "succeeded"
    folder = JobFolder.create(tmp_path / ("0" * 32), count.prepare(workspace, count.request(name="iris")))
    assert run(folder, Kinds(count)) == Outcome("succeeded", result={"files": 2})
    assert folder.read().progress == Progress(text="2 files so far")
