"""Which process works on an unfinished publication, and for whom."""

from __future__ import annotations

import getpass
import json
import os
from dataclasses import dataclass
from pathlib import Path

from huggingnersc_lab.processes import Process

REMOTE_OWNER_SECONDS = 900
"""An owner that cannot be seen from here counts as gone when the journal has been silent for so long."""


@dataclass(frozen=True)
class Owner(Process):
    """A process that works on a staging.

    Attributes:
        user: its Unix account.
    """

    user: str

    @classmethod
    def this(cls) -> Owner:
        """The process that asks."""
        return cls(**vars(Process.this()), user=user_name())

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

    def __str__(self) -> str:
        return f"{self.user} on {self.host} (process {self.pid})"


def user_name() -> str:
    """The Unix account of this process."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())
