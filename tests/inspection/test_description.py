"""Descriptions: bounded, printable, without empty parts."""

from __future__ import annotations

import json

import pytest

from huggingnersc_lab.inspection.description import MOST_ITEMS, Array, Column, Description, text


def test_empty_parts_are_left_out() -> None:
    assert Description().to_dict() == {}
    assert Description(rows=0).to_dict() == {"rows": 0}
    found = Description(rows=1, is_estimated=True, size=(7, 5), members=(2, 3), coverage={"x": ("0", "1")})
    assert found.to_dict() == {
        "rows": 1,
        "rows_estimated": True,
        "size": [7, 5],
        "members": {"files": 2, "bytes": 3},
        "coverage": {"x": ["0", "1"]},
    }


def test_more_columns_and_arrays_are_counted() -> None:
    found = Description()
    for number in range(MOST_ITEMS + 5):
        found.add_column(Column(f"{number}", "text"))
        found.add_array(Array(f"{number}", (1,), "int8"))
    document = found.to_dict()
    assert (len(document["columns"]), document["column_count"]) == (MOST_ITEMS, MOST_ITEMS + 5)
    assert (len(document["arrays"]), document["array_count"]) == (MOST_ITEMS, MOST_ITEMS + 5)


@pytest.mark.parametrize("value", ["x" * 10**6, b"\xff" * 10**6, ["\x1b[31m"] * 10**5, "\ud800", 10**400, float("nan")])
def test_texts_are_short_and_printable(value: object) -> None:
    found = text(value)
    assert len(found) <= 200
    assert found.isprintable()
    json.dumps(found).encode()


def test_numbers() -> None:
    assert [text(value) for value in (1.0, 0.25, 1e300, float("inf"), True)] == ["1", "0.25", "1e+300", "inf", "True"]
