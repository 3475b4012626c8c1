"""A dataset as OSTI describes it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from elinkapi import Record

from huggingnersc_lab.channels.doi.choice import Choice
from huggingnersc_lab.channels.doi.description import describe
from huggingnersc_lab.channels.doi.services.osti_record import missing, record_of
from huggingnersc_lab.record.model import Author, Funding
from huggingnersc_lab.render.entry import cataloged
from huggingnersc_lab.sites import load_site
from tests.channels.desk import RECORD

CHOICE = Choice(service="osti", site_code="LBNL", sponsor="USDOE Office of Science (SC)")
NERSC = load_site("nersc", environ={})


def said(choice: Choice = CHOICE, marker: str | None = None, **members: Any) -> dict[str, Any]:
    found = record_of(describe(cataloged(replace(RECORD, **members), NERSC)), choice, marker)
    Record(**found)  # the package's own check
    return found


def test_everything() -> None:
    release = {"first_name": "R.", "last_name": "Official", "email": "r@example.org"}
    assert said(replace(CHOICE, release=release), "huggingnersc-1") == {
        "title": "Sky maps & <more>",
        "product_type": "DA",
        "site_ownership_code": "LBNL",
        "site_unique_id": "huggingnersc-1",
        "description": "Maps of all of it.\n\nalert(1) Made at 5 < 6 GHz.",
        "publication_date": "2026-02-03",
        "access_limitations": ["UNL"],
        "site_url": "https://huggingface.co/datasets/NERSC/sky",
        "keywords": ["astronomy", "cosmology"],
        "persons": [
            {
                "type": "AUTHOR",
                "first_name": "Jane",
                "middle_name": "Q",
                "last_name": "Doe",
                "orcid": "0000000218250097",
                "affiliations": [{"name": "NERSC"}],
            },
            {"type": "RELEASE", "first_name": "R.", "last_name": "Official", "email": ["r@example.org"]},
        ],
        "organizations": [
            {"type": "AUTHOR", "name": "Sand and Sea Lab"},
            {"type": "RESEARCHING", "name": "NERSC"},
            {
                "type": "SPONSOR",
                "name": "USDOE Office of Science (SC)",
                "identifiers": [{"type": "CN_DOE", "value": "AC02-05CH11231"}],
            },
            {
                "type": "SPONSOR",
                "name": "National Science Foundation",
                "identifiers": [{"type": "CN_NONDOE", "value": "AST-0614213"}],
            },
        ],
        "identifiers": [
            {"type": "CN_DOE", "value": "AC02-05CH11231"},
            {"type": "CN_NONDOE", "value": "AST-0614213"},
        ],
        "related_identifiers": [
            {"type": "arXiv", "relation": "IsDescribedBy", "value": "2106.09685"},
            {"type": "DOI", "relation": "IsDescribedBy", "value": "10.1000/abc"},
            {"type": "URL", "relation": "IsDescribedBy", "value": "https://example.org/paper"},
        ],
    }


def test_almost_nothing() -> None:
    found = said(authors=(), description=None, tags=(), papers=(), funding=(), revision=None, data_path=None, code=())
    assert found.keys() == {
        *("title", "product_type", "site_ownership_code", "publication_date", "access_limitations", "organizations"),
    }
    assert found["organizations"] == [
        {"type": "RESEARCHING", "name": "NERSC"},
        {"type": "SPONSOR", "name": "USDOE Office of Science (SC)"},
    ]


@pytest.mark.parametrize(
    ("funder", "number", "kind", "value"),
    [
        ("DOE", "DE-SC0001234", "CN_DOE", "SC0001234"),
        ("DOE", "SC0001234", "CN_DOE", "SC0001234"),
        ("Department of Energy", "ERKCZ12", "CN_DOE", "ERKCZ12"),
        ("Somebody", "DE-AC02-05CH11231", "CN_DOE", "AC02-05CH11231"),
        ("NSF", "AC-1234", "CN_NONDOE", "AC-1234"),
        ("Doer Foundation", "1234", "CN_NONDOE", "1234"),
    ],
)
def test_numbers_of_awards(funder: str, number: str, kind: str, value: str) -> None:
    found = said(funding=(Funding(funder, number),))
    assert found["identifiers"] == [{"type": kind, "value": value}]


def test_two_awards_of_one_funder_are_one_sponsor() -> None:
    found = said(replace(CHOICE, sponsor=None), funding=(Funding("NSF", "1"), Funding("NSF", "2"), Funding("NSF")))
    sponsors = [one for one in found["organizations"] if one["type"] == "SPONSOR"]
    assert [(one["name"], [number["value"] for number in one["identifiers"]]) for one in sponsors] == [
        ("NSF", ["1", "2"])
    ]


def test_what_is_missing_is_named_at_its_field() -> None:
    def pointers(choice: Choice, *, is_final: bool, **members: Any) -> list[str]:
        of = describe(cataloged(replace(RECORD, **members), NERSC))
        return [fault.pointer for fault in missing(of, choice, is_final=is_final)]

    assert pointers(CHOICE, is_final=True) == []
    bare: dict[str, Any] = {"authors": (Author(" "),), "description": "", "revision": None, "data_path": None}
    bare["funding"] = (Funding("DOE"),)
    assert pointers(replace(CHOICE, site_code=None), is_final=False, **bare) == ["/options/site_code"]
    assert pointers(CHOICE, is_final=True, **bare) == ["/authors", "/portal_link", "/description", "/funding"]
