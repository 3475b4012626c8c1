"""Whom to ask, where the kernel has refused: which group may, or whose it is."""

from __future__ import annotations

import grp
import os
import pwd
from dataclasses import dataclass
from functools import cache
from typing import Literal

from huggingnersc_lab.access.acl import parse_acl, read_xattr
from huggingnersc_lab.render.cells.access import groups_that_may

Remedy = Literal["join", "log_in_again", "owner", "yourself"]
"""What helps: to be added to a group, to log in anew, the owner, or oneself being the owner."""


_NO_USER = -1


@dataclass(frozen=True)
class Person:
    """Whose rights are looked at.

    Attributes:
        uid: number of the user.
        groups: numbers of the groups that the process is in.
        later: those that the user is in by now, while the process is not yet.
    """

    uid: int
    groups: frozenset[int]
    later: frozenset[int] = frozenset()


def who_may(path: str, status: os.stat_result, bits: int, person: Person) -> tuple[Remedy, str]:
    """What helps somebody who was refused, and the name of the group or user it is about.

    Args:
        path: what was refused.
        status: what the file system says of it.
        bits: what was asked for: 4 read, 1 execute or pass.
        person: who was refused.
    """
    owner = user_name(status.st_uid)
    if person.uid == status.st_uid:
        return "yourself", owner
    may = groups_that_may(status, _acl_of(path), bits, person.uid)
    groups = [number for number in may if number not in person.groups]
    for number in groups:
        if number in person.later:
            return "log_in_again", group_name(number)
    if groups:
        return "join", group_name(groups[0])
    return "owner", owner


def group_of(path: str, status: os.stat_result, bits: int) -> str:
    """Name of the group whose members may; of the owning one where none is let in, or all are.

    Args:
        path: what is asked about.
        status: what the file system says of it.
        bits: what is asked for: 4 read, 1 execute or pass.
    """
    groups = groups_that_may(status, _acl_of(path), bits, _NO_USER)
    owning_may = status.st_gid in groups or not groups or not status.st_gid
    return group_name(status.st_gid if owning_may else groups[0])


def _acl_of(path: str) -> bytes:
    """The value of the extended attribute; empty where there is none, or none that can be read."""
    content = read_xattr(path)
    return content if parse_acl(content) else b""


@cache
def this_person() -> Person:
    """Whose process this is. The user database may be slow or at the other end of a network."""
    uid, gid = os.geteuid(), os.getegid()
    groups = frozenset((gid, *os.getgroups()))
    try:
        entry = pwd.getpwuid(uid)
        known = frozenset(os.getgrouplist(entry.pw_name, entry.pw_gid))
    except (KeyError, OSError):
        known = frozenset()
    return Person(uid, groups, known - groups)


@cache
def group_name(number: int) -> str:
    """Name of a group; its number where it has none."""
    try:
        return grp.getgrgid(number).gr_name
    except (KeyError, OSError, OverflowError):
        return str(number)


@cache
def user_name(number: int) -> str:
    """Name of a user; its number where it has none."""
    try:
        return pwd.getpwuid(number).pw_name
    except (KeyError, OSError, OverflowError):
        return str(number)
