"""CSV (RFC 4180) and its relatives: tables as text."""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Iterable
from typing import BinaryIO, ClassVar

from huggingnersc_lab.inspection.description import Column, Description
from huggingnersc_lab.inspection.formats.base import DamagedError, Format, is_text, open_plain, read_most

_HEAD = 2**18
_LONGEST_LINE = 2**25
_COUNTED_BYTES = 2**25
_ROWS_FOR_TYPES = 200
_INTEGER = re.compile(r"[+-]?\d+")
_FLOAT = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?|nan|[+-]?inf", re.IGNORECASE)
_LINE_ENDS = re.compile(rb"\n+")
_BOOLEANS = {"true", "false"}
_MISSING = {"", "na", "n/a", "null", "none"}


class Csv(Format):
    """Comma-separated values, also with semicolons, tabs or bars."""

    name = "csv"
    title = "CSV"
    suffixes: ClassVar[tuple[str, ...]] = ("csv", "csv.gz")
    is_table = True
    delimiters: ClassVar[str] = ",;\t|"

    def sniff(self, name: str, head: bytes) -> bool:
        """Any text can be CSV; what is packed is seen when it is unpacked."""
        return head.startswith(b"\x1f\x8b") if name.lower().endswith(".gz") else is_text(head)

    def describe(self, path: str) -> Description:
        """Columns from the header, types from the first rows; rows are counted up to 32 MiB, then estimated."""
        found = Description()
        with open_plain(path) as stream:
            head, is_damaged = read_most(stream, _HEAD)
            if b"\n" not in head and not is_damaged:
                rest, is_damaged = read_most(stream, _LONGEST_LINE)
                head += rest
        if is_damaged and not head:
            raise DamagedError("It cannot be unpacked: it is damaged or cut off.")
        if not is_text(head[:_HEAD]):
            raise DamagedError("It is not text.")
        if is_damaged:
            found.notes.append("It is cut off or damaged.")
        rows, comments = _rows(head, self.delimiters)
        if not rows:
            raise DamagedError("It has no rows.")
        has_header = _is_header(rows)
        names = rows[0] if has_header else [f"column {number}" for number in range(1, len(rows[0]) + 1)]
        values = rows[1:] if has_header else rows
        for number, name in enumerate(names):
            if number < 1000:  # noqa: PLR2004 - more are not listed
                kind = _type(row[number] for row in values if number < len(row))
                found.add_column(Column(name, kind))
            else:
                found.column_count += 1
        if not has_header:
            found.notes.append("It has no header.")
        self._count(path, found, head, comments + has_header)
        return found

    @staticmethod
    def _count(path: str, found: Description, head: bytes, other_lines: int) -> None:
        is_packed = path.lower().endswith(".gz")
        size = os.stat(path).st_size  # noqa: PTH116 - a path may hold any bytes
        if is_packed or size <= _COUNTED_BYTES:
            with open_plain(path) as stream:
                lines = _lines(stream, _COUNTED_BYTES)
            if lines is not None:
                found.rows = max(0, lines - other_lines)
                return
            if is_packed:
                found.notes.append("Its rows were not counted: it is large when unpacked, or cut off.")
                return
        lines = max(1, head.count(b"\n"))
        found.rows, found.is_estimated = max(0, round(size * lines / len(head)) - other_lines), True


class Tsv(Csv):
    """Tab-separated values."""

    name = "tsv"
    title = "TSV"
    suffixes = ("tsv", "tab", "tsv.gz")
    delimiters = "\t"


def _rows(head: bytes, delimiters: str) -> tuple[list[list[str]], int]:
    """The first rows, and the number of comment lines before them."""
    text = head.decode("utf-8-sig", "replace").replace("\0", "")
    lines = io.StringIO(text, newline="")
    comments = 0
    while (position := lines.tell()) < len(text) and lines.readline().startswith("#"):
        comments += 1
    lines.seek(position)
    first = text[position:].partition("\n")[0]
    bare = re.sub(r'"[^"]*"', "", first)
    delimiter = max(delimiters, key=bare.count)
    csv.field_size_limit(_LONGEST_LINE)
    rows: list[list[str]] = []
    try:
        for row in csv.reader(lines, delimiter=delimiter):
            if row:
                rows.append(row)
            if len(rows) > _ROWS_FOR_TYPES:
                break
    except csv.Error as err:
        if not rows:
            raise DamagedError(f"It is not a table: {err}.") from err
    is_cut = len(head) >= _HEAD and len(rows) > 1 and len(rows) <= _ROWS_FOR_TYPES
    return (rows[:-1] if is_cut else rows), comments


def _is_header(rows: list[list[str]]) -> bool:
    first = [cell.strip() for cell in rows[0]]
    return all(cell and not _FLOAT.fullmatch(cell) for cell in first[:1] + first[1:1000] if cell) and any(first)


def _type(values: Iterable[str]) -> str:
    """The narrowest type of all values that are there."""
    found = {_type_of(value.strip()) for value in values} - {""}
    if found == {"integer", "float"}:
        return "float"
    return found.pop() if len(found) == 1 else "text"


def _type_of(value: str) -> str:
    lower = value.lower()
    if lower in _MISSING:
        return ""
    if _INTEGER.fullmatch(value):
        return "integer"
    if _FLOAT.fullmatch(value):
        return "float"
    return "boolean" if lower in _BOOLEANS else "text"


def _lines(stream: BinaryIO, most: int) -> int | None:
    """Lines outside of quotes that are not empty; None if there is more to read, or it is damaged."""
    lines = read = 0
    is_damaged = False
    quoted, last = False, b"\n"
    while read <= most and not is_damaged:
        part, is_damaged = read_most(stream, 2**20)
        if not part:
            break
        read += len(part)
        for number, piece in enumerate(part.split(b'"')):
            quoted = quoted if number == 0 else not quoted
            if not quoted:
                joined = (last if number == 0 else b'"') + piece.replace(b"\r", b"")
                lines += len(_LINE_ENDS.findall(joined)) - (number == 0 and last == b"\n")
        last = part.replace(b"\r", b"")[-1:] or last
    return None if is_damaged or read > most else lines + (last != b"\n")


FORMATS = (Csv(), Tsv())
