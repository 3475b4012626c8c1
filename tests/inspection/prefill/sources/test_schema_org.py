"""What CodeMeta and Croissant have in common."""

from __future__ import annotations

from huggingnersc_lab.inspection.prefill.sources.schema_org import suggestions_of


def test_identifiers_and_funding() -> None:
    found = {
        "@id": "https://doi.org/10.5072/1",
        "url": "https://doi.org/10.5072/1",
        "license": {"@id": "https://spdx.org/licenses/MIT"},
        "funder": {"name": "Foundation"},
        "funding": "F-1",
        "citation": ["https://arxiv.org/abs/2101.00001", {"@id": "https://example.org/p"}],
    }
    assert {one.member: one.value for one in suggestions_of(found)} == {
        "license": "mit",
        "doi": "10.5072/1",
        "papers": ["arXiv:2101.00001", "https://example.org/p"],
        "funding": [{"funder": "Foundation", "award_number": "F-1"}],
    }


def test_members_of_another_type() -> None:
    keys = (
        "name",
        "description",
        "creator",
        "license",
        "identifier",
        "keywords",
        "url",
        "citation",
        "citeAs",
        "funder",
    )
    for odd in (7, True, [[]], {"a": [1]}, [None], [{}]):
        assert list(suggestions_of(dict.fromkeys(keys, odd))) == []
