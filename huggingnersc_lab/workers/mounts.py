"""Mount points of file systems: if one hangs, all its paths are skipped for a while."""

from __future__ import annotations

import os
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import Popen

MOUNTS = Path("/proc/self/mountinfo")
"""The kernel's own list. Reading it does not access the file systems."""

MOST_HELD = 3
"""How many killed workers may be stuck on a mount before no more are sent to it."""

_ESCAPED = re.compile(rb"\\([0-7]{3})")


def mount_points() -> list[str]:
    """All mount points; empty if the system has no such list."""
    try:
        lines = MOUNTS.read_bytes().splitlines()
    except OSError:
        return []
    places = (line.split()[4:5] for line in lines)
    return [
        os.fsdecode(_ESCAPED.sub(lambda code: bytes([int(code[1], 8)]), place)) for (place,) in filter(None, places)
    ]


def mount_point_of(path: str) -> str:
    """The mount of an absolute path without links; the path itself if that is the root or unknown.

    A single path on the root file system may hang, say on a dead automount; the rest of it does not.
    """
    above = [point for point in mount_points() if point != "/" and is_below(path, point)]
    return max(above, key=len, default=path)


def is_below(path: str, folder: str) -> bool:
    """Whether a path is ``folder`` or in it, by name."""
    return path == folder or path.startswith(f"{folder.rstrip('/')}/")


@dataclass
class _Hang:
    point: str
    until: float = 0.0
    processes: list[Popen[bytes]] = field(default_factory=list)

    def lasts(self, now: float) -> bool:
        self.processes = [process for process in self.processes if process.poll() is None]
        return self.until > now or len(self.processes) >= MOST_HELD


class Hung:
    """Remembers what hung. Thread-safe.

    Args:
        seconds: for how long; longer if too many processes are stuck on the file system.

    Attributes:
        on_hang: called with what is skipped from now on, a mount or a path, and the path that hung.
    """

    def __init__(self, seconds: float) -> None:
        self.on_hang: Callable[[str, str], object] = lambda _point, _place: None
        self._seconds = seconds
        self._lock = threading.Lock()
        self._hangs: dict[str, _Hang] = {}

    def add(self, path: str, step: str | None, process: Popen[bytes] | None = None) -> None:
        """Remember that a call hung.

        Args:
            path: the requested path. Only it is remembered if ``step`` is unknown: links may lead from its mount
            to the one that hangs.
            step: the last step of the call.
            process: the worker that made it and was killed.
        """
        point = path if step is None else mount_point_of(step)
        with self._lock:
            for name in {path, point}:
                hang = self._hangs.setdefault(name, _Hang(point))
                hang.until = time.monotonic() + self._seconds
                hang.processes += [process] if process else []
        self.on_hang(point, step or path)

    def forget(self, point: str) -> None:
        """Forget everything that hung at a mount or path: it responds again."""
        with self._lock:
            self._hangs = {name: hang for name, hang in self._hangs.items() if point not in (name, hang.point)}

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._hangs = {}

    def __contains__(self, path: str) -> bool:
        now = time.monotonic()
        with self._lock:
            self._hangs = {point: hang for point, hang in self._hangs.items() if hang.lasts(now)}
            return any(is_below(path, point) for point in self._hangs)
