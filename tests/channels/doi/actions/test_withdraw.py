"""When a DOI can be given back, and what is left of it."""

from __future__ import annotations

from typing import Any

import pytest

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.record.model import Distribution
from tests.channels.doi.places import Place

DOI = "10.5072/sky"
RESERVED = Distribution("doi", f"https://doi.org/{DOI}", state="reserved")
REHEARSAL = {"url": "https://api.figsh.com/v2", "service": "figshare"}


@pytest.mark.parametrize(
    ("notes", "is_reserved", "expected"),
    [
        ({}, False, False),
        ({"marker": "m"}, False, True),
        ({}, True, True),
        ({"id": "7", "submitted": True}, True, False),
        ({"id": "7", "published": True}, False, False),
        ({"id": "7", "published": True, **REHEARSAL}, False, True),
    ],
)
def test_while_one_is_reserved(place: Place, notes: dict[str, Any], is_reserved: bool, expected: bool) -> None:
    place.desk.ledger.note(**notes)
    place.desk.change(distributions=(RESERVED,) if is_reserved else ())
    assert place.desk.action("withdraw").is_offered(place.desk.dataset, place.desk.ledger) is expected


def test_a_public_one_stays(place: Place) -> None:
    notes = {"id": "7", "published": True}
    place.desk.ledger.note(**notes)
    for forget in (True, False):
        with pytest.raises(CatalogError) as raised:
            place.desk.run("withdraw", forget=forget)
        assert (raised.value.code, raised.value.detail) == (
            "conflict",
            "Its DOI is public, and stays for good. Nothing was changed.",
        )
    assert (place.service.seen, place.desk.ledger.read()) == ([], notes)


@pytest.mark.parametrize("is_noted", [True, False])
def test_it_can_be_forgotten_here_alone(place: Place, is_noted: bool) -> None:
    if is_noted:
        place.desk.ledger.note(id="7", doi=DOI, unrecorded={})
    place.desk.change(doi=DOI, distributions=(RESERVED,))
    outcome = place.desk.run("withdraw", forget=True)
    assert outcome.text == f"{DOI} is forgotten here. What the service has of it stays there."
    assert (outcome.distributions, outcome.values) == ((), {"doi": None})
    assert place.desk.ledger.read() == ({"unrecorded": {}} if is_noted else {})
    assert place.service.seen == []


def test_a_rehearsal_that_is_over(place: Place) -> None:
    """It was public at a service for trying out, so the entry says nothing of it."""
    place.desk.ledger.note(id="7", doi=DOI, published=True, **REHEARSAL)
    place.desk.change(doi="10.5072/mine")
    outcome = place.desk.run("withdraw")
    assert outcome.text.startswith(f"{DOI} is forgotten here.")
    assert (outcome.distributions, outcome.values, place.desk.ledger.read()) == (None, {}, {})
    assert place.service.seen == []


def test_the_steps(place: Place) -> None:
    place.desk.run("reserve")
    doi = place.desk.record.doi
    place.desk.logged.clear()
    outcome = place.desk.run("withdraw")
    assert place.desk.logged == [
        "withdraw begin Deleting the draft at figshare",
        "withdraw done The draft is deleted",
    ]
    assert outcome.text == f"{doi} is given back. Nothing of it is left at figshare."
    assert (outcome.distributions, outcome.values) == ((), {"doi": None})


def test_the_dois_of_others_stay_in_the_entry(place: Place) -> None:
    place.desk.run("reserve")
    place.desk.change(doi="10.5072/mine", distributions=())
    outcome = place.desk.run("withdraw")
    assert (outcome.distributions, outcome.values, place.count()) == (None, {}, 0)
