"""Parses row counts as people write them: "5000", "10K-100K", "< 1,000"."""

from __future__ import annotations

import math
import re

_UNITS = {"": 1, "k": 10**3, "m": 10**6, "b": 10**9, "t": 10**12}
_NUMBER = r"(\d[\d,_]{0,24}(?:\.\d{1,12})?)\s*([kmbt]?)"
_ONE = re.compile(rf"(?:n\s*)?([<>~]?)=?\s*{_NUMBER}(?:\s*(?:rows|samples|examples|records))?")
_TWO = re.compile(rf"{_NUMBER}\s*(?:-|\u2013|to|<=?\s*n\s*<=?)\s*{_NUMBER}")


def parse_row_count(text: str) -> tuple[float, float] | None:
    """The minimum and maximum number of rows in ``text``; None if it is not a row count.

    The upper end is infinite for "more than"; "less than 1K" and "500 to 1K" end at 999.

    >>> parse_row_count("1K-10K")
    (1000, 9999)
    """
    plain = text.strip().casefold()
    if two := _TWO.fullmatch(plain):
        low, high = _count(two[1], two[2]), _count(two[3], two[4])
        return (low, max(low, high - 1)) if low <= high else None
    if not (one := _ONE.fullmatch(plain)):
        return None
    count = _count(one[2], one[3])
    if one[1] == "<":
        return 0, count - 1
    return count, math.inf if one[1] == ">" else count


def _count(digits: str, unit: str) -> int:
    return round(float(digits.replace(",", "").replace("_", "")) * _UNITS[unit])
