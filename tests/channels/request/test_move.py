"""The new path."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from huggingnersc_lab.channels.request.arrival import PlaceOptions
from huggingnersc_lab.errors import CatalogError
from tests.channels.desk import Desk


def test_it_is_offered_once_the_data_was_found(desk: Desk, target: Path) -> None:
    move = desk.action("move")
    assert not move.is_offered(desk.dataset, desk.ledger)
    desk.ledger.note(found=str(target))
    assert move.is_offered(desk.dataset, desk.ledger)
    desk.change(data_path=str(target))
    assert not move.is_offered(desk.dataset, desk.ledger)


@pytest.mark.parametrize(("at", "place"), [(None, "the place where the data was found"), ("/x/sky", "/x/sky")])
def test_it_is_described_before(desk: Desk, at: str | None, place: str) -> None:
    assert list(desk.action("move").describe(desk.dataset, PlaceOptions(at=at))) == [
        f"The path {desk.record.data_path} becomes {place}. No file is moved or deleted."
    ]


def test_the_entry_gets_the_path_and_nothing_else_moves(desk: Desk, target: Path) -> None:
    former = str(desk.record.data_path)
    shutil.copytree(former, target)
    desk.ledger.note(found=str(target), asked_at="2026-01-01T00:00:00Z", files=2)
    outcome = desk.run("move")
    assert outcome.text == f"The data of 'sky' is at {target} now. The copy at {former} is still there."
    assert (outcome.distributions, outcome.values) == ((), {"data_path": str(target)})
    assert desk.ledger.read() == {"files": 2, "moved_to": str(target)}
    assert sorted(path.name for path in Path(former).iterdir()) == ["B c.csv", "a.csv"]


@pytest.mark.parametrize("is_there", [True, False])
def test_less_than_there_should_be(desk: Desk, target: Path, is_there: bool) -> None:
    former = str(desk.record.data_path)
    if is_there:
        shutil.copytree(former, target)
        (target / "a.csv").unlink()
    desk.ledger.note(found=str(target), asked_at="2026-01-01T00:00:00Z")
    with pytest.raises(CatalogError) as raised:
        desk.run("move")
    assert raised.value.code == "conflict"
    assert raised.value.detail == (
        f"What is at {target} is not, or not any more, as much as the dataset has. "
        "Nothing was changed: check again later."
    )
    assert desk.ledger.read() == {"asked_at": "2026-01-01T00:00:00Z"}
    assert desk.record.data_path == former
