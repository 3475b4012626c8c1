"""Records as lines of CSV that are safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from typing import Any

from huggingnersc_lab.record.model import MEMBERS, DatasetRecord

COLUMNS = (*MEMBERS, "unknown")
"""The fields of a record, in the schema's order, and its unknown fields."""

# A cell that starts with one of these would be a formula; the last four are full-width variants.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def heading() -> str:
    """The header line."""
    return _line(COLUMNS)


def row(record: DatasetRecord) -> str:
    """A record as a row, which spans several lines if a text has line breaks.

    Lists are joined by ``"; "``, authors by their names, distributions by their URLs; objects are written as JSON. A
    cell that a spreadsheet would read as a formula is prefixed with an apostrophe.
    """
    members = record.to_dict() | ({"unknown": dict(record.unknown)} if record.unknown else {})
    return _line(_harmless(_cell(members.get(column))) for column in COLUMNS)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return "; ".join(_of_object(item) if isinstance(item, dict) else str(item) for item in value)
    if isinstance(value, (bool, dict)):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def _of_object(item: dict[str, Any]) -> str:
    """The text for an author, a distribution or an award."""
    named = item.get("name") or item.get("url")
    return str(named) if named else " ".join(str(part) for part in item.values() if isinstance(part, str))


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _line(cells: Iterable[str]) -> str:
    stream = io.StringIO()
    csv.writer(stream).writerow(cells)  # RFC 4180 line endings, so that both of their characters are quoted in text
    return stream.getvalue()
