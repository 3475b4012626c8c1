"""A DOI from elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from huggingnersc_lab.channels.doi import CHANNEL
from huggingnersc_lab.channels.doi.actions.enter import EnterOptions
from huggingnersc_lab.errors import CatalogError
from tests.channels.desk import Desk
from tests.channels.doi.places import at


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(CHANNEL, tmp_path)


@pytest.mark.parametrize(
    ("given", "doi", "url"),
    [
        ("10.6084/m9.figshare.2066037", "10.6084/m9.figshare.2066037", "https://doi.org/10.6084/m9.figshare.2066037"),
        (" https://doi.org/10.57967/hf/1234 ", "10.57967/hf/1234", "https://doi.org/10.57967/hf/1234"),
        (
            "https://doi.org/10.1175/1520-0493(1945)073%3C0109:SLSJ%3E2.0.CO;2",
            "10.1175/1520-0493(1945)073<0109:SLSJ>2.0.CO;2",
            "https://doi.org/10.1175/1520-0493(1945)073%3C0109:SLSJ%3E2.0.CO;2",
        ),
    ],
)
def test_it_is_kept_plain_and_public(desk: Desk, given: str, doi: str, url: str) -> None:
    outcome = desk.run("enter", doi=given)
    assert (desk.record.doi, desk.record.public_doi, outcome.url) == (doi, doi, url)
    (way,) = desk.record.distributions
    assert (way.channel, way.url, way.state) == ("doi", url, None)


@pytest.mark.parametrize(
    "given", ["", "10.1/x", "https://example.org/10.1000/182", "10.1000/a b", "10.1000/" + "x" * 500]
)
def test_what_is_no_doi(desk: Desk, given: str) -> None:
    assert desk.missing("enter", {"doi": given}) == ["/options/doi"]
    with pytest.raises(CatalogError, match=r"looks like 10\.6084") as raised:
        desk.run("enter", doi=given)
    assert (raised.value.code, desk.record.doi) == ("invalid_record", None)


def test_nothing_is_missing_before_something_was_entered(desk: Desk) -> None:
    assert desk.missing("enter") == []


def test_it_says_what_it_replaces(desk: Desk) -> None:
    action = desk.action("enter")
    told = action.describe(desk.dataset, EnterOptions(doi="10.1000/182"))
    assert told == ["The DOI is 10.1000/182. Whether it exists is not looked at."]
    desk.change(doi="10.1000/1")
    assert action.describe(desk.dataset, EnterOptions(doi="10.1000/182"))[1:] == ["It takes the place of 10.1000/1."]
    assert action.describe(desk.dataset, EnterOptions(doi="doi:10.1000/1"))[1:] == []


def test_not_while_one_is_reserved(tmp_path: Path) -> None:
    with at("datacite", tmp_path) as place:
        place.desk.run("reserve")
        doi = place.desk.record.doi
        with pytest.raises(CatalogError, match="withdraw that one first") as raised:
            place.desk.run("enter", doi="10.1000/182")
        assert (raised.value.code, place.desk.record.doi) == ("conflict", doi)
