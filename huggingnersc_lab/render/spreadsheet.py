"""Records as lines of CSV, harmless in a spreadsheet program."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from huggingnersc_lab.record.model import DatasetRecord

COLUMNS = ("schema_version", *(item.name for item in fields(DatasetRecord) if item.name != "schema_version"))
"""The members of a record, in the schema's order."""

# A cell that begins with one of these is taken for a formula; the last four are what Asian keyboards write.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def heading() -> str:
    """The line with the columns' names."""
    return _line(COLUMNS)


def row(record: DatasetRecord) -> str:
    """A record as a line, of several where a text has line breaks.

    Lists are joined by ``"; "``, authors by their names; objects stand as JSON. A cell that a spreadsheet program would
    take for a formula begins with an apostrophe.
    """
    members = record.to_dict()
    return _line(_harmless(_cell(members.get(column))) for column in COLUMNS)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return "; ".join(item["name"] if isinstance(item, dict) else str(item) for item in value)
    if isinstance(value, (bool, dict)):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _line(cells: Iterable[str]) -> str:
    stream = io.StringIO()
    csv.writer(stream).writerow(cells)  # lines end as RFC 4180 says, so that both marks of it are quoted in a text
    return stream.getvalue()
