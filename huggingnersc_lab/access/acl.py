"""POSIX access control lists in the kernel's format: see acl(5) and ``linux/posix_acl_xattr.h``.

An unreadable list counts as none: it is only used to say whom to ask, after the kernel itself has denied access.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

XATTR = "system.posix_acl_access"
"""The extended attribute that holds the ACL."""

VERSION = 2
"""Layout: a 32-bit version, then entries of a 16-bit tag, a 16-bit mode and a 32-bit id, little-endian."""

USER_OBJ, USER, GROUP_OBJ, GROUP, MASK, OTHER = 0x01, 0x02, 0x04, 0x08, 0x10, 0x20

_HEADER = struct.Struct("<I")
_ENTRY = struct.Struct("<HHI")
_MODES = 0o7

# If Python does not support extended attributes, there are none to read.
_getxattr: Callable[[str, str], bytes] | None = getattr(os, "getxattr", None)


@dataclass(frozen=True)
class Acl:
    """Permissions, three bits each: 4 read, 2 write, 1 execute or enter.

    Attributes:
        owner: those of the owner.
        owning_group: those of the group that owns the file.
        other: those of everybody else.
        mask: maximum permissions of named users and groups; None for no limit.
        users: permissions of named users, by uid.
        groups: permissions of named groups, by gid.
    """

    owner: int
    owning_group: int
    other: int
    mask: int | None = None
    users: Mapping[int, int] = field(default_factory=dict)
    groups: Mapping[int, int] = field(default_factory=dict)


def parse_acl(content: bytes) -> Acl | None:
    """Parse the value of :data:`XATTR`; None if it is not an ACL."""
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
    """The value of :data:`XATTR`; empty if there is none or it cannot be read."""
    try:
        return b"" if _getxattr is None else _getxattr(path, XATTR)
    except OSError:  # the file has no ACL, or the file system does not support them
        return b""
