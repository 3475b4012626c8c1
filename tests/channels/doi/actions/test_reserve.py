"""When a DOI can be reserved, and what is said of it."""

from __future__ import annotations

import pytest

from huggingnersc_lab.channels.doi.choice import ServiceOptions
from huggingnersc_lab.errors import CatalogError
from tests.channels.doi.places import Place


def test_only_without_a_doi(place: Place) -> None:
    reserve = place.desk.action("reserve")
    assert reserve.is_offered(place.desk.dataset, place.desk.ledger)
    place.desk.change(doi="10.5072/other")
    assert not reserve.is_offered(place.desk.dataset, place.desk.ledger)
    with pytest.raises(CatalogError) as raised:
        place.desk.run("reserve")
    assert (raised.value.code, raised.value.detail) == (
        "conflict",
        "It has the DOI 10.5072/other already. Nothing was sent.",
    )
    assert place.service.seen == []


def test_the_service_is_named_before(place: Place) -> None:
    (said,) = place.desk.action("reserve").describe(place.desk.dataset, ServiceOptions())
    assert said == f"It goes to figshare, {place.service.url}/v2: the real service."
    place.desk.settings = {}
    assert place.desk.missing("reserve") == ["/options/service"]


def test_the_steps_and_the_outcome(place: Place) -> None:
    outcome = place.desk.run("reserve")
    doi = outcome.values["doi"]
    assert place.desk.logged == ["reserve begin Reserving a DOI at figshare", f"reserve done {doi} is reserved"]
    assert outcome.text == f"{doi} is reserved at figshare. It does not resolve until you publish it."
    assert place.desk.ledger.get("entry") == place.desk.record.published_at
    assert place.desk.ledger.get("title") == "Sky maps & <more>"


def test_one_that_was_published_meanwhile(place: Place) -> None:
    place.desk.run("reserve")
    place.desk.run("publish")
    place.desk.change(doi=None, distributions=())
    outcome = place.desk.run("reserve")
    assert "is public" in outcome.text
    assert outcome.distributions is not None
    assert [one.state for one in outcome.distributions] == [None]
    assert place.count() == 1
