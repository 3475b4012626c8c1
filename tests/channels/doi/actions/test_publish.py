"""When a DOI can be published, and what is said of it."""

from __future__ import annotations

from typing import Any

import pytest

from huggingnersc_lab.channels.doi.choice import ServiceOptions
from huggingnersc_lab.record.model import Distribution
from tests.channels.doi.places import Place


@pytest.mark.parametrize(
    ("notes", "state", "expected"),
    [
        ({}, None, False),
        ({"marker": "m"}, None, False),
        ({"id": "7"}, None, True),
        ({}, "reserved", True),  # with another account of the centre's
        ({"id": "7", "submitted": True}, "reserved", False),
        ({"id": "7", "published": True}, None, False),
    ],
)
def test_only_once_one_is_reserved(place: Place, notes: dict[str, Any], state: Any, expected: bool) -> None:
    place.desk.ledger.note(**notes)
    if state:
        place.desk.change(distributions=(Distribution("doi", "https://doi.org/10.5072/sky", state=state),))
    assert place.desk.action("publish").is_offered(place.desk.dataset, place.desk.ledger) is expected


def test_what_is_said_before(place: Place) -> None:
    publish = place.desk.action("publish")
    assert list(publish.describe(place.desk.dataset, ServiceOptions())) == [
        f"It goes to figshare, {place.service.url}/v2: the real service.",
        "It cannot be undone: a published DOI stays for good.",
    ]
    assert publish.is_final
    assert publish.question is not None
    assert "cannot be undone" in publish.question


def test_what_is_missing(place: Place) -> None:
    assert place.desk.missing("publish") == []
    place.desk.change(license=None)
    assert place.desk.missing("publish") == ["/license"]
    assert place.desk.missing("publish", {"service": "datacite"}) != ["/license"]


def test_the_steps(place: Place) -> None:
    place.desk.run("reserve")
    place.desk.logged.clear()
    outcome = place.desk.run("publish")
    assert place.desk.logged == ["publish begin Publishing the DOI at figshare", f"publish done {outcome.text}"]
