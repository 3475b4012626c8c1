# ruff: noqa: PTH116, PTH120 -- permissions are looked at one system call at a time
"""Tells in one sentence whether the data can be read, and if not, where the way ends and whom to ask."""

import grp
import os
import pwd
import stat


def explain_access(path: str, group: str = "", help_text: str = "") -> "tuple[bool, str]":
    """Return whether `path` can be read, and a sentence that says so."""
    real = os.path.realpath(path)
    parts = [real]
    while os.path.dirname(parts[0]) != parts[0]:
        parts.insert(0, os.path.dirname(parts[0]))
    for part in parts:
        try:
            found = os.stat(part)
        except (FileNotFoundError, NotADirectoryError):
            return False, f"{part} is not there: the data was moved or purged, or this machine does not see that disk."
        except OSError as error:
            return False, f"{part} cannot be looked at: {error.strerror}."
        if stat.S_ISDIR(found.st_mode) and not os.access(part, os.X_OK):
            return False, f"You may not enter {part}. {_whom_to_ask(found, group, help_text)}"
        if part == real and not os.access(part, os.R_OK):
            return False, f"You may not read {part}. {_whom_to_ask(found, group, help_text)}"
    return True, f"You can read {path}."


def _whom_to_ask(found: os.stat_result, group: str, help_text: str) -> str:
    bit = stat.S_IXGRP if stat.S_ISDIR(found.st_mode) else stat.S_IRGRP
    if not found.st_mode & bit:
        try:
            owner = pwd.getpwuid(found.st_uid).pw_name
        except KeyError:
            owner = f"user number {found.st_uid}"
        return f"It is closed to everybody but its owner, {owner}: ask {owner} to open it."
    try:
        group = grp.getgrgid(found.st_gid).gr_name
    except KeyError:
        group = group or f"number {found.st_gid}"
    advice = help_text.replace("{group}", group) or "Ask to be added to it."
    return f"It is open to the Unix group {group}. {advice}"
