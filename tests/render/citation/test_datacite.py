"""DataCite's JSON, held against its schema."""

from __future__ import annotations

from collections.abc import Callable

from huggingnersc_lab.render.citation import citations
from huggingnersc_lab.render.entry import Entry
from tests.render.citation.sky import read_cff, read_datacite, sky


def test_datacite() -> None:
    found = read_datacite(sky())
    assert found["creators"][0] == {
        "name": "Doe, Jane",
        "nameType": "Personal",
        "givenName": "Jane",
        "familyName": "Doe",
        "nameIdentifiers": [
            {
                "nameIdentifier": "https://orcid.org/0000-0002-1825-0097",
                "nameIdentifierScheme": "ORCID",
                "schemeUri": "https://orcid.org",
            }
        ],
        "affiliation": [{"name": "NERSC"}],
    }
    assert found["creators"][4]["givenName"] == "Martin Luther Jr."
    assert (found["doi"], found["publicationYear"]) == ("10.5281/zenodo.1234", "2026")
    assert found["rightsList"][0]["rightsIdentifier"] == "CC-BY-4.0"
    assert [(item["relatedIdentifierType"], item["relatedIdentifier"]) for item in found["relatedIdentifiers"]] == [
        ("arXiv", "arXiv:2106.09685"),
        ("DOI", "10.1000/abc"),
        ("URL", "https://example.org/paper"),
    ]


def test_datacite_is_left_out_where_no_year_is_known() -> None:
    assert [citation.format for citation in citations(sky(published_at="soon"))] == ["bibtex", "apa", "cff"]


def test_what_else_is_known_of_it(entry_named: Callable[[str], Entry]) -> None:
    shared = entry_named("shared")
    found = read_datacite(shared)
    assert found["fundingReferences"] == [
        {"funderName": "U.S. Department of Energy", "awardNumber": "DE-AC02-05CH11231"},
        {"funderName": "A | B <i>"},
    ]
    assert found["sizes"] == ["1,000 rows or more, but fewer than 10,000", "3 files", "1.23 GB"]
    assert found["formats"] == ["csv", "parquet"]
    assert [item["relatedIdentifier"] for item in found["relatedIdentifiers"]] == [
        "https://github.com/example/shared",
        "https://example.org/a_b(c)%7Cd",
    ]
    assert read_cff(shared)["repository-code"] == "https://github.com/example/shared"
