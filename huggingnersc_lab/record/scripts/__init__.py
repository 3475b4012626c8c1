"""Scripts from users: the loader and the batch script."""

from __future__ import annotations

import ast
import re
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from huggingnersc_lab.errors import CatalogError, ErrorCode, FieldError
from huggingnersc_lab.record.scripts.source_text import SourceError, source_of
from huggingnersc_lab.record.validation import RESERVED_FILES
from huggingnersc_lab.regular import no_file, read_regular, reason

MAX_BYTES = 1024 * 1024
"""Maximum size of a script: code, not data."""


_PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,254}")


@dataclass(frozen=True)
class Script:
    """A script's text and its file name in the repository."""

    file_name: str
    text: str


class Read(Protocol):
    """Reads a regular file, as :func:`huggingnersc_lab.regular.read_regular` does."""

    def __call__(self, path: str, limit: int, /) -> tuple[int, bytes]:
        """Its size in bytes, and its content; no content if the size is above ``limit``. Raises ``OSError``."""


def read_script(path: str | Path, member: str, dataset_name: str, *, read: Read = read_regular) -> Script:
    """Read a script or a companion file.

    Args:
        path: the file.
        member: ``loader``, ``batch_script`` or ``companions``, for the pointer of an error. A companion keeps its
        name, by which the scripts refer to it.
        dataset_name: the dataset's nickname; a script of that name would break the ``datasets`` library.
        read: reads the file.

    Raises:
        CatalogError: ``not_found`` if it is not a file, ``forbidden`` if it cannot be read, ``invalid_record`` if it is
        empty, too large, binary or not text; see
        :func:`huggingnersc_lab.record.scripts.source_text.source_of`, which also extracts the code of a notebook.
    """
    label = "companion file" if member == "companions" else member.replace("_", " ")

    def refuse(code: str, detail: str) -> CatalogError:
        return failure("invalid_record", code, detail)

    def failure(kind: ErrorCode, code: str, detail: str) -> CatalogError:
        sentence = f"The {label} '{path}' {detail}"
        return CatalogError(kind, f"{sentence} Nothing was created.", [FieldError(f"/{member}", code, sentence)])

    try:
        size, content = read(str(path), MAX_BYTES)
    except (OSError, ValueError) as err:
        if (problem := no_file(err)) is not None:
            raise failure("not_found", "not_found", f"{problem}.") from err
        raise failure("forbidden", "forbidden", f"cannot be read: {reason(err)}.") from err
    if size > MAX_BYTES:
        raise refuse("too_long", f"has {size / 2**20:.1f} MiB; a script can have at most {MAX_BYTES // 2**20} MiB.")
    try:
        name, text = source_of(Path(path).name, content)
    except SourceError as err:
        raise refuse(err.code, str(err)) from err
    if member != "companions":
        return Script(_repository_name(name, dataset_name), text)
    if not _PLAIN.fullmatch(name) or _repository_name(name, dataset_name) != name:
        raise refuse("reserved", "cannot keep its name in the repository: rename it, also where it is used.")
    return Script(name, text)


def check_syntax(script: Script, member: str = "loader") -> list[FieldError]:
    """A warning if a Python script does not parse: it may still be meant for another interpreter."""
    if not script.file_name.endswith(".py"):
        return []
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(script.text, script.file_name)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as err:
        where = f" at line {err.lineno}" if isinstance(err, SyntaxError) and err.lineno else ""
        what = err.msg if isinstance(err, SyntaxError) else str(err)
        detail = f"{script.file_name} is not valid Python: {what}{where}."
        return [FieldError(f"/{member}", "syntax", detail)]
    return []


def _repository_name(file_name: str, dataset_name: str) -> str:
    name = re.sub(r"[^A-Za-z0-9._-]+", "_", file_name).lstrip(".-") or "script"
    if name == f"{dataset_name}.py":
        return f"load_{name}"
    if name.lower() in RESERVED_FILES:
        return f"loader_{name}"
    return name
