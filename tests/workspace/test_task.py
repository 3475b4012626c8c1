"""A kind as something that is asked for, in the words of the REST interface."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.jobs.arguments import arguments_of
from huggingnersc_lab.workspace.tasks import kinds
from huggingnersc_lab.workspace.workspace import Workspace

CONTRACT = Path(__file__).parents[2] / "huggingnersc_lab" / "rest" / "openapi.yaml"
FIRST = ("publish", "adopt", "update", "retire", "resume", "undo")
"""Kinds whose arguments may stand beside the kind."""
OF_EVERY_ORDER = {"kind", "arguments", "executor", "resources"}


def test_the_contract_has_what_the_first_kinds_take() -> None:
    order = yaml.safe_load(CONTRACT.read_text())["components"]["schemas"]["JobOrder"]
    taken = [argument for name in FIRST for argument in arguments_of(kinds().get(name).request).values()]
    assert {argument.name for argument in taken} == order["properties"].keys() - OF_EVERY_ORDER
    for argument in taken:
        assert order["properties"][argument.name].items() >= argument.schema.items(), argument.name


def test_the_shown_arguments_are_in_the_contract() -> None:
    job = yaml.safe_load(CONTRACT.read_text())["components"]["schemas"]["Job"]
    for name in FIRST:
        kind = kinds().get(name)
        assert set(kind.shown) <= job["properties"].keys() & arguments_of(kind.arguments).keys()


def test_a_job_is_begun_as_it_is_asked_for(workspace: Workspace, toy: Any) -> None:
    job = toy.start(workspace, {"name": "iris", "size": 3}, executor="local", resources={"nodes": 2})
    spec = workspace.jobs.spec(job.id)
    assert (spec.kind, spec.dataset, spec.executor, spec.resources) == ("toy", "iris", "local", {"nodes": 2})
    assert toy.read_arguments(spec).size == 3
    assert toy.read_arguments(spec).catalog_root == workspace.choice.catalog_root


@pytest.mark.parametrize(
    ("request_", "pointers"),
    [({}, ["/at/name"]), ({"name": "iris", "size": None}, ["/at/size"]), ({"name": "iris", "x": 1}, ["/at/x"])],
)
def test_what_does_not_fit_is_refused_at_its_place(
    workspace: Workspace, toy: Any, request_: dict[str, Any], pointers: list[str]
) -> None:
    with pytest.raises(CatalogError) as refused:
        toy.start(workspace, request_, inside=("at",))
    assert [fault.pointer for fault in refused.value.fields] == pointers


def test_an_executor_that_is_unknown_is_refused(workspace: Workspace, toy: Any) -> None:
    with pytest.raises(CatalogError) as refused:
        toy.start(workspace, {"name": "iris"}, executor="orbit")
    assert [fault.pointer for fault in refused.value.fields] == ["/executor"]
