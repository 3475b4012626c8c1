"""When a DOI can be brought up to date."""

from __future__ import annotations

from typing import Any

import pytest

from huggingnersc_lab.channels.doi.choice import ServiceOptions
from huggingnersc_lab.errors import CatalogError
from tests.channels.doi.places import Place

DOI = "10.5072/sky"


@pytest.mark.parametrize(
    ("notes", "doi", "expected"),
    [
        ({}, DOI, False),
        ({"doi": DOI}, DOI, False),
        ({"doi": DOI, "published": True}, DOI, True),
        ({"doi": DOI, "published": True}, "10.5072/other", False),
        ({"doi": DOI, "published": True}, None, False),
    ],
)
def test_only_where_it_is_public_and_the_datasets(
    place: Place, notes: dict[str, Any], doi: str | None, expected: bool
) -> None:
    place.desk.ledger.note(**notes)
    place.desk.change(doi=doi)
    assert place.desk.action("update").is_offered(place.desk.dataset, place.desk.ledger) is expected
    if not expected:
        with pytest.raises(CatalogError) as raised:
            place.desk.run("update")
        assert raised.value.detail == "No DOI of it was published from here. Nothing was sent."
    assert place.service.seen == []


def test_the_new_title_is_sent(place: Place) -> None:
    place.desk.run("reserve")
    place.desk.run("publish")
    doi = place.desk.record.doi
    place.desk.change(pretty_name="Second edition")
    place.desk.logged.clear()
    outcome = place.desk.run("update")
    assert place.desk.logged == ["update begin Updating the DOI at figshare", f"update done {outcome.text}"]
    assert place.desk.record.doi == doi
    assert "Second edition" in str(vars(place.account))


def test_the_service_is_named_before(place: Place) -> None:
    (said,) = place.desk.action("update").describe(place.desk.dataset, ServiceOptions())
    assert said.startswith("It goes to figshare, ")
