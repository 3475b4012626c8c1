"""DOIs and ORCID iDs as people paste them."""

from __future__ import annotations

from typing import Any

import pytest

from huggingnersc_lab.record.identifiers import checked_doi, doi_address
from huggingnersc_lab.record.metadata.document import read_changes, read_metadata
from huggingnersc_lab.record.model import DatasetRecord
from huggingnersc_lab.render.card import render_card
from huggingnersc_lab.render.entry import Entry
from huggingnersc_lab.render.papers import paper_of
from huggingnersc_lab.sites import load_site

SICI = "10.1175/1520-0493(1945)073<0109:SLSJ>2.0.CO;2"
SICI_ADDRESS = "https://doi.org/10.1175/1520-0493(1945)073%3C0109:SLSJ%3E2.0.CO;2"
GOOD = {"schema_version": 2, "name": "iris", "pretty_name": "Iris", "size_categories": ["n<1K"]}


def read(**members: Any) -> dict[str, Any]:
    """What becomes of members, in a new record and in a change of one."""
    found = read_metadata({**GOOD, **members})
    found.findings.raise_for_errors("It")
    changed = read_changes(members, DatasetRecord("iris", "Iris", ("n<1K",)))
    changed.findings.raise_for_errors("It")
    assert {name: changed.values[name] for name in members} == {name: found.values[name] for name in members}
    return found.values


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("10.1000/182", "10.1000/182"),
        ("https://doi.org/10.1000/182", "10.1000/182"),
        ("http://dx.doi.org/10.1000/182", "10.1000/182"),
        ("https://www.doi.org/10.1000/182", "10.1000/182"),
        ("doi:10.1000/182", "10.1000/182"),
        ("DOI: 10.1000/182", "10.1000/182"),
        ("  https://doi.org/10.1000/182 ", "10.1000/182"),
        (SICI, SICI),
        (SICI_ADDRESS, SICI),
        ("10.1175/1520-0493(1945)073%3c0109%3aSLSJ%3e2.0.CO%3b2", SICI),
        ("10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2", None),
        ("10.1000.10/123456", None),
        ("10.1000/100%", None),
        ("10.1000/a%0Ab", None),
        ("10.1000/a%FFb", None),
        ("https://doi.org/10.1000/gr%C3%B6%C3%9Fe", "10.1000/größe"),
    ],
)
def test_a_doi_is_kept_plain(given: str, kept: str | None) -> None:
    assert read(doi=given)["doi"] == (kept or given)


@pytest.mark.parametrize(
    "given", ["https://example.org/10.1000/182", "10.1000", "11.1000/1", '10.1000/a"b', "10.1000/a b"]
)
def test_what_is_no_doi_is_refused(given: str) -> None:
    errors = read_metadata({**GOOD, "doi": given}).findings.errors
    assert [(its.pointer, its.code) for its in errors] == [("/doi", "pattern")]


@pytest.mark.parametrize(
    "given",
    [
        "0000-0002-1825-009X",
        "https://orcid.org/0000-0002-1825-009X",
        "http://www.orcid.org/0000-0002-1825-009x/",
        "000000021825009X",
    ],
)
def test_an_orcid_is_kept_plain(given: str) -> None:
    assert read(authors=[{"name": "Ada", "orcid": given}])["authors"] == [
        {"name": "Ada", "orcid": "0000-0002-1825-009X"}
    ]


def test_what_is_no_orcid_is_refused() -> None:
    for orcid in ("https://example.org/0000-0002-1825-0097", "0000-0002", "x", ""):
        errors = read_metadata({**GOOD, "authors": [{"name": "Ada", "orcid": orcid}]}).findings.errors
        assert [its.pointer for its in errors] == ["/authors/0/orcid"]


def test_papers_have_the_old_dois_too() -> None:
    escaped = SICI.replace("<", "%3C").replace(">", "%3E")
    assert read(papers=[SICI, f"doi:{SICI}"])["papers"] == [SICI, f"doi:{SICI}"]
    assert read(papers=[escaped, SICI_ADDRESS])["papers"] == [SICI, SICI_ADDRESS]
    for text in (SICI, f"doi:{SICI}", SICI_ADDRESS):
        paper = paper_of(text)
        assert (paper.kind, paper.identifier, paper.address) == ("doi", SICI, SICI_ADDRESS)


def test_it_opens_where_it_is_shown() -> None:
    assert doi_address("10.1000/a?b#c%d") == "https://doi.org/10.1000/a%3Fb%23c%25d"
    record = DatasetRecord("iris", "Iris", ("n<1K",), doi=SICI, papers=(SICI,))
    card = render_card(Entry(record, load_site("nersc", environ={})))
    assert card.count(f"(<{SICI_ADDRESS}>)") == 2
    assert "<0109" not in card.partition("```bibtex")[0]


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("10.1000/182", "10.1000/182"),
        (" https://doi.org/10.1000/182 ", "10.1000/182"),
        (SICI_ADDRESS, SICI),
        ("10.1000/a%2Fb", "10.1000/a/b"),
        ("10.1000/" + "x" * 493, None),
        ("https://example.org/10.1000/182", None),
        ("10.1000/a b", None),
        ("10.1000/", None),
        ("", None),
        (None, None),
        (10.1, None),
    ],
)
def test_a_doi_of_somebody_elses_is_taken_if_it_is_one(text: object, doi: str | None) -> None:
    assert checked_doi(text) == doi
