"""NumPy's ``.npy`` and ``.npz``: the headers, which are Python literals, without NumPy and without unpickling.

https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
"""

from __future__ import annotations

import ast
import zipfile
from typing import IO, Any

from huggingnersc_lab.inspection.description import MOST_ITEMS, Array, Column, Description, text
from huggingnersc_lab.inspection.formats.base import DamagedError, Format, open_regular

_MAGIC = b"\x93NUMPY"
_MOST_HEADER = 2**16


class Npy(Format):
    """One array."""

    name = "npy"
    title = "NumPy"
    suffixes = ("npy",)
    is_table = True
    magic = (_MAGIC,)

    def describe(self, path: str) -> Description:
        """Shape and type; the length of the first dimension is the number of rows."""
        found = Description()
        with open_regular(path) as stream:
            array, fields = _header(stream, "")
            start = stream.tell()
            size = stream.seek(0, 2)
        found.add_array(array)
        for name, kind in fields:
            found.add_column(Column(name, kind))
        found.rows = array.shape[0] if array.shape else None
        items = 1
        for length in array.shape:
            items *= length
        if items and size == start:
            found.notes.append("It is cut off: it has no values.")
        return found


class Npz(Format):
    """Several arrays in a zip archive."""

    name = "npz"
    title = "NumPy archive"
    suffixes = ("npz",)
    magic = (b"PK\x03\x04",)

    def describe(self, path: str) -> Description:
        """Shape and type of each array; only the headers are unpacked."""
        found = Description()
        with open_regular(path) as stream, zipfile.ZipFile(stream) as archive:
            for info in archive.infolist():
                if not info.filename.endswith(".npy"):
                    continue
                if found.array_count >= MOST_ITEMS:
                    found.array_count += 1
                    continue
                with archive.open(info) as member:
                    found.add_array(_header(member, info.filename.removesuffix(".npy"))[0])
        if not found.array_count:
            raise DamagedError("It is a zip archive without arrays.")
        return found


def _header(stream: IO[bytes], name: str) -> tuple[Array, list[tuple[str, str]]]:
    start = stream.read(8)
    if len(start) < 8 or not start.startswith(_MAGIC):  # noqa: PLR2004 - magic and version
        raise DamagedError("It is not a NumPy array.")
    width = 2 if start[6] == 1 else 4
    length = int.from_bytes(stream.read(width), "little")
    if length > _MOST_HEADER:
        raise DamagedError(f"Its header claims {length} bytes.")
    try:
        header = ast.literal_eval(stream.read(length).decode("latin-1" if width == 2 else "utf-8").strip())  # noqa: PLR2004
        descr, shape = header["descr"], header["shape"]
        good = isinstance(shape, tuple) and all(type(item) is int and item >= 0 for item in shape)
    except (ValueError, SyntaxError, TypeError, KeyError, RecursionError, MemoryError) as err:
        raise DamagedError("Its header is not valid.") from err
    if not good:
        raise DamagedError("Its header has no valid shape.")
    fields = _fields(descr)
    kind = "record" if fields else "Python objects (pickled)" if "O" in str(descr) else text(descr)
    return Array(name, shape, kind), fields


def _fields(descr: Any) -> list[tuple[str, str]]:
    if not isinstance(descr, list):
        return []
    return [(text(item[0]), text(item[1])) for item in descr if isinstance(item, tuple) and len(item) > 1]


FORMATS = (Npy(), Npz())
