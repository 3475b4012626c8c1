"""The text of a script file: its encoding, and the code cells of a notebook."""

from __future__ import annotations

import codecs
import io
import json
import re
import tokenize
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

_COOKIE = re.compile(r"^([ \t\f]*#.*?coding[:=][ \t]*)([-\w.]+)", re.ASCII)
"""An encoding declaration (PEP 263), in one of the first two lines."""

_SUFFIXES = {"python": ".py", "r": ".R", "julia": ".jl", "bash": ".sh"}
_TIMING = re.compile(r"%%time(?:it)?\b.*\n?")


class SourceError(Exception):
    """A file is not a script; ``code`` is for programs, the message says why."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


def source_of(file_name: str, content: bytes) -> tuple[str, str]:
    """File name and text of a script; for a notebook, those of its code.

    A Python script may declare another encoding than UTF-8 in one of its first two lines (PEP 263). Its text is
    written as UTF-8 from then on, with an updated declaration.

    Raises:
        SourceError: it is binary, not text in its encoding, empty, or a notebook whose code is not a script.
    """
    if b"\0" in content:
        raise SourceError("binary", "is a binary file, not a script.")
    suffix = PurePosixPath(file_name).suffix.lower()
    text = _python_text(content) if suffix == ".py" else _utf8(content)
    text = text.replace("\r\n", "\n")
    if suffix == ".ipynb":
        file_name, text = _of_notebook(PurePosixPath(file_name).stem, text)
    if not text.strip():
        raise SourceError("too_short", "is empty.")
    return file_name, text


def _utf8(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as err:
        raise SourceError("not_utf8", f"is not UTF-8: byte {err.start} is 0x{content[err.start]:02x}.") from err


def _python_text(content: bytes) -> str:
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
    except SyntaxError:
        return _utf8(content)  # an unknown encoding, or bytes that are not UTF-8
    if codecs.lookup(encoding).name in ("utf-8", "utf-8-sig", "ascii"):
        return _utf8(content)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as err:
        detail = f"is not {encoding}, as declared in its first lines: byte {err.start} is 0x{content[err.start]:02x}."
        raise SourceError("not_utf8", detail) from err
    lines = text.split("\n", 2)
    lines[:2] = (_COOKIE.sub(lambda match: f"{match[1]}utf-8", line, count=1) for line in lines[:2])
    return "\n".join(lines)


def _of_notebook(stem: str, text: str) -> tuple[str, str]:
    try:
        notebook = json.loads(text)
        metadata = notebook.get("metadata", {})
        language = _language(metadata)
        cells = list(_code_cells(notebook))
    except (ValueError, AttributeError, TypeError, KeyError, RecursionError) as err:
        raise SourceError("no_notebook", "is named like a notebook but is not one: use a script.") from err
    if language not in _SUFFIXES:
        raise SourceError("no_notebook", f"is a notebook in {language[:40]!r}: save its code as a script.")
    magic = next((cell for cell in cells if cell.startswith("%%")), None)
    if magic is not None:
        first = magic.partition("\n")[0][:60]
        detail = f"is a notebook with a cell that is not {language} ('{first}'): save its code as a script."
        raise SourceError("no_notebook", detail)
    return f"{stem}{_SUFFIXES[language]}", "\n\n".join(cells) + "\n" if cells else ""


def _language(metadata: Mapping[str, Any]) -> str:
    kernel, info = metadata.get("kernelspec") or {}, metadata.get("language_info") or {}
    return str(kernel.get("language") or info.get("name") or "python").lower()


def _code_cells(notebook: Mapping[str, Any]) -> Iterator[str]:
    """The source of each non-empty code cell, without magics that only measure time."""
    for cell in notebook["cells"]:
        source = cell["source"]
        code = _TIMING.sub("", source if isinstance(source, str) else "".join(source), count=1).strip("\n")
        if cell["cell_type"] == "code" and code.strip():
            yield code
