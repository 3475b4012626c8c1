"""POSIX access control lists, as the kernel hands them out: see acl(5) and ``linux/posix_acl_xattr.h``.

A list that cannot be read counts as none: it is asked only whom to turn to, after the kernel itself has refused.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

XATTR = "system.posix_acl_access"
"""The extended attribute that holds the list."""

VERSION = 2
"""Of the layout: a 32-bit version, then entries of a 16-bit tag, a 16-bit mode and a 32-bit id, little-endian."""

USER_OBJ, USER, GROUP_OBJ, GROUP, MASK, OTHER = 0x01, 0x02, 0x04, 0x08, 0x10, 0x20

_HEADER = struct.Struct("<I")
_ENTRY = struct.Struct("<HHI")
_MODES = 0o7

# Where Python knows no extended attributes, there are none to read.
_getxattr: Callable[[str, str], bytes] | None = getattr(os, "getxattr", None)


@dataclass(frozen=True)
class Acl:
    """Who may do what, as three bits each: 4 read, 2 write, 1 execute or pass.

    Attributes:
        owner: the owner's.
        owning_group: those of the group that owns the file.
        other: everybody else's.
        mask: what users by name and groups have at most; None where nothing bounds them.
        users: by number, those of users who are named.
        groups: by number, those of groups that are named.
    """

    owner: int
    owning_group: int
    other: int
    mask: int | None = None
    users: Mapping[int, int] = field(default_factory=dict)
    groups: Mapping[int, int] = field(default_factory=dict)


def parse_acl(content: bytes) -> Acl | None:
    """The list in the value of :data:`XATTR`; None for what is none."""
    if len(content) < _HEADER.size or (len(content) - _HEADER.size) % _ENTRY.size:
        return None
    if _HEADER.unpack_from(content) != (VERSION,):
        return None
    single: dict[int, int] = {}
    named: dict[int, dict[int, int]] = {USER: {}, GROUP: {}}
    for tag, bits, number in _ENTRY.iter_unpack(content[_HEADER.size :]):
        if bits & ~_MODES:
            return None
        if tag in named:
            named[tag][number] = bits
        elif tag in (USER_OBJ, GROUP_OBJ, MASK, OTHER) and tag not in single:
            single[tag] = bits
        else:
            return None
    if not {USER_OBJ, GROUP_OBJ, OTHER} <= single.keys():
        return None
    return Acl(single[USER_OBJ], single[GROUP_OBJ], single[OTHER], single.get(MASK), named[USER], named[GROUP])


def read_xattr(path: str) -> bytes:
    """The value of :data:`XATTR`; empty where there is none that can be read."""
    try:
        return b"" if _getxattr is None else _getxattr(path, XATTR)
    except OSError:  # the file has no list, or the file system knows none
        return b""
