"""A record in the words that services ask for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timezone
from typing import Any

from huggingnersc_lab.channels.doi.description import describe, without_address, without_authors
from huggingnersc_lab.record.parts import Distribution
from huggingnersc_lab.render.entry import cataloged
from huggingnersc_lab.sites import load_site
from tests.channels.desk import RECORD

NERSC = load_site("nersc", environ={})


def described(**members: Any) -> Any:
    return describe(cataloged(replace(RECORD, **members), NERSC))


def test_everything() -> None:
    of = described()
    assert of.title == "Sky maps & <more>"
    assert of.text == "Maps of all of it.\n\nalert(1) Made at 5 < 6 GHz."
    assert of.html(1000) == "<p>Maps of all of it.</p><p>alert(1) Made at 5 &lt; 6 GHz.</p>"
    assert [creator.name.text for creator in of.creators] == ["Doe, Jane Q", "Sand and Sea Lab"]
    assert (of.publisher, of.keywords, of.day) == ("NERSC", ("astronomy", "cosmology"), date(2026, 2, 3))
    assert of.address == "https://huggingface.co/datasets/NERSC/sky"
    assert of.links == (
        "https://huggingface.co/datasets/NERSC/sky",
        "https://portal.nersc.gov/cfs/m1234/sky",
        "https://arxiv.org/abs/2106.09685",
        "https://doi.org/10.1000/abc",
        "https://example.org/paper",
        "https://github.com/example/sky",
    )
    assert (without_authors(of, "It"), without_address(of, "It")) == ([], [])


def test_html_has_whole_paragraphs() -> None:
    assert described().html(30) == "<p>Maps of all of it.</p>"
    assert described().html(10) == ""


def test_nothing() -> None:
    of = described(
        description=None, authors=(), tags=(), papers=(), code=(), license=None, revision=None, data_path=None
    )
    assert (of.text, of.creators, of.licence, of.links, of.address) == ("", (), None, (), None)
    assert [fault.pointer for fault in (*without_authors(of, "It"), *without_address(of, "It"))] == [
        "/authors",
        "/portal_link",
    ]


def test_one_that_was_never_published_is_of_today() -> None:
    assert described(published_at=None).day == datetime.now(timezone.utc).date()


def test_a_doi_does_not_lead_to_itself() -> None:
    doi = Distribution("doi", "https://doi.org/10.5072/a", state="reserved")
    of = described(doi="10.5072/a", distributions=(doi,), revision=None, data_path=None, papers=("10.5072/a",))
    assert of.address is None
    assert of.links == ("https://github.com/example/sky",)
