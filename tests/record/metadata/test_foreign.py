"""Members that came with a record, told from slips of the pen."""

from __future__ import annotations

from typing import Any

import pytest

from huggingnersc_lab.record.metadata.document import read_changes, read_metadata
from huggingnersc_lab.record.metadata.foreign import without_carried
from huggingnersc_lab.record.model import DatasetRecord

RECORD = DatasetRecord.from_dict(
    {
        "schema_version": 2,
        "name": "iris",
        "pretty_name": "Iris",
        "size_categories": ["n<1K"],
        "authors": [{"name": "Ann", "role": ["lead"]}, {"name": "Bob"}],
        "instrument": {"name": "eye"},
    }
)


def told(found: Any) -> list[tuple[str, str]]:
    return [(error.pointer, error.code) for error in found.findings.errors]


def test_what_came_with_the_record_is_carried_along_through_a_change() -> None:
    found = read_changes({"license": "mit"}, RECORD)
    assert told(found) == []
    changed = found.to_record("it").to_dict()
    assert changed == RECORD.to_dict() | {"license": "mit"}


def test_lists_may_change_their_order() -> None:
    authors = [{"name": "Bob"}, {"name": "Cid"}, {"name": "Ann", "role": ["lead"]}]
    found = read_changes({"authors": authors}, RECORD)
    assert told(found) == []
    assert found.to_record("it").to_dict()["authors"] == authors


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"instrument": {"name": "hand"}}, "/instrument"),
        ({"instruments": {"name": "eye"}}, "/instruments"),
        ({"authors": [{"name": "Ann", "role": ["second"]}]}, "/authors/0/role"),
        ({"authors": [{"name": "Ann", "roles": ["lead"]}]}, "/authors/0/roles"),
        ({"funding": [{"funder": "NSF", "role": ["lead"]}]}, "/funding/0/role"),
    ],
)
def test_what_a_person_adds_is_a_fault(changes: dict[str, Any], pointer: str) -> None:
    assert told(read_changes(changes, RECORD)) == [(pointer, "unknown_field")]


def test_in_a_document_of_its_own_it_is_a_fault() -> None:
    document = RECORD.to_dict()
    assert sorted(told(read_metadata(document))) == [
        ("/authors/0/role", "unknown_field"),
        ("/instrument", "unknown_field"),
    ]
    assert told(read_metadata(document, former=RECORD)) == []


def test_it_can_be_taken_away() -> None:
    assert "instrument" not in read_changes({"instrument": None}, RECORD).values


def test_nothing_else_is_left_out() -> None:
    document = RECORD.to_dict() | {"card_data": {"instrument": {"name": "eye"}}}
    assert without_carried(document, RECORD.to_dict())["card_data"] == document["card_data"]
    assert without_carried(document, {}) == document
