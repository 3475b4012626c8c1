"""Members of records that nobody has checked."""

from __future__ import annotations

import pytest

from huggingnersc_lab.index.members import seconds, texts


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("mit", ("mit",)),
        ("", ()),
        (None, ()),
        (5, ()),
        ({"a": 1}, ()),
        (["a", "b"], ("a", "b")),
        (("a", 5, 1.5, None, ["b"], {}), ("a", "5", "1.5")),
        ([], ()),
    ],
)
def test_texts(value: object, found: tuple[str, ...]) -> None:
    assert texts(value) == found


@pytest.mark.parametrize(
    ("moment", "found"),
    [
        ("1970-01-01T00:01:40Z", 100),
        ("1970-01-01T01:00:00+01:00", 0),
        ("2026-01-01T00:00:00+00:00", 1767225600),
        ("yesterday", 0),
        (None, 0),
        (7, 0),
        ("9999-12-31T23:59:59-23:59", 253402387139),
    ],
)
def test_seconds(moment: object, found: int) -> None:
    assert seconds(moment) == found
