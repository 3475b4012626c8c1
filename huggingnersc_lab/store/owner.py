"""The process that owns an unfinished publication, and its user."""

from __future__ import annotations

import getpass
import json
import os
import pwd
import re
from dataclasses import dataclass
from pathlib import Path

from huggingnersc_lab.processes import Process

REMOTE_OWNER_SECONDS = 900
"""An owner on another machine counts as gone if the journal has been silent for this long."""

CLOCK_SECONDS = 300
"""Maximum difference between the clocks of two machines; a journal further in the future says nothing."""

_LONGEST = 4096


@dataclass(frozen=True)
class Owner(Process):
    """A process that owns a staging.

    Attributes:
        user: its Unix account.
    """

    user: str

    @classmethod
    def this(cls) -> Owner:
        """The current process."""
        return cls(**vars(Process.this()), user=user_name())

    @classmethod
    def parse(cls, text: str | None) -> Owner | None:
        """Parse the target of a link; None if it names no owner, or was written by another version."""
        try:
            data = json.loads(text or "") if len(text or "") <= _LONGEST else None
        except (ValueError, RecursionError):
            return None
        forms = {"host": str, "space": str, "pid": int, "started": str, "user": str}
        if not isinstance(data, dict) or data.keys() != forms.keys():
            return None
        is_ours = all(type(data[key]) is form for key, form in forms.items()) and 0 < data["pid"] < 2**31
        return cls(**data) if is_ours else None

    def write(self, name: str, folder: int) -> None:
        """Create the link in an open folder; raises ``FileExistsError`` if the name is taken.

        A symbolic link is created atomically with its content, unlike a file.
        """
        os.symlink(json.dumps(vars(self)), name, dir_fd=folder)

    def works(self, silent_seconds: float, uid: int) -> bool:
        """Whether it is still working.

        Args:
            silent_seconds: time since the journal was last written.
            uid: owner of the staging; other users' processes do not work on it, whatever a link says.
        """
        if silent_seconds < -CLOCK_SECONDS:
            silent_seconds = REMOTE_OWNER_SECONDS
        if not self.is_alive(silent_seconds, REMOTE_OWNER_SECONDS):
            return False
        return not self.is_here or _uid_of(self.pid) in (uid, None)

    def __str__(self) -> str:
        return f"{_shown(self.user)} on {_shown(self.host)} (process {self.pid})"


def _uid_of(pid: int) -> int | None:
    """The user of a process; None on systems that do not reveal it."""
    try:
        status = Path(f"/proc/{pid}/status").read_text("utf-8", "replace")
    except OSError:
        return None
    match = re.search(r"^Uid:\s+\d+\s+(\d+)", status, re.MULTILINE)
    return int(match[1]) if match else None


def user_name() -> str:
    """The Unix account of this process."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())


def account_of(uid: int) -> str:
    """The name of a Unix account; its number if it has none."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def _shown(text: str) -> str:
    """Other people's text, short and without control characters."""
    return "".join(char if char.isprintable() else "?" for char in text[:80])
