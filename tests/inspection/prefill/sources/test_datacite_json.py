"""DataCite's metadata, as a file and as its REST interface answers."""

from __future__ import annotations

import json

import pytest

from huggingnersc_lab.inspection.prefill.sources.datacite_json import read


@pytest.mark.parametrize(
    "around", [lambda own: own, lambda own: {"data": {"attributes": own}}, lambda own: {"attributes": own}]
)
def test_forms(around: object) -> None:
    own = {
        "titles": [{"title": "Untertitel", "titleType": "Subtitle"}, {"title": "Rain"}],
        "creators": [{"name": "Lovelace, Ada"}, {"creatorName": "Rain, Group", "nameType": "Organizational"}],
        "rightsList": [{"rightsIdentifier": "cc-by-4.0"}],
    }
    found = {one.member: one.value for one in read("", json.dumps(around(own)).encode())}  # type: ignore[operator]
    assert found == {
        "pretty_name": "Rain",
        "authors": [{"name": "Ada Lovelace"}, {"name": "Rain, Group"}],
        "license": "cc-by-4.0",
    }


def test_members_of_another_type() -> None:
    odd = {
        "titles": 1,
        "creators": ["x"],
        "descriptions": "x",
        "rightsList": [1],
        "subjects": 2,
        "doi": [],
        "fundingReferences": [{}],
    }
    assert list(read("", json.dumps(odd).encode())) == []
