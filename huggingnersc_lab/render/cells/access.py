# ruff: noqa: PLR2004, PTH116, PTH120 -- permissions are checked one system call at a time
"""Says in one sentence whether the data can be read, and if not, where access ends and whom to ask."""

import grp
import os
import pwd
import stat
import struct


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
            return False, f"{part} does not exist: the data was moved or purged, or the disk is not mounted here."
        except OSError as error:
            return False, f"{part} cannot be checked: {error.strerror}."
        is_folder = stat.S_ISDIR(found.st_mode)
        needed = (os.X_OK if is_folder else 0) | (os.R_OK if part == real else 0)
        if is_folder and not os.access(part, os.X_OK):
            return False, f"You cannot enter {part}. {_whom_to_ask(part, found, needed, group, help_text)}"
        if part == real and not os.access(part, os.R_OK):
            return False, f"You cannot read {part}. {_whom_to_ask(part, found, needed, group, help_text)}"
    return True, f"You can read {path}."


def groups_that_may(found: os.stat_result, acl: bytes, bits: int, uid: int) -> "list[int]":
    """Return the ids of the groups whose members have access, the owning one first; root's groups do not count.

    `acl` is the value of `system.posix_acl_access`, empty if there is none; `bits` are 4 to read and 1 to enter.
    If the list names a user, here `uid`, that entry alone counts, whatever the groups allow.
    """
    owning, mask, named = found.st_mode >> 3 & 7, 7, []
    if acl[:4] == b"\2\0\0\0" and len(acl) % 8 == 4:
        for tag, has, number in struct.iter_unpack("<HHI", acl[4:]):
            if tag == 2 and number == uid:
                return []
            if tag == 4:
                owning = has
            elif tag == 8:
                named.append((number, has))
            elif tag == 16:
                mask = has
    entries = [(found.st_gid, owning), *named]
    return [number for number, has in entries if number and has & mask & bits == bits]


def _whom_to_ask(path: str, found: os.stat_result, bits: int, group: str, help_text: str) -> str:
    try:
        acl = os.getxattr(path, "system.posix_acl_access")
    except (AttributeError, OSError):
        acl = b""
    mine = (os.getegid(), *os.getgroups())
    groups = [number for number in groups_that_may(found, acl, bits, os.geteuid()) if number not in mine]
    if not groups:
        try:
            owner = pwd.getpwuid(found.st_uid).pw_name
        except KeyError:
            owner = f"user number {found.st_uid}"
        return f"Only its owner, {owner}, has access: ask {owner} to share it."
    try:
        group = grp.getgrgid(groups[0]).gr_name
    except KeyError:
        group = group or f"number {groups[0]}"
    advice = help_text.replace("{group}", group) or "Ask to be added to it."
    return f"The Unix group {group} has access. {advice}"
