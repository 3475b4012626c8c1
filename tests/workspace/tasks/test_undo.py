from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from huggingnersc_lab.catalog import Catalog
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.jobs import JobSpec, Outcome
from huggingnersc_lab.jobs.folder import JobFolder
from huggingnersc_lab.workspace.publication import UnfinishedRequest
from huggingnersc_lab.workspace.tasks.undo import TASK, UndoArguments
from huggingnersc_lab.workspace.workspace import Workspace
from tests.practice_hub import FaultyHub


def test_nothing_is_left_behind(carry: Any, stopped: Outcome, catalog: Catalog, on_hub: Any) -> None:
    assert [path.name for path in catalog.store.root.iterdir()] == [".iris.staging"]
    assert carry("undo") == Outcome("succeeded")
    assert (on_hub(), list(catalog.store.root.iterdir())) == ([], [])
    again = carry("undo")
    assert (again.state, again.error["code"], again.kept) == ("failed", "not_found", False)


def test_one_that_is_stopped_can_be_done_again(carry: Any, stopped: Outcome, catalog: Catalog) -> None:
    carry.stop_at = ("undo", "begin")
    outcome = carry("undo")
    assert (outcome.state, outcome.kept) == ("cancelled", True)
    carry.stop_at = ("undo", "done")
    assert carry("undo") == Outcome("succeeded")
    assert list(catalog.store.root.iterdir()) == []


def test_one_that_fails_can_be_done_again(carry: Any, stopped: Outcome, practice_hub: FaultyHub) -> None:
    practice_hub.faults.add("server_error", path="/api/repos/delete", count=None)
    outcome = carry("undo")
    assert (outcome.state, outcome.error["code"], outcome.kept) == ("failed", "upstream", True)


def test_what_is_asked_for_is_ordered(workspace: Workspace, stopped: Outcome) -> None:
    spec = TASK.prepare(workspace, UnfinishedRequest(name="iris", take_over="e1"))
    assert (spec.kind, spec.dataset) == ("undo", "iris")
    assert TASK.read_arguments(spec) == UndoArguments(**vars(workspace.choice), take_over="e1")


def test_what_is_not_there_is_refused_at_once(workspace: Workspace) -> None:
    with pytest.raises(CatalogError) as refused:
        TASK.prepare(workspace, UnfinishedRequest(name="iris"))
    assert refused.value.code == "not_found"


def test_what_is_left_of_it_is_the_publication(tmp_path: Path) -> None:
    folder = JobFolder.create(tmp_path / ("0" * 32), JobSpec("undo", "iris"))
    assert TASK.leftovers(folder, {"iris"}.__contains__)
    assert not TASK.leftovers(folder, {"other"}.__contains__)
    assert [hint.sentence("panel") for hint in TASK.hints("iris")] == [
        "Press Resume to finish it, or Undo to remove it."
    ]
