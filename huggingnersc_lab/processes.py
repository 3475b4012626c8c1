"""Telling a process from a later one that got its number."""

from __future__ import annotations

import os
import socket
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Process:
    """One process of one machine.

    Attributes:
        host: name of the machine.
        space: its namespace of process numbers there: a container has its own.
        pid: its number.
        started: when it started, as a word that no later process of that number has.
    """

    host: str
    space: str
    pid: int
    started: str

    @classmethod
    def this(cls) -> Process:
        """The process that asks."""
        return cls(socket.gethostname(), _space(), os.getpid(), started_at(os.getpid()))

    @property
    def is_here(self) -> bool:
        """Whether it can be seen from this process, and sent signals."""
        return (self.host, self.space) == (socket.gethostname(), _space())

    def is_alive(self, silent_seconds: float, longest_silence: float) -> bool:
        """Whether it still works; of one that cannot be seen from here only its silence tells."""
        if not self.is_here:
            return silent_seconds < longest_silence
        return started_at(self.pid) == self.started != ""


def _space() -> str:
    try:
        return str(Path("/proc/self/ns/pid").readlink())
    except OSError:
        return ""


def started_at(pid: int) -> str:
    """When a process of this machine started, as a word; empty when there is none."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace")
    except OSError:
        pass
    else:
        state_on = stat.rpartition(")")[2].split()
        return "" if state_on[0] in "ZX" else state_on[19]
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return ""
    except PermissionError:
        pass
    return "unknown"
