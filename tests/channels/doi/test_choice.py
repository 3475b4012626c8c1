"""Which service gives a DOI: what the site says, what was noted, and what the person chose."""

from __future__ import annotations

from typing import Any

import pytest

from huggingnersc_lab.channels.doi.choice import Choice, ServiceOptions, choose, to_note

SETTINGS = {
    "service": "osti",
    "osti": {"target": "production", "site_code": "LBNL", "sponsor": "DOE", "release": {"last_name": "Doe"}},
    "datacite": {"prefix": "10.1234"},
    "figshare": {"categories": [2, "Ecology"]},
}


def test_what_the_site_says() -> None:
    assert choose(SETTINGS) == Choice(
        service="osti",
        url="https://www.osti.gov/elink2api/",
        target="production",
        site_code="LBNL",
        sponsor="DOE",
        release={"last_name": "Doe"},
    )
    assert choose({}) == Choice()
    assert choose({}).service is None


@pytest.mark.parametrize(
    ("options", "service", "url", "is_rehearsal", "key"),
    [
        ({}, "osti", "https://www.osti.gov/elink2api/", False, "osti"),
        ({"target": "review"}, "osti", "https://review.osti.gov/elink2api/", True, "osti-review"),
        ({"service": "figshare"}, "figshare", "https://api.figshare.com/v2", False, "figshare"),
        ({"service": "datacite"}, "datacite", "https://api.datacite.org", False, "datacite"),
    ],
)
def test_what_a_person_chooses_wins(options: Any, service: str, url: str, is_rehearsal: bool, key: str) -> None:
    choice = choose(SETTINGS, ServiceOptions(**options))
    assert (choice.service, choice.url, choice.is_rehearsal, choice.key) == (service, url, is_rehearsal, key)


def test_osti_is_tried_out_unless_somebody_says_otherwise() -> None:
    assert choose({"service": "osti"}).url == "https://review.osti.gov/elink2api/"


def test_an_address_is_for_the_target_that_the_site_names() -> None:
    table = {"service": "osti", "osti": {"url": "https://osti.example/", "target": "production"}}
    assert choose(table).url == "https://osti.example/"
    assert choose(table, ServiceOptions(target="review")).url == "https://review.osti.gov/elink2api/"


def test_what_was_noted_holds_until_another_is_chosen() -> None:
    chosen = choose(SETTINGS, ServiceOptions(service="figshare", categories=("7",)))
    noted = to_note(chosen)
    assert noted == {"service": "figshare", "site_code": None, "categories": ["7"]}
    assert choose(SETTINGS, ServiceOptions(), noted) == chosen
    assert choose(SETTINGS, ServiceOptions(categories=("8",)), noted).categories == ("8",)
    reviewed = choose(SETTINGS, ServiceOptions(target="review", site_code="PNNL"))
    assert choose(SETTINGS, None, to_note(reviewed)) == reviewed


@pytest.mark.parametrize("noted", [None, [], "x", {"service": "zenodo"}, {"service": 3, "target": "nowhere"}])
def test_odd_notes_are_as_none(noted: Any) -> None:
    assert choose(SETTINGS, None, noted) == choose(SETTINGS)


@pytest.mark.parametrize("url", ["https://api.test.datacite.org", "https://api.figsh.com/v2"])
def test_services_for_trying_out(url: str) -> None:
    assert Choice(service="datacite", url=url).is_rehearsal
