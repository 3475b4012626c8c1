"""JSON (RFC 8259) and JSON Lines."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from typing import Any

from huggingnersc_lab.inspection.description import Column, Description
from huggingnersc_lab.inspection.formats.base import DamagedError, Format, is_text, open_plain, read_most

_PARSED_BYTES = 2**23
_COUNTED_BYTES = 2**25
_HEAD = 2**20
_ROWS_FOR_TYPES = 200


class Json(Format):
    """One JSON document: a list of objects is a table."""

    name = "json"
    title = "JSON"
    suffixes = ("json", "json.gz", "geojson")
    is_table = True

    def sniff(self, name: str, head: bytes) -> bool:
        """It begins with a bracket, a text or a number."""
        return _sniff(name, head)

    def describe(self, path: str) -> Description:
        """The whole document up to 8 MiB; larger ones are not read."""
        found = Description()
        with open_plain(path) as stream:
            content, is_damaged = read_most(stream, _PARSED_BYTES + 1)
        if is_damaged:
            raise DamagedError("It cannot be unpacked: it is damaged or cut off.")
        if len(content) > _PARSED_BYTES:
            found.notes.append("It is larger than 8 MiB, so it was not parsed.")
            return found
        document = _parse(content)
        if isinstance(document, list):
            found.rows = len(document)
            _add_columns(found, document[:_ROWS_FOR_TYPES])
        elif isinstance(document, dict):
            _add_columns(found, [document])
        return found


class JsonLines(Format):
    """One JSON document a line."""

    name = "jsonl"
    title = "JSON Lines"
    suffixes = ("jsonl", "ndjson", "jsonl.gz", "ndjson.gz")
    is_table = True

    def sniff(self, name: str, head: bytes) -> bool:
        """The same as JSON."""
        return _sniff(name, head)

    def describe(self, path: str) -> Description:
        """Columns from the first lines; lines are counted up to 32 MiB, then estimated."""
        found = Description()
        with open_plain(path) as stream:
            head, is_damaged = read_most(stream, _HEAD)
        lines = head.split(b"\n")
        if len(head) >= _HEAD or is_damaged:
            lines = lines[:-1]
        rows = [_parse(line) for line in lines[:_ROWS_FOR_TYPES] if line.strip()]
        if not rows:
            raise DamagedError("It has no complete line.")
        if is_damaged:
            found.notes.append("It is cut off or damaged.")
        _add_columns(found, rows)
        size = os.stat(path).st_size  # noqa: PTH116 - a path may hold any bytes
        if size <= _COUNTED_BYTES:
            with open_plain(path) as stream:
                content, is_damaged = read_most(stream, _COUNTED_BYTES + 1)
            if len(content) <= _COUNTED_BYTES and not is_damaged:
                found.rows = sum(1 for line in content.split(b"\n") if line.strip())
        elif not path.lower().endswith(".gz"):
            found.rows, found.is_estimated = round(size * max(1, head.count(b"\n")) / len(head)), True
        return found


def _sniff(name: str, head: bytes) -> bool:
    if name.lower().endswith(".gz"):
        return head.startswith(b"\x1f\x8b")
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    return is_text(head) and start in (
        b"{",
        b"[",
        b'"',
        *(b"%d" % digit for digit in range(10)),
        b"-",
        b"t",
        b"f",
        b"n",
    )


def _parse(content: bytes) -> Any:
    try:
        return json.loads(content.decode("utf-8-sig"))
    except RecursionError as err:
        raise DamagedError("It is nested too deeply.") from err
    except ValueError as err:
        raise DamagedError(f"It is not valid JSON: {err}.") from err


def _add_columns(found: Description, rows: Iterable[Any]) -> None:
    types: dict[str, set[str]] = {}
    for row in rows:
        if isinstance(row, dict):
            for key, value in row.items():
                types.setdefault(key, set()).add(_type_of(value))
    for key, seen in types.items():
        kinds = seen - {"null"}
        if kinds == {"integer", "float"}:
            kinds = {"float"}
        found.add_column(Column(key, kinds.pop() if len(kinds) == 1 else "mixed" if kinds else "null"))


def _type_of(value: Any) -> str:
    names = {bool: "boolean", int: "integer", float: "float", str: "text", list: "list", dict: "object"}
    return names.get(type(value), "null")


FORMATS = (Json(), JsonLines())
