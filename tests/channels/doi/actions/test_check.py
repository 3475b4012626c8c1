"""A DOI that the service still looks at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from huggingnersc_lab.errors import CatalogError
from tests.channels.doi.places import Place, at


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """OSTI, which looks at a record before it releases its DOI."""
    with at("osti", tmp_path / "desk") as found:
        yield found


@pytest.mark.parametrize(
    ("notes", "expected"),
    [
        ({}, False),
        ({"id": "7"}, False),
        ({"id": "7", "submitted": True}, True),
        ({"id": "7", "published": True}, False),
    ],
)
def test_while_the_service_looks_at_it(place: Place, notes: dict[str, Any], expected: bool) -> None:
    place.desk.ledger.note(**notes)
    assert place.desk.action("check").is_offered(place.desk.dataset, place.desk.ledger) is expected


def test_nothing_was_sent_in(place: Place) -> None:
    with pytest.raises(CatalogError) as raised:
        place.desk.run("check", service="osti")
    assert raised.value.code == "not_found"
    assert place.count() == 0


def test_from_looking_at_it_to_public(place: Place) -> None:
    place.account.after_submit = "SO"
    place.desk.run("reserve")
    place.desk.run("publish")
    doi = place.desk.record.doi
    assert place.desk.run("check").text.startswith("OSTI has it and looks at it now.")
    assert (place.desk.ledger.get("submitted"), place.desk.ledger.get("published")) == (True, None)
    assert [one.state for one in place.desk.record.distributions] == ["reserved"]

    for record in place.account.records.values():
        record["workflow_status"] = "R"
    outcome = place.desk.run("check")
    assert outcome.text.startswith(f"{doi} is public.")
    assert (place.desk.ledger.get("submitted"), place.desk.ledger.get("published")) == (None, True)
    assert [one.state for one in place.desk.record.distributions] == [None]
    assert place.desk.record.doi == doi
