"""Which process works on an unfinished publication, and whether it still does."""

from __future__ import annotations

import getpass
import json
import os
import socket
from dataclasses import dataclass
from pathlib import Path

REMOTE_OWNER_SECONDS = 900
"""An owner that cannot be seen from here counts as gone when the journal has been silent for so long."""


@dataclass(frozen=True)
class Owner:
    """A process that works on a staging.

    Attributes:
        host: its machine.
        space: its namespace of process ids there: a container has its own.
        pid: its process id.
        started: when it started, as a word: a process id is given anew in time.
        user: its Unix account.
    """

    host: str
    space: str
    pid: int
    started: str
    user: str

    @classmethod
    def this_process(cls) -> Owner:
        """The process that asks."""
        return cls(socket.gethostname(), _space(), os.getpid(), _start_of(os.getpid()), user_name())

    @classmethod
    def read(cls, path: Path) -> Owner | None:
        """The owner written at ``path``; None where nobody is, or none of this version's form."""
        try:
            return cls(**json.loads(str(path.readlink())))
        except (FileNotFoundError, ValueError, TypeError):
            return None

    def write(self, path: Path) -> None:
        """Write it down; raises ``FileExistsError`` where somebody stands already.

        A symbolic link comes into being together with its content, which a file does not.
        """
        path.symlink_to(json.dumps(vars(self)))

    def is_alive(self, silent_seconds: float) -> bool:
        """Whether it still works; of a process that cannot be seen from here only ``silent_seconds`` tells."""
        if not self.is_here():
            return silent_seconds < REMOTE_OWNER_SECONDS
        return _start_of(self.pid) == self.started != ""

    def is_here(self) -> bool:
        """Whether it can be seen from this process."""
        return (self.host, self.space) == (socket.gethostname(), _space())

    def __str__(self) -> str:
        return f"{self.user} on {self.host} (process {self.pid})"


def user_name() -> str:
    """The Unix account of this process."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())


def _space() -> str:
    try:
        return str(Path("/proc/self/ns/pid").readlink())
    except OSError:
        return ""


def _start_of(pid: int) -> str:
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
