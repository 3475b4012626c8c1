"""Where file systems are mounted: of one that hangs, every path is left alone for a while."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path

MOUNTS = Path("/proc/self/mountinfo")
"""The kernel's own list. Reading it touches none of the file systems."""

_ESCAPED = re.compile(rb"\\([0-7]{3})")


def mount_points() -> list[str]:
    """Where file systems are mounted; nothing where the system has no such list."""
    try:
        lines = MOUNTS.read_bytes().splitlines()
    except OSError:
        return []
    places = (line.split()[4:5] for line in lines)
    return [
        os.fsdecode(_ESCAPED.sub(lambda code: bytes([int(code[1], 8)]), place)) for (place,) in filter(None, places)
    ]


def mount_point_of(path: str) -> str:
    """The mount that an absolute path without links is on; the path itself where that is the root's or not known.

    One path of the root's file system may hang, say on a dead automount; the rest of it does not, or nobody would ask.
    """
    above = [point for point in mount_points() if point != "/" and is_below(path, point)]
    return max(above, key=len, default=path)


def is_below(path: str, folder: str) -> bool:
    """Whether a path is ``folder`` or in it, by name."""
    return path == folder or path.startswith(f"{folder.rstrip('/')}/")


class Hung:
    """Remembers what hung.

    Args:
        seconds: for so long.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._until: dict[str, float] = {}

    def add(self, path: str, step: str | None) -> None:
        """Remember that a look at ``path`` hung, at ``step`` if that is known."""
        until = time.monotonic() + self._seconds
        self._until |= {path: until, mount_point_of(step or path): until}

    def __contains__(self, path: str) -> bool:
        now = time.monotonic()
        self._until = {point: until for point, until in self._until.items() if until > now}
        return any(is_below(path, point) for point in self._until)
