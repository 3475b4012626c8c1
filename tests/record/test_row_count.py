from __future__ import annotations

import math

import pytest

from huggingnersc_lab.record.row_count import parse_row_count


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("0", (0, 0)),
        ("5000", (5000, 5000)),
        ("5,000 rows", (5000, 5000)),
        ("~1.5k", (1500, 1500)),
        ("n<1K", (0, 999)),
        ("< 1_000", (0, 999)),
        (">1T", (10**12, math.inf)),
        ("1K-10K", (1000, 9999)),
        ("1K \u2013 10K", (1000, 9999)),
        ("1k to 10k", (1000, 9999)),
        ("1K<n<10K", (1000, 9999)),
        ("1K <= n < 10K", (1000, 9999)),
        ("", None),
        ("ten", None),
        ("10 GB", None),
        ("about 10", None),
        ("1-2-3", None),
        ("-5", None),
    ],
)
def test_parse_row_count(text: str, rows: tuple[float, float] | None) -> None:
    assert parse_row_count(text) == rows
