"""The JSON object that a request brings."""

from __future__ import annotations

from typing import Any

import pytest

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.rest.body import check_members, flag, read_number, read_object, text, values

WANTED = {"name": text(required=True), "form": text("csv", "jsonl"), "private": flag()}


def faults(given: dict[str, Any], **wanted: Any) -> list[tuple[str, str]]:
    try:
        check_members(given, wanted or WANTED)
    except CatalogError as err:
        return [(field.pointer, field.code) for field in err.fields]
    return []


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"name": ""}, []),
        ({"name": "a", "form": "csv", "private": False}, []),
        ({}, [("/name", "required")]),
        ({"name": None}, [("/name", "type")]),
        ({"name": "a", "form": "xml"}, [("/form", "unknown_value")]),
        ({"name": "a", "form": 7}, [("/form", "type")]),
        ({"name": "a", "private": 1}, [("/private", "type")]),
        ({"name": "a", "a/b": 1}, [("/a~1b", "unknown_field")]),
        ({"more": 1, "private": "no"}, [("/more", "unknown_field"), ("/name", "required"), ("/private", "type")]),
    ],
)
def test_members(given: dict[str, Any], found: list[tuple[str, str]]) -> None:
    assert faults(given) == found


def test_an_object_is_required() -> None:
    assert faults({}, values=values()) == [("/values", "required")]
    assert faults({"values": []}, values=values()) == [("/values", "type")]
    assert faults({"values": {}}, values=values()) == []


def test_all_faults_are_counted_and_the_first_is_told() -> None:
    with pytest.raises(CatalogError) as one:
        check_members({}, WANTED)
    assert one.value.code == "invalid_record"
    assert one.value.detail == "'name' is missing. Nothing was changed."
    with pytest.raises(CatalogError) as two:
        check_members({"form": "xml"}, WANTED)
    assert two.value.detail == "'name' is missing. (and 1 more) Nothing was changed."
    assert two.value.fields[1].detail == "'form' should be one of csv, jsonl."


@pytest.mark.parametrize(("given", "number"), [("1", 1), ("007", 7), ("100", 100)])
def test_numbers(given: str, number: int) -> None:
    assert read_number("limit", given, 1, 100) == number


@pytest.mark.parametrize(
    "given", ["", "0", "101", "-1", "+1", "1.0", " 1", "1e1", "\N{SUPERSCRIPT TWO}", "\u0663", "9" * 5000]
)
def test_no_numbers(given: str) -> None:
    with pytest.raises(CatalogError, match="'limit' should be a whole number from 1 to 100") as refused:
        read_number("limit", given, 1, 100)
    assert [(field.pointer, field.code) for field in refused.value.fields] == [("/limit", "type")]


def test_what_was_sent_is_an_object() -> None:
    assert read_object(b'{"a": 1}') == {"a": 1}
    for content in (b"", b"[]", b"{", b"\xff", b'{"a": NaN}'):
        with pytest.raises(CatalogError) as refused:
            read_object(content)
        assert refused.value.code == "invalid_record"
