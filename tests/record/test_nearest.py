from __future__ import annotations

import pytest

from huggingnersc_lab.record.nearest import MAX_LENGTH, NearestMatch

NAMES = NearestMatch(
    [
        ("cc-by-2.5", "two-and-a-half"),
        ("cc-by-10.0", "ten"),
        ("cc-by-4.0", "four"),
        ("Größe", "size"),
        ("time series", "series"),
        ("na", "nauru"),
        ("first name", "first"),
        ("First  NAME", "second"),
        ("3d", "three"),
    ]
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("CC BY 4", "four"),
        ("cc-by-4.0.0", "four"),
        ("cc by v2.5", "two-and-a-half"),
        ("cc-by", "ten"),
        ("cc-by-2", None),
        ("cc-by-4.0-1", None),
        ("GROSSE", "size"),
        ("timeseries", "series"),
        ("time_serise", "series"),
        ("NA", "nauru"),
        ("n/a", None),
        ("nb", None),
        ("first-name", "first"),
        ("3-D", "three"),
        ("4d", None),
        ("time", None),
    ],
)
def test_find(text: str, value: str | None) -> None:
    assert NAMES.find(text) == value


def test_a_text_too_long_is_near_to_nothing() -> None:
    assert NAMES.find("time series" + " " * (MAX_LENGTH - 11)) == "series"
    assert NAMES.find("time series" + " " * (MAX_LENGTH - 10)) is None


def test_an_empty_index_finds_nothing() -> None:
    assert NearestMatch([]).find("anything") is None
