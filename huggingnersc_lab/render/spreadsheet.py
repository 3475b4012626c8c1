"""Records as lines of CSV, harmless in a spreadsheet program."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from typing import Any

from huggingnersc_lab.record.model import MEMBERS, DatasetRecord

COLUMNS = (*MEMBERS, "unknown")
"""The members of a record, in the schema's order, and what of one this program does not know."""

# A cell that begins with one of these is taken for a formula; the last four are what Asian keyboards write.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def heading() -> str:
    """The line with the columns' names."""
    return _line(COLUMNS)


def row(record: DatasetRecord) -> str:
    """A record as a line, of several where a text has line breaks.

    Lists are joined by ``"; "``, authors by their names, distributions by their addresses; objects stand as JSON. A
    cell that a spreadsheet program would take for a formula begins with an apostrophe.
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
    """What stands for an author, a distribution or an award."""
    named = item.get("name") or item.get("url")
    return str(named) if named else " ".join(str(part) for part in item.values() if isinstance(part, str))


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _line(cells: Iterable[str]) -> str:
    stream = io.StringIO()
    csv.writer(stream).writerow(cells)  # lines end as RFC 4180 says, so that both marks of it are quoted in a text
    return stream.getvalue()
