"""Names of files and folders in a catalog, which others may have given. Needs the standard library only."""

from __future__ import annotations

import os
import re

LONGEST_NAME = 200
"""Bytes of the longest nickname that a folder, and a hidden one beside it, can have."""

_LONGEST_PART = 255
"""NAME_MAX of Linux."""

_COMMON = re.compile(r"\.?[A-Za-z0-9_-][A-Za-z0-9._-]{0,198}")
"""What nearly every name is; the others are looked at more closely."""


def is_plain_name(name: str) -> bool:
    """Whether a file or folder of a catalog can have that name: one part of a path that UTF-8 can write."""
    if _COMMON.fullmatch(name):
        return True
    if name in ("", ".", "..") or "/" in name or not name.isprintable():  # half a character is not printable
        return False
    return len(name.encode()) <= _LONGEST_PART


def is_name(name: str) -> bool:
    """Whether an entry can have that name: it is one part of a path, and not hidden."""
    return not name.startswith(".") and is_plain_name(name) and len(name.encode()) <= LONGEST_NAME


def shown(name: str) -> str:
    """A file's name as text that can be shown: bytes that are no UTF-8, and control characters, as escapes."""
    text = os.fsencode(name).decode("utf-8", "backslashreplace")
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)
