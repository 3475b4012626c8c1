"""Where a DOI is shown: a published one opens, one that is reserved is never shown as if it resolved."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from huggingnersc_lab.record.identifiers import doi_address
from huggingnersc_lab.record.model import Distribution
from huggingnersc_lab.render.card import render_card
from huggingnersc_lab.render.citation import citations
from huggingnersc_lab.render.croissant import croissant
from huggingnersc_lab.render.entry import Entry
from huggingnersc_lab.render.facts import Subject, facts_of
from tests.render.citation.sky import sky

DOI = "10.5072/fk2.figshare.2000001"
ADDRESS = f"https://doi.org/{DOI}"
DATA = Distribution("link", "https://example.org/sky.zip")
ASKED = Distribution("request", "mailto:data@example.org", state="requested")


def entry(state: str | None, **members: object) -> Entry:
    way = Distribution("doi", ADDRESS, state=state, created_at="2026-11-01T10:00:00Z")
    return sky(doi=DOI, distributions=(ASKED, way, DATA), **members)


def texts(of: Entry) -> dict[str, str]:
    """What each face says of a DOI."""
    cited = {one.format: one.text for one in citations(of)}
    return {"card": render_card(of), "croissant": json.dumps(croissant(of)), **cited}


def test_a_published_doi_opens_everywhere() -> None:
    found = texts(entry(None))
    assert set(found) >= {"card", "croissant", "bibtex", "apa", "cff", "datacite"}
    assert f"DOI: [{DOI}]({ADDRESS})" in found["card"]
    assert json.loads(found["croissant"])["sameAs"] == [ADDRESS]
    assert f"doi = {{{DOI}}}" in found["bibtex"]
    assert ADDRESS in found["apa"]
    assert f"doi: {DOI}" in found["cff"]
    assert json.loads(found["datacite"])["doi"] == DOI
    (fact,) = (one for one in facts_of(Subject(entry(None)), "panel") if one.name == "doi")
    assert [(item.text, item.href, item.note) for item in fact.items] == [(DOI, ADDRESS, None)]


def test_a_reserved_doi_resolves_nowhere_and_is_not_cited() -> None:
    found = texts(entry("reserved"))
    assert f"DOI: {DOI} (reserved, not published yet)" in found["card"]
    assert [name for name, text in found.items() if ADDRESS in text] == []
    assert [name for name, text in found.items() if DOI in text] == ["card"]
    (fact,) = (one for one in facts_of(Subject(entry("reserved")), "panel") if one.name == "doi")
    assert [(item.text, item.href, item.note) for item in fact.items] == [(DOI, None, "reserved, not published yet")]


def test_neither_a_doi_nor_a_request_is_a_place_to_get_the_data_from() -> None:
    of = entry(None)
    assert [one["contentUrl"] for one in croissant(of)["distribution"]] == [DATA.url]
    (fact,) = (one for one in facts_of(Subject(of), "card") if one.name == "distributions")
    assert [item.text for item in fact.items] == [DATA.url]


@pytest.mark.parametrize("state", ["reserved", None])
def test_a_doi_of_another_address_is_not_the_reserved_one(state: str | None) -> None:
    other = replace(entry(state).record, doi="10.1000/182")
    assert other.public_doi == "10.1000/182"


def test_the_reserved_one_is_told_whatever_its_letters_are() -> None:
    record = replace(entry("reserved").record, doi=DOI.upper())
    assert doi_address(record.doi or "") != ADDRESS
    assert record.public_doi is None
