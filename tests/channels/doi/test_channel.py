"""What the channel says of a dataset's DOI."""

from __future__ import annotations

from pathlib import Path

import pytest

from huggingnersc_lab.channels.doi import CHANNEL
from huggingnersc_lab.record.parts import Distribution
from tests.channels.desk import Desk

URL = "https://doi.org/10.5072/a"


@pytest.mark.parametrize(
    ("doi", "way", "notes", "state", "detail"),
    [
        (None, None, {}, "none", ""),
        (None, None, {"marker": "x", "service": "osti"}, "begun", "A reservation was begun at osti; the entry"),
        (None, None, {"marker": "x", "doi": "10.5072/a", "service": "osti"}, "begun", "10.5072/a is reserved at osti;"),
        ("10.5072/a", None, {}, "shared", "10.5072/a was entered with the dataset."),
        ("10.5072/a", {"state": "reserved"}, {}, "begun", "is reserved with another account"),
        ("10.5072/a", {"state": "reserved"}, {"id": "1"}, "begun", "does not resolve until it is published"),
        ("10.5072/a", {"state": "reserved"}, {"id": "1", "submitted": True}, "begun", "the service looks at it now"),
        ("10.5072/a", {"data_fingerprint": "f1"}, {"published": True}, "shared", "10.5072/a"),
        ("10.5072/a", {"data_fingerprint": "f0"}, {"published": True}, "outdated", "before the data changed"),
    ],
)
def test_states(
    doi: str | None, way: dict[str, str] | None, notes: dict[str, object], state: str, detail: str, tmp_path: Path
) -> None:
    desk = Desk(CHANNEL, tmp_path)
    ways = () if way is None else (Distribution("doi", URL, created_at="2026-11-01T10:00:00Z", **way),)  # type: ignore[arg-type]
    desk.change(doi=doi, distributions=ways)
    desk.ledger.note(**notes)
    status = CHANNEL.status(desk.dataset, desk.ledger)
    assert (status.state, detail in status.detail) == (state, True), status
    assert status.url == (URL if doi else None)


def test_no_data_comes_from_a_doi(tmp_path: Path) -> None:
    assert CHANNEL.loader_lines(Desk(CHANNEL, tmp_path).dataset) == {}


def test_what_cannot_be_undone_is_asked_twice_and_what_is_sent_once() -> None:
    assert [action.name for action in CHANNEL.actions if action.is_final] == ["publish"]
    asked = {action.name for action in CHANNEL.actions if action.question}
    assert asked == {"reserve", "publish", "update", "withdraw", "enter"}
    assert not any(action.is_heavy for action in CHANNEL.actions)
