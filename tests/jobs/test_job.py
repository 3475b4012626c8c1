from __future__ import annotations

from typing import Any

import pytest

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.jobs import Job, JobStep, Outcome, Progress

AT = "2026-01-01T00:00:00.000Z"


def job(**members: Any) -> Job:
    return Job("f" * 32, "publish", "iris", "running", (), False, AT, AT, **members)


def test_what_there_is_none_of_is_left_out() -> None:
    assert job().to_dict() == {
        "id": "f" * 32,
        "kind": "publish",
        "name": "iris",
        "state": "running",
        "steps": [],
        "kept": False,
        "created_at": AT,
        "updated_at": AT,
        "executor": "local",
    }


def test_a_job_as_json() -> None:
    whole = job(
        progress=Progress(0.5, "Reading", bytes=5, total_bytes=10),
        shown={"draft_id": "0", "name": "not this one"},
        result={"name": "iris"},
        error={"code": "upstream", "detail": "The Hub is down.", "hints": [{"key": "undo", "name": "iris"}]},
        reason="JobHeldUser",
    ).to_dict()
    assert whole["progress"] == {"fraction": 0.5, "text": "Reading", "bytes": 5, "total_bytes": 10}
    assert (whole["draft_id"], whole["name"], whole["reason"]) == ("0", "iris", "JobHeldUser")
    assert (whole["result"], whole["error"]) == (
        {"name": "iris"},
        {"code": "upstream", "detail": "The Hub is down. Press Undo to finish undoing it."},
    )


def test_progress_that_is_not_known_has_a_text_at_least() -> None:
    assert Progress().to_dict() == {"text": ""}


@pytest.mark.parametrize(
    ("state", "has_ended"),
    [("queued", 0), ("held", 0), ("running", 0), ("succeeded", 1), ("failed", 1), ("cancelled", 1)],
)
def test_three_states_are_the_last(state: Any, has_ended: int) -> None:
    ended = Job("f" * 32, "publish", "iris", state, (JobStep("a", "done", "", AT),), False, AT, AT)
    assert ended.has_ended == bool(has_ended)


def test_the_end_by_an_error() -> None:
    err = CatalogError("upstream", "The Hub is down.")
    assert Outcome.failed(err, kept=True) == Outcome("failed", error=err.to_dict(), kept=True)
