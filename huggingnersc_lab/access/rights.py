"""Whom to ask after the kernel has denied access: which group has it, or who the owner is."""

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
"""What helps: being added to a group, logging in again, the owner, or being the owner yourself."""


_NO_USER = -1


@dataclass(frozen=True)
class Person:
    """The user whose permissions are checked.

    Attributes:
        uid: user id.
        groups: ids of the groups of the process.
        later: ids of groups that the user has joined but the process does not have yet.
    """

    uid: int
    groups: frozenset[int]
    later: frozenset[int] = frozenset()


def who_may(path: str, status: os.stat_result, bits: int, person: Person) -> tuple[Remedy, str]:
    """What would help a user who was denied access, and the name of the group or user concerned.

    Args:
        path: the path that was refused.
        status: its stat result.
        bits: requested permissions: 4 read, 1 execute or enter.
        person: the user who was denied access.
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
    """Name of the group whose members have access; of the owning group if no other has, or if everybody has.

    Args:
        path: the path.
        status: its stat result.
        bits: requested permissions: 4 read, 1 execute or enter.
    """
    groups = groups_that_may(status, _acl_of(path), bits, _NO_USER)
    owning_may = status.st_gid in groups or not groups or not status.st_gid
    return group_name(status.st_gid if owning_may else groups[0])


def _acl_of(path: str) -> bytes:
    """The value of the extended attribute; empty if there is none or it cannot be read."""
    content = read_xattr(path)
    return content if parse_acl(content) else b""


@cache
def this_person() -> Person:
    """The user of this process. The user database may be slow or remote."""
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
    """Name of a group; its number if it has none."""
    try:
        return grp.getgrgid(number).gr_name
    except (KeyError, OSError, OverflowError):
        return str(number)


@cache
def user_name(number: int) -> str:
    """Name of a user; its number if it has none."""
    try:
        return pwd.getpwuid(number).pw_name
    except (KeyError, OSError, OverflowError):
        return str(number)
