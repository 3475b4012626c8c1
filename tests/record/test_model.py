"""The record as Python sees it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from huggingnersc_lab.record.model import Author, DatasetRecord, dump_record

FULL = DatasetRecord(
    name="iris",
    pretty_name="Größe",
    size_categories=("n<1K",),
    authors=(Author("Ann", orcid="0000-0002-1825-0097"), Author("Bob")),
    is_distributed=True,
    card_data={"configs": [1]},
)


def test_there_and_back() -> None:
    data = json.loads(dump_record(FULL.to_dict()))
    assert data["authors"] == [{"name": "Ann", "orcid": "0000-0002-1825-0097"}, {"name": "Bob"}]
    assert DatasetRecord.from_dict(data) == FULL


def test_the_file_is_for_people_too() -> None:
    text = dump_record(FULL.to_dict())
    assert text.startswith(b'{\n  "schema_version": 2,\n  "name": "iris",\n')
    assert "Größe".encode() in text
    assert text.endswith(b"}\n")


def test_what_nobody_has_said_is_left_out() -> None:
    assert set(DatasetRecord("a", "A").to_dict()) == {"schema_version", "name", "pretty_name"}


@pytest.mark.parametrize(
    "values",
    [
        {"name": 7},
        {"name": None},
        {"pretty_name": ["A"]},
        {"tags": "a"},
        {"tags": [1]},
        {"tags": {"a": 1}},
        {"private": "yes"},
        {"card_data": []},
        {"authors": ["Ann"]},
        {"authors": [{"name": 1}]},
        {"authors": [{"orcid": "x"}]},
        {"authors": "Ann"},
    ],
)
def test_a_member_of_another_form_is_refused(values: dict[str, Any]) -> None:
    with pytest.raises(TypeError):
        DatasetRecord.from_dict({"name": "a", "pretty_name": "A", **values})


def test_a_member_that_is_null_is_not_known() -> None:
    data = {"name": "a", "pretty_name": "A", "tags": None, "authors": None, "is_distributed": None, "private": None}
    assert DatasetRecord.from_dict(data) == DatasetRecord("a", "A")


def test_without() -> None:
    assert FULL.without("authors", "card_data").authors is None  # type: ignore[comparison-overlap]
