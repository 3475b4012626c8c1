"""Authors as CodeMeta, Croissant and BIDS write them."""

from __future__ import annotations

from huggingnersc_lab.inspection.prefill.persons import affiliation_of, author, from_schema_org


def test_forms_of_schema_org() -> None:
    assert from_schema_org(
        [
            "Lovelace, Ada",
            {"givenName": "Ada", "familyName": "Lovelace", "@id": "https://orcid.org/0000-0002-1825-0097"},
            {"name": "Analytical Society", "identifier": {"value": "https://ror.org/1"}},
            {"name": ["no"]},
            7,
            "",
        ]
    ) == [
        {"name": "Ada Lovelace"},
        {"name": "Ada Lovelace", "orcid": "0000-0002-1825-0097"},
        {"name": "Analytical Society"},
    ]


def test_what_is_no_orcid_is_left_out() -> None:
    assert author("A", "https://orcid.org/me", "") == {"name": "A"}


def test_affiliations() -> None:
    assert affiliation_of(["A", {"name": "B"}, {"x": 1}]) == "A; B"
