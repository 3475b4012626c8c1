"""The process that reads files of data, within limits; started by :mod:`huggingnersc_lab.inspection.reader`.

It reads orders from its standard input, one JSON object a line, ``{"path", "format"}``, and answers each with a line:
``{"format", "description"}`` or ``{"format", "code", "detail"}``.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import warnings
from typing import Any

from huggingnersc_lab.inspection.description import text
from huggingnersc_lab.inspection.formats.base import HEAD_BYTES, DamagedError, Format, open_regular
from huggingnersc_lab.inspection.registry import formats, of_content

MEMORY_BYTES = 3 * 2**30
"""Address space of the process, most of which libraries reserve and never use."""

_CPU_SECONDS = 3600
_FILES = 256
_PACKED = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd")


def main() -> None:
    """Answer orders until the input ends."""
    limit(resource.RLIMIT_AS, MEMORY_BYTES)
    limit(resource.RLIMIT_CPU, _CPU_SECONDS)  # should its parent be gone while it hangs
    limit(resource.RLIMIT_CORE, 0)
    limit(resource.RLIMIT_FSIZE, 0)  # it has nothing to write
    limit(resource.RLIMIT_NOFILE, _FILES)
    warnings.simplefilter("ignore")
    output = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)  # libraries that print must not answer
    output.write(b"{}\n")
    for line in sys.stdin.buffer:
        order = json.loads(line)
        output.write(json.dumps(answer(order["path"], order["format"])).encode() + b"\n")


def limit(kind: int, most: int) -> None:
    """Set a limit, unless a lower one is in force."""
    _, hard = resource.getrlimit(kind)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(kind, (most, most))


def answer(path: str, wanted: str | None) -> dict[str, Any]:
    """What a file says of itself, or why that cannot be told.

    Args:
        path: absolute path of the file.
        wanted: the format that its name promises; None to go by its content.
    """
    found = formats().get(wanted) if wanted else None
    try:
        found, note = _recognized(path, found)
        if found is None:
            return {"format": None, "code": "unknown", "detail": note}
        description = found.describe(path)
    except Exception as err:  # noqa: BLE001 - a damaged file makes libraries raise anything
        code, detail = _reason(err, found)
    else:
        description.notes += [note] if note else []
        return {"format": found.name, "description": description.to_dict()}
    return {"format": found.name if found else None, "code": code, "detail": detail}


def _reason(err: Exception, found: Format | None) -> tuple[str, str]:
    """Code and sentence of what went wrong."""
    match err:
        case DamagedError():
            return "damaged", str(err)
        case FileNotFoundError():
            return "vanished", "It vanished while it was looked at."
        case PermissionError():
            return "unreadable", "You have no right to read it."
        case MemoryError() | RecursionError():
            return "limit", "Reading its header takes too much memory."
        case ImportError():
            return "missing_library", _needs(err.name or text(str(err)))
    title = found.title if found else "known data"
    line = (str(err).strip() or type(err).__name__).splitlines()[0].rstrip(".")
    return "damaged", f"It cannot be read as {title}: {text(line)}."


def _recognized(path: str, promised: Format | None) -> tuple[Format | None, str]:
    """The format of a file, and what is odd about it."""
    if promised is not None and promised.is_folder:
        return promised, ""
    with open_regular(path) as stream:
        head = stream.read(HEAD_BYTES)
    if not head:
        raise DamagedError("It is empty.")
    name = path.rpartition("/")[2]
    if promised is not None and promised.sniff(name, head):
        return promised, ""
    by_content = of_content(name, head)
    if promised is None:
        is_packed = head.startswith(_PACKED)
        why = "It is compressed in a form that is not unpacked." if is_packed else "Its content is of no known format."
        return by_content, "" if by_content else why
    if by_content is None or by_content.name == "text":
        raise DamagedError(f"It is not {promised.title}, although its name says so.")
    return by_content, f"Its name says {promised.title}, but it is {by_content.title}."


def _needs(library: str) -> str:
    return f"This format needs the Python package {library}: pip install 'huggingnersc_lab[inspect]'."
