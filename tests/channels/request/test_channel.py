"""How far a request is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from huggingnersc_lab.channels.request import CHANNEL
from huggingnersc_lab.record.parts import Distribution
from tests.channels.desk import Desk

ASKED = Distribution("request", "https://forms.example/f", created_at="2026-01-01T00:00:00Z", state="requested")


@pytest.mark.parametrize(
    ("is_asked", "notes", "state", "detail"),
    [
        (False, {}, "none", ""),
        (False, {"found": "/x"}, "none", ""),
        (True, {}, "begun", "The centre was asked to host it."),
        (True, {"found": "/x"}, "begun", "The data has arrived at /x."),
        (True, {"moved_to": "/x"}, "begun", "The centre was asked to host it."),
    ],
)
def test_states(desk: Desk, is_asked: bool, notes: dict[str, Any], state: str, detail: str) -> None:
    desk.change(distributions=(ASKED,) if is_asked else ())
    desk.ledger.note(**notes)
    status = CHANNEL.status(desk.dataset, desk.ledger)
    assert (status.state, status.detail) == (state, detail)
    assert (status.url, status.at) == ((ASKED.url, ASKED.created_at) if is_asked else (None, None))


@pytest.mark.parametrize("is_elsewhere", [True, False])
def test_data_that_is_there(desk: Desk, target: Path, is_elsewhere: bool) -> None:
    path = "/elsewhere/sky" if is_elsewhere else str(target)
    desk.change(data_path=path)
    if is_elsewhere:
        desk.ledger.note(moved_to=path)
    status = CHANNEL.status(desk.dataset, desk.ledger)
    assert (status.state, status.detail) == ("shared", f"The data is at {path}.")


def test_a_record_without_a_path(desk: Desk) -> None:
    desk.change(data_path=None)
    assert CHANNEL.status(desk.dataset, desk.ledger).state == "none"


def test_readers_need_only_the_path(desk: Desk) -> None:
    assert CHANNEL.loader_lines(desk.dataset) == {}
    assert [action.name for action in CHANNEL.actions] == ["ask", "check", "move"]
