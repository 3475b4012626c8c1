"""What no file or other program could take, at its place."""

from __future__ import annotations

from typing import Any

import pytest

from huggingnersc_lab.record.portable import (
    MAX_CARD_DATA,
    MAX_DEPTH,
    depth_of,
    is_number,
    what_no_file_takes,
    why_no_json,
)


def nested(levels: int) -> Any:
    value: Any = 1
    for _ in range(levels - 1):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("value", "depth"),
    [(1, 1), ([], 1), ([1], 2), ({"a": [1]}, 3), ({"a": 1, "b": [[2]]}, 4), (nested(MAX_DEPTH), MAX_DEPTH)],
)
def test_depth(value: object, depth: int) -> None:
    assert depth_of(value) == depth


def test_depth_is_counted_up_to_one_more_than_allowed() -> None:
    assert depth_of(nested(MAX_DEPTH + 1)) == depth_of(nested(5000)) == MAX_DEPTH + 1


@pytest.mark.parametrize(
    ("value", "pointer", "code"),
    [
        ("\ud800", "/a", "not_utf8"),
        (["x", "\ud800"], "/a/1", "not_utf8"),
        ({"b/c": "\ud800"}, "/a/b~1c", "not_utf8"),
        ({"\ud800": 1}, "/a", "not_utf8"),
        (float("nan"), "/a", "no_number"),
        ([float("-inf")], "/a/0", "no_number"),
        (10**400, "/a", "no_number"),
        (b"x", "/a", "type"),
        ({"b": {1, 2}}, "/a/b", "type"),
        (nested(MAX_DEPTH + 1), "/a", "too_deep"),
    ],
)
def test_a_fault_is_told_at_its_place(value: object, pointer: str, code: str) -> None:
    assert [(fault.pointer, fault.code) for fault in what_no_file_takes({"good": 1, "a": value})] == [(pointer, code)]


@pytest.mark.parametrize(
    "value", [None, True, 0, -1.5, 10**300, "é雪🧊", [], {"a": [None, {"b": ("c",)}]}, nested(MAX_DEPTH)]
)
def test_what_any_file_takes(value: object) -> None:
    assert what_no_file_takes({"a": value}) == []


def test_faults_come_in_order_and_not_more_than_a_hundred() -> None:
    faults = what_no_file_takes({"a": ["\ud800"] * 60, "b": {"x": "\ud800", "y": ["\ud800"] * 60}})
    pointers = [fault.pointer for fault in faults]
    assert len(pointers) == 100
    assert (pointers[:2], pointers[59:62]) == (["/a/0", "/a/1"], ["/a/59", "/b/x", "/b/y/0"])


def test_further_card_data_has_an_end() -> None:
    assert what_no_file_takes({"card_data": {"a": "x" * (MAX_CARD_DATA - 8)}}) == []
    (fault,) = what_no_file_takes({"card_data": {"a": "x" * (MAX_CARD_DATA - 7)}})
    assert (fault.pointer, fault.code) == ("/card_data", "too_long")
    assert what_no_file_takes({"description": "x" * (MAX_CARD_DATA + 1)}) == []


@pytest.mark.parametrize(
    ("value", "is_told"), [(float("nan"), True), (b"x", True), (nested(60), True), ("\ud800", False), (None, False)]
)
def test_why_a_member_cannot_be_written_again(value: object, is_told: bool) -> None:
    assert (why_no_json("a", value) is not None) == is_told


@pytest.mark.parametrize(
    ("value", "fits"), [(1, True), (1e308, True), (10**308, True), (10**309, False), (float("inf"), False)]
)
def test_numbers_of_other_programs(value: float, fits: bool) -> None:
    assert is_number(value) == fits
