"""Who can read a path."""

from __future__ import annotations

import grp
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Literal


@dataclass(frozen=True)
class Access:
    """Whether this process can read a path.

    Attributes:
        status: ``readable``, ``unreadable`` or ``missing``.
        blocked_at: the first part of the path that cannot be passed or read.
        group: Unix group that part belongs to.
    """

    status: Literal["readable", "unreadable", "missing"]
    blocked_at: str | None = None
    group: str | None = None


def check_access(path: str) -> Access:
    """Walk from the root to ``path`` and tell where one is stopped."""
    target = Path(path)
    for part in [*reversed(target.parents), target]:
        try:
            status = part.stat()
        except PermissionError:
            return Access("unreadable", str(part.parent), owner_group(part.parent))
        except (OSError, ValueError):  # ValueError: no file system could hold such a name
            return Access("missing", str(part))
        folder = stat.S_ISDIR(status.st_mode)
        wanted = os.X_OK if part != target else (os.R_OK | os.X_OK if folder else os.R_OK)
        if not os.access(part, wanted):
            return Access("unreadable", str(part), owner_group(part))
    return Access("readable")


def owner_group(path: Path) -> str | None:
    """Name of the Unix group that owns ``path``; None where it is not there or has no name."""
    try:
        return grp.getgrgid(path.stat().st_gid).gr_name
    except (OSError, ValueError, KeyError):
        return None
