from __future__ import annotations

from typing import Any

import pytest

from huggingnersc_lab.catalog import Catalog, Change
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.jobs import Outcome
from huggingnersc_lab.jobs.folder import JobFolder
from huggingnersc_lab.workspace.change_job import ChangeArguments
from huggingnersc_lab.workspace.tasks.retire import TASK, RetireRequest
from huggingnersc_lab.workspace.workspace import Workspace


@pytest.mark.parametrize("from_hub", [True, False])
def test_an_entry_is_taken_out(
    carry: Any, catalog: Catalog, published: dict[str, Any], on_hub: Any, from_hub: bool
) -> None:
    assert carry("retire", from_hub=from_hub) == Outcome("succeeded")
    assert list(catalog.store.root.iterdir()) == []
    assert on_hub() == ([] if from_hub else ["NERSC/iris"])
    begin, done = carry.read().steps
    assert begin.detail.endswith("deleting NERSC/iris from the Hub" if from_hub else "from the catalog")
    assert ("and the Hub" in done.detail) is from_hub


def test_one_that_began_is_completed(carry: Any, catalog: Catalog, published: dict[str, Any]) -> None:
    carry.stop_at = ("retire", "begin")
    assert carry("retire", from_hub=True) == Outcome("succeeded")
    assert list(catalog.store.root.iterdir()) == []
    assert not catalog.hub.state("NERSC/iris")
    assert carry.steps == [("retire", "begin"), ("retire", "done")]


def test_nothing_is_left_of_one_that_fails(carry: Any, tmp_path: Any) -> None:
    outcome = carry("retire", "sky-maps")
    assert (outcome.state, outcome.error["code"], outcome.kept) == ("failed", "not_found", False)
    assert not TASK.leftovers(JobFolder(tmp_path), lambda _: True)


def test_what_is_asked_for_is_ordered(workspace: Workspace, published: dict[str, Any]) -> None:
    spec = TASK.prepare(workspace, RetireRequest(name="iris", from_hub=True, confirmed="NERSC/iris"))
    assert (spec.kind, spec.dataset) == ("retire", "iris")
    change = Change("retire", "iris", from_hub=True, confirmed="NERSC/iris")
    assert TASK.read_arguments(spec) == ChangeArguments(**vars(workspace.choice), change=change)


def test_an_entry_that_is_not_there_is_refused_at_once(workspace: Workspace) -> None:
    with pytest.raises(CatalogError) as refused:
        TASK.prepare(workspace, RetireRequest(name="iris"))
    assert refused.value.code == "not_found"
