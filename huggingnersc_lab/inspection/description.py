"""What a file of data says of itself."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

MOST_ITEMS = 1000
"""Number of columns, arrays or attributes that a description lists; further ones are counted."""

MOST_CHARACTERS = 200
"""Longest text in a description."""


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Attributes:
        name: its name.
        type: its type, in the format's own terms, or ``integer``, ``float``, ``boolean``, ``text``.
        unit: its unit, if known.
    """

    name: str
    type: str
    unit: str = ""


@dataclass(frozen=True)
class Array:
    """An array.

    Attributes:
        name: its path in the file; empty if the file is one array.
        shape: its dimensions' lengths.
        type: the type of its elements.
        dimensions: its dimensions' names, if they have some.
        chunks: shape of the parts that are stored together, if it is stored in parts.
        unit: its unit, if known.
        attributes: its other attributes, as text.
    """

    name: str
    shape: tuple[int, ...]
    type: str
    dimensions: tuple[str, ...] = ()
    chunks: tuple[int, ...] = ()
    unit: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Description:
    """What a file says of itself; parts that its format does not have are left empty.

    Attributes:
        rows: number of rows, samples or lines of a table; None if there is no table, or it is not known.
        is_estimated: whether ``rows`` is an estimate from the beginning of the file.
        columns: the table's columns, the first :data:`MOST_ITEMS`.
        column_count: how many there are.
        arrays: the arrays, the first :data:`MOST_ITEMS`.
        array_count: how many there are.
        attributes: attributes of the whole file, as text.
        coverage: what the data covers, by coordinate (``time``, ``latitude``, …): the first and the last value.
        size: width and height of an image, in pixels.
        members: of an archive: number of members, and their bytes when unpacked.
        notes: sentences on what is odd.
    """

    rows: int | None = None
    is_estimated: bool = False
    columns: list[Column] = field(default_factory=list)
    column_count: int = 0
    arrays: list[Array] = field(default_factory=list)
    array_count: int = 0
    attributes: dict[str, str] = field(default_factory=dict)
    coverage: dict[str, tuple[str, str]] = field(default_factory=dict)
    size: tuple[int, int] | None = None
    members: tuple[int, int] | None = None
    notes: list[str] = field(default_factory=list)

    def add_column(self, column: Column) -> None:
        """Count a column, and list it while there is room."""
        self.column_count += 1
        if len(self.columns) < MOST_ITEMS:
            self.columns.append(column)

    def add_array(self, array: Array) -> None:
        """Count an array, and list it while there is room."""
        self.array_count += 1
        if len(self.arrays) < MOST_ITEMS:
            self.arrays.append(array)

    def to_dict(self) -> dict[str, Any]:
        """As JSON without empty parts; texts are printable and at most :data:`MOST_CHARACTERS` long."""
        return dict(_parts(self))


def _parts(of: Description) -> list[tuple[str, Any]]:
    parts: list[tuple[str, Any]] = [
        ("rows", of.rows),
        ("rows_estimated", True if of.is_estimated else None),
        ("columns", [_without_empty({"name": c.name, "type": c.type, "unit": c.unit}) for c in of.columns]),
        ("column_count", of.column_count or None),
        ("arrays", [_array(array) for array in of.arrays]),
        ("array_count", of.array_count or None),
        ("attributes", _texts(of.attributes)),
        ("coverage", {text(key): [text(low), text(high)] for key, (low, high) in of.coverage.items()}),
        ("size", list(of.size) if of.size else None),
        ("members", {"files": of.members[0], "bytes": of.members[1]} if of.members else None),
        ("notes", [text(note) for note in of.notes]),
    ]
    return [(key, value) for key, value in parts if value is not None and value not in ([], {})]


def _array(array: Array) -> dict[str, Any]:
    found = _without_empty({"name": array.name, "type": array.type, "unit": array.unit})
    found["shape"] = list(array.shape)
    if array.dimensions:
        found["dimensions"] = [text(name) for name in array.dimensions]
    if array.chunks:
        found["chunks"] = list(array.chunks)
    if array.attributes:
        found["attributes"] = _texts(array.attributes)
    return found


def _texts(pairs: Mapping[str, str]) -> dict[str, str]:
    return {text(key): text(value) for key, value in list(pairs.items())[:MOST_ITEMS]}


def _without_empty(pairs: Mapping[str, str]) -> dict[str, Any]:
    return {key: text(value) for key, value in pairs.items() if value}


def text(value: object) -> str:
    r"""A value of a file as short, printable text.

    >>> text(b"K"), text("a\x00b"), text(1.5), text([1, 2])
    ('K', 'a b', '1.5', '1, 2')
    """
    if isinstance(value, bytes | bytearray):
        value = bytes(value[: 4 * MOST_CHARACTERS]).decode("utf-8", "replace")
    elif isinstance(value, float) and math.isfinite(value):
        value = f"{value:g}" if value != int(value) or abs(value) >= 10**15 else str(int(value))
    elif isinstance(value, list | tuple):
        value = ", ".join(text(item) for item in value[:MOST_CHARACTERS])
    plain = "".join(char if char.isprintable() else " " for char in str(value)[: 4 * MOST_CHARACTERS]).strip()
    return plain if len(plain) <= MOST_CHARACTERS else plain[: MOST_CHARACTERS - 1] + "…"
