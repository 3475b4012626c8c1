"""Identifies a process, even if its number is reused later."""

from __future__ import annotations

import os
import socket
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Process:
    """A process on a machine.

    Attributes:
        host: name of the machine.
        space: its PID namespace; a container has its own.
        pid: its process id.
        started: its start time, as a string that distinguishes it from later processes with that id.
    """

    host: str
    space: str
    pid: int
    started: str

    @classmethod
    def this(cls) -> Process:
        """The current process."""
        return cls(socket.gethostname(), _space(), os.getpid(), started_at(os.getpid()))

    @property
    def is_here(self) -> bool:
        """Whether this process can see it and send it signals."""
        return (self.host, self.space) == (socket.gethostname(), _space())

    def is_alive(self, silent_seconds: float, longest_silence: float) -> bool:
        """Whether it is still running; for a process that cannot be seen from here, only its silence counts."""
        if not self.is_here:
            return silent_seconds < longest_silence
        return started_at(self.pid) == self.started != ""


def _space() -> str:
    try:
        return str(Path("/proc/self/ns/pid").readlink())
    except OSError:
        return ""


def started_at(pid: int) -> str:
    """When a process of this machine started, as a string; empty if there is none."""
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
