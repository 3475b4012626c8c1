"""FITS: the headers of all HDUs. FITS Standard 4.0, https://fits.gsfc.nasa.gov/fits_standard.html."""

from __future__ import annotations

import os
import re
from typing import BinaryIO

from huggingnersc_lab.inspection.description import Array, Column, Description
from huggingnersc_lab.inspection.formats.base import DamagedError, Format, open_regular

_BLOCK = 2880
_CARD = 80
_MOST_BLOCKS = 1000
_MOST_HDUS = 1000
_MOST_AXES = 999
_TYPES = {
    "8": "uint8",
    "16": "int16",
    "32": "int32",
    "64": "int64",
    "-32": "float32",
    "-64": "float64",
}
_SHOWN = (
    "TELESCOP",
    "INSTRUME",
    "OBJECT",
    "DATE-OBS",
    "DATE-END",
    "OBSERVER",
    "ORIGIN",
    "FILTER",
    "EXPTIME",
    "RADESYS",
)
_VALUE = re.compile(r"\s*(?:'((?:[^']|'')*)'|([^/]*))")
_Header = dict[str, str]


class Fits(Format):
    """Images and tables with their units and types."""

    name = "fits"
    title = "FITS"
    suffixes = ("fits", "fit", "fts")
    is_table = True
    magic = (b"SIMPLE  =",)

    def describe(self, path: str) -> Description:
        """All headers; data between them is skipped. The first table gives columns and rows."""
        found = Description()
        with open_regular(path) as stream:
            size = os.fstat(stream.fileno()).st_size
            for number in range(_MOST_HDUS):
                header = _read(stream)
                if header is None:
                    break
                _add(found, header, number)
                stream.seek(_data_bytes(header), os.SEEK_CUR)
                if stream.tell() > size:
                    found.notes.append(f"It is cut off in HDU {number}.")
                    break
        if not found.array_count and not found.column_count and not found.attributes:
            found.notes.append("It has no data.")
        return found


def _read(stream: BinaryIO) -> _Header | None:
    """The next header by keyword; None at the end of the file."""
    header: _Header = {}
    for _ in range(_MOST_BLOCKS):
        block = stream.read(_BLOCK)
        if not block and not header:
            return None
        if len(block) < _BLOCK:
            raise DamagedError("It is cut off in a header.")
        for start in range(0, _BLOCK, _CARD):
            card = block[start : start + _CARD].decode("ascii", "replace")
            key = card[:8].strip()
            if key == "END":
                return header
            if card[8:10] == "= " and (value := _VALUE.match(card[10:])) is not None:
                header.setdefault(key, (value[1] if value[1] is not None else value[2]).strip())
            elif not header and not key.isascii():
                raise DamagedError("Its header is not text.")
    raise DamagedError("A header does not end.")


def _number(header: _Header, key: str, default: int | None = None) -> int:
    text = header.get(key, "" if default is None else str(default))
    if not re.fullmatch(r"[+-]?\d{1,18}", text):
        raise DamagedError(f"Its {key} is not a number.")
    return int(text)


def _axes(header: _Header) -> list[int]:
    count = _number(header, "NAXIS", 0)
    if not 0 <= count <= _MOST_AXES:
        raise DamagedError(f"It claims {count} dimensions.")
    axes = [_number(header, f"NAXIS{axis}") for axis in range(1, count + 1)]
    if any(length < 0 for length in axes):
        raise DamagedError("A dimension has a negative length.")
    return axes


def _data_bytes(header: _Header) -> int:
    axes = _axes(header)
    items = 1 if axes else 0
    for axis, length in enumerate(axes):
        if axis == 0 and length == 0 and header.get("GROUPS") == "T":
            continue
        items *= length
    size = abs(_number(header, "BITPIX", 8)) // 8 * _number(header, "GCOUNT", 1)
    size *= _number(header, "PCOUNT", 0) + items
    if not 0 <= size < 2**60:
        raise DamagedError("It claims more data than fits a file.")
    return -(-size // _BLOCK) * _BLOCK


def _add(found: Description, header: _Header, number: int) -> None:
    for key in _SHOWN:
        if header.get(key):
            found.attributes.setdefault(key, header[key])
    name = header.get("EXTNAME") or f"HDU {number}"
    if header.get("XTENSION") in ("BINTABLE", "TABLE") and header.get("ZIMAGE") != "T":
        if not found.columns:
            found.rows = _number(header, "NAXIS2")
            for column in range(1, min(_number(header, "TFIELDS"), _MOST_AXES) + 1):
                form = header.get(f"TFORM{column}", "")
                label = header.get(f"TTYPE{column}", f"column {column}")
                found.add_column(Column(label, form, header.get(f"TUNIT{column}", "")))
        else:
            found.notes.append(f"{name} is another table.")
        return
    prefix = "Z" if header.get("ZIMAGE") == "T" else ""
    shape = [
        _number(header, f"{prefix}NAXIS{axis}") for axis in range(1, 1 + min(_number(header, f"{prefix}NAXIS", 0), 9))
    ]
    if shape:
        kind = _TYPES.get(header.get(f"{prefix}BITPIX", ""), "")
        found.add_array(Array(name, tuple(reversed(shape)), kind, unit=header.get("BUNIT", "")))


FORMATS = (Fits(),)
