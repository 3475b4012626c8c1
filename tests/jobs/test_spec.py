from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from huggingnersc_lab.jobs import JobSpec
from huggingnersc_lab.jobs.spec import MAX_PARTS

SPEC = JobSpec("publish", "iris", {"values": {"tags": ["größe", None]}}, "slurm", {"account": "m1", "minutes": 30})


def test_a_spec_comes_back_as_it_was_given() -> None:
    assert JobSpec.from_dict(json.loads(json.dumps(SPEC.to_dict()))) == SPEC
    assert JobSpec.from_dict({"kind": "undo", "dataset": "iris"}) == JobSpec("undo", "iris")
    split = replace(SPEC, parts=MAX_PARTS)
    assert JobSpec.from_dict(json.loads(json.dumps(split.to_dict()))) == split
    assert "parts" not in SPEC.to_dict()  # earlier versions read it, too


def test_what_a_later_version_adds_is_left_alone() -> None:
    assert JobSpec.from_dict({**SPEC.to_dict(), "priority": 3}) == SPEC


def test_the_first_form_had_the_arguments_beside_the_kind() -> None:
    first = {"kind": "update", "name": "iris", "site": "nersc", "private": False, "etag": None, "values": {"a": None}}
    assert JobSpec.from_dict(first) == JobSpec(
        "update", "iris", {"site": "nersc", "private": False, "values": {"a": None}}
    )


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"kind": "undo"},
        {"kind": 1, "dataset": "iris"},
        {"kind": "undo", "dataset": None},
        {"kind": "undo", "dataset": "iris", "arguments": []},
        {"kind": "undo", "dataset": "iris", "resources": "many"},
        {"kind": "undo", "name": ["iris"]},
        {"kind": "undo", "dataset": "iris", "parts": 0},
        {"kind": "undo", "dataset": "iris", "parts": MAX_PARTS + 1},
        {"kind": "undo", "dataset": "iris", "parts": True},
        {"kind": "undo", "dataset": "iris", "parts": "4"},
    ],
)
def test_what_is_no_spec(data: dict[str, Any]) -> None:
    with pytest.raises(TypeError):
        JobSpec.from_dict(data)
