"""Names of files and folders in a catalog, which others may have created. Needs only the standard library."""

from __future__ import annotations

import os
import re

LONGEST_NAME = 200
"""Maximum length in bytes of a nickname, for which a folder and a hidden one next to it can be created."""

_LONGEST_PART = 255
"""NAME_MAX of Linux."""

_COMMON = re.compile(r"\.?[A-Za-z0-9_-][A-Za-z0-9._-]{0,198}")
"""Matches nearly every name; only others need the slower checks."""


def is_plain_name(name: str) -> bool:
    """Whether a file or folder in a catalog can have this name: a single path component that UTF-8 can encode."""
    if _COMMON.fullmatch(name):
        return True
    if name in ("", ".", "..") or "/" in name or not name.isprintable():  # lone surrogates are not printable
        return False
    return len(name.encode()) <= _LONGEST_PART


def is_name(name: str) -> bool:
    """Whether an entry can have this name: a single path component that is not hidden."""
    return not name.startswith(".") and is_plain_name(name) and len(name.encode()) <= LONGEST_NAME


def shown(name: str) -> str:
    """A file name for display: invalid UTF-8 and control characters are escaped."""
    text = os.fsencode(name).decode("utf-8", "backslashreplace")
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)
