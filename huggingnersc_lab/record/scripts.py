"""Scripts that people hand in: the loader and the batch script."""

from __future__ import annotations

import ast
import re
import warnings
from dataclasses import dataclass
from pathlib import Path

from huggingnersc_lab.errors import CatalogError, ErrorCode, FieldError
from huggingnersc_lab.record.validation import RESERVED_FILES

MAX_BYTES = 1024 * 1024
"""Largest script that is taken: code, not data."""


@dataclass(frozen=True)
class Script:
    """A script's text and the file name it gets in the repository."""

    file_name: str
    text: str


def read_script(path: Path, member: str, dataset_name: str) -> Script:
    """Read a script that a person named.

    Args:
        path: the file.
        member: ``loader`` or ``batch_script``, for the pointer of an error.
        dataset_name: the dataset's nickname; a script called like it would break the ``datasets`` library.

    Raises:
        CatalogError: ``not_found`` for a path that is no file, ``forbidden`` for one that cannot be read,
            ``invalid_record`` for one that is empty, too large, binary or not UTF-8.
    """
    try:
        if not path.is_file():
            problem = "is a folder, not a file." if path.is_dir() else "does not exist."
            raise _failure("not_found", "not_found", path, member, problem)
        with path.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
        size = path.stat().st_size
    except OSError as err:
        raise _failure("forbidden", "forbidden", path, member, f"cannot be read: {err.strerror}.") from err
    return parse_script(content, path, member, dataset_name, size)


def parse_script(content: bytes, path: Path, member: str, dataset_name: str, size: int | None = None) -> Script:
    """A script whose content was read.

    Args:
        content: of the file; its beginning where it is too large.
        path: where it was.
        member: see :func:`read_script`.
        dataset_name: see :func:`read_script`.
        size: bytes of the file, where ``content`` is not all of it.

    Raises:
        CatalogError: ``invalid_record`` for one that is empty, too large, binary or not UTF-8.
    """

    def refuse(code: str, detail: str) -> CatalogError:
        return _failure("invalid_record", code, path, member, detail)

    if len(content) > MAX_BYTES:
        found = (size or len(content)) / 2**20
        raise refuse("too_long", f"has {found:.1f} MiB; a script has {MAX_BYTES // 2**20} MiB at most.")
    if b"\0" in content:
        raise refuse("binary", "is a binary file, not a script.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as err:
        raise refuse("not_utf8", f"is not UTF-8: byte {err.start} is 0x{content[err.start]:02x}.") from err
    if not text.strip():
        raise refuse("too_short", "is empty.")
    return Script(_repository_name(path.name, dataset_name), text.replace("\r\n", "\n"))


def _failure(kind: ErrorCode, code: str, path: Path, member: str, detail: str) -> CatalogError:
    sentence = f"The {member.replace('_', ' ')} '{path}' {detail}"
    return CatalogError(kind, f"{sentence} Nothing was made.", [FieldError(f"/{member}", code, sentence)])


def check_syntax(script: Script, member: str = "loader") -> list[FieldError]:
    """A warning where a Python script does not parse: it may still be meant for another interpreter."""
    if not script.file_name.endswith(".py"):
        return []
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(script.text, script.file_name)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as err:
        where = f" at line {err.lineno}" if isinstance(err, SyntaxError) and err.lineno else ""
        what = err.msg if isinstance(err, SyntaxError) else str(err)
        detail = f"{script.file_name} is not Python as it stands: {what}{where}."
        return [FieldError(f"/{member}", "syntax", detail)]
    return []


def _repository_name(file_name: str, dataset_name: str) -> str:
    name = re.sub(r"[^A-Za-z0-9._-]+", "_", file_name).lstrip(".-") or "script"
    if name == f"{dataset_name}.py":
        return f"load_{name}"
    if name.lower() in RESERVED_FILES:
        return f"loader_{name}"
    return name
