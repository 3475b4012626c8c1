"""Croissant files and RO-Crates, also those whose entities refer to each other in circles."""

from __future__ import annotations

import json

import pytest

from huggingnersc_lab.inspection.prefill.sources.croissant_json import SOURCE, read
from huggingnersc_lab.inspection.prefill.suggestion import UnreadableSourceError


@pytest.mark.parametrize(
    "name", ["croissant.json", "iris_croissant.json", "croissant-metadata.json", "ro-crate-metadata.json"]
)
def test_names(name: str) -> None:
    assert SOURCE.file_name.fullmatch(name)


def test_a_circle_of_entities() -> None:
    graph = [
        {"@id": "./", "name": "A", "author": {"@id": "#p"}},
        {"@id": "#p", "name": "P", "affiliation": {"@id": "#p"}},
    ]
    found = {one.member: one.value for one in read("", json.dumps({"@graph": graph}).encode())}
    assert found == {"pretty_name": "A", "authors": [{"name": "P", "affiliation": "P"}]}


@pytest.mark.parametrize(
    "content", [b'{"@type": "Person", "name": "x"}', b'{"@graph": []}', b'{"@graph": [1, {"@id": 2}]}']
)
def test_what_is_no_dataset(content: bytes) -> None:
    with pytest.raises(UnreadableSourceError, match="Dataset"):
        list(read("", content))
