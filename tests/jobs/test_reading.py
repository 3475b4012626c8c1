"""Files of a job that something else has written."""

from __future__ import annotations

import json
from typing import Any

import pytest

from huggingnersc_lab.errors import CatalogError, FieldError
from huggingnersc_lab.hints import Hint
from huggingnersc_lab.jobs import JobStep, Outcome, Progress
from huggingnersc_lab.jobs.reading import read_outcome, read_process, read_progress, read_scheduler_ids, read_step
from huggingnersc_lab.processes import Process

ODD: list[Any] = [None, 1, "x", [], {}, [1], True, {"detail": 1}]


def test_what_was_written_is_read() -> None:
    error = CatalogError("conflict", "No.", [FieldError("/a", "b", "c", "d")], [Hint("undo", "iris")]).to_dict()
    outcome = {"state": "failed", "result": {"a": [1]}, "error": error, "kept": True}
    assert read_outcome(json.loads(json.dumps(outcome))) == Outcome("failed", {"a": [1]}, error, kept=True)
    assert read_outcome({}) == Outcome("queued")
    assert read_process(vars(Process.this())) == Process.this()
    assert read_step({"name": "a", "phase": "done", "detail": "b", "at": "c"}) == JobStep("a", "done", "b", "c")
    assert read_progress({"fraction": 1, "text": "a", "bytes": 2}) == Progress(1, "a", 2)


@pytest.mark.parametrize("odd", ODD)
def test_nothing_odd_comes_through(odd: Any) -> None:
    outcome = read_outcome({"state": "succeeded", "result": odd, "kept": odd})
    assert outcome.result is None or isinstance(outcome.result, dict)
    assert outcome.kept is (odd is True)
    failed = read_outcome({"state": "failed", "error": odd})
    assert failed.error is not None
    assert (failed.error["code"], failed.error["errors"]) == ("unexpected", [])
    assert failed.error["detail"].startswith("Its files do not say why")
    assert (read_step(odd), read_process(odd)) == (None, None)
    for pid in ("2", 2.5, 1, 0, -1):
        assert read_process({**vars(Process.this()), "pid": pid}) is None
    assert read_step({"name": "a", "phase": odd, "detail": "b", "at": "c"}) is None


@pytest.mark.parametrize("odd", ODD)
def test_an_error_is_told_as_far_as_it_is_one(odd: Any) -> None:
    finding = {"pointer": "/a", "code": "b", "detail": "c"}
    error = {"code": odd, "detail": "No.", "errors": [odd, finding], "hints": odd}
    assert read_outcome({"state": "failed", "error": error}).error == {
        "code": "unexpected",
        "detail": "No.",
        "errors": [finding],
    }


@pytest.mark.parametrize("fraction", [-0.1, 1.1, float("nan"), float("inf"), True, "1"])
def test_a_fraction_is_one(fraction: Any) -> None:
    assert read_progress({"fraction": fraction, "text": "Reading"}) == Progress(None, "Reading")


def test_a_state_that_only_a_later_version_knows_is_one_of_work() -> None:
    assert [read_outcome({"state": state}).state for state in ("suspended", ["failed"], None)] == ["running"] * 3


def test_what_a_later_version_adds_is_left_alone() -> None:
    assert read_step({"name": "a", "phase": "done", "detail": "b", "at": "c", "d": 1}) is not None
    assert read_progress({"text": "a", "files": 3}) == Progress(text="a")
    assert read_progress({"files": 3}) is None


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        (["7", "123"], ("7", "123")),
        (["9" * 20, "9" * 21], ("9" * 20,)),
        (["-7", "7_1", "7 8", "", "--all", "٣", "²", 7, None], ()),
        ("7", ()),
        ({"7": 1}, ()),
        (None, ()),
    ],
)
def test_ids_of_a_scheduler_are_numbers(ids: Any, expected: tuple[str, ...]) -> None:
    assert read_scheduler_ids({"ids": ids}) == expected
