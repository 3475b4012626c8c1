"""Names of places that rclone knows: ``mila-gdrive:datasets/waves``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from huggingnersc_lab.errors import FieldError

# rclone's own rule for names of remotes, in ASCII. What begins with a colon, or has parameters after a comma, could run
# programs or hold secrets (":sftp,ssh=…:"), so only remotes that the person has set up are taken.
_REMOTE = re.compile(r"([A-Za-z0-9_.+@]+(?:[ -]+[A-Za-z0-9_.+@-]+)*):([^\x00-\x1f\x7f]*)")
MAX_LENGTH = 2000


@dataclass(frozen=True)
class Remote:
    """A place at a remote.

    Attributes:
        name: name of the remote in rclone's configuration.
        path: the path there; empty for its root.
    """

    name: str
    path: str

    def __str__(self) -> str:
        return f"{self.name}:{self.path}"


def read_remote(text: str) -> Remote | None:
    """The place that a text names; None for any other text.

    >>> read_remote("mila-gdrive:waves"), read_remote(":local:/etc"), read_remote("--config=x:y")
    (Remote(name='mila-gdrive', path='waves'), None, None)
    """
    match = _REMOTE.fullmatch(text)
    if match is None or len(text) > MAX_LENGTH or ".." in match[2].split("/"):
        return None
    return Remote(match[1], match[2])


def remote_faults(text: str | None, pointer: str = "/options/remote") -> list[FieldError]:
    """What is wrong with a place that a person gave."""
    if text is None or read_remote(text) is not None:
        return []
    fault = "A place for rclone has the form REMOTE:PATH, with a remote that 'rclone config' has set up."
    return [FieldError(pointer, "pattern", fault)]
