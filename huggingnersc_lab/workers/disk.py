"""Files and folders on file systems that may hang: workers check, read and write them."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from huggingnersc_lab.workers.calls import UnansweredError, workers


@dataclass(frozen=True)
class Seen:
    """The state of a path.

    Attributes:
        real: the path with links resolved, as far as it exists.
        mode: type and permissions, as in ``os.stat``; 0 if unknown.
        error: why it is unknown, as an errno value; otherwise 0.
    """

    real: str
    mode: int
    error: int = 0

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder."""
        return stat.S_ISDIR(self.mode)

    @property
    def is_missing(self) -> bool:
        """Whether nothing exists there."""
        return self.error in (errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG, errno.ELOOP)

    @property
    def reason(self) -> str:
        """Why its state is unknown, in the system's words."""
        return os.strerror(self.error)


def look(path: str) -> Seen:
    """Check a path, absolute or relative to the working directory.

    Raises:
        UnansweredError: its file system does not respond.
        ValueError: it is not a valid file name.
    """
    path = os.path.join(os.getcwd(), path)  # noqa: PTH109, PTH118 - pathlib would leave parts of it out
    return Seen(*cast("tuple[str, int, int]", workers().call("look", path, path=path)))


def is_within(path: str, folders: Iterable[str]) -> bool | None:
    """Whether a path, with all links resolved, is in one of the folders, or is one of them; None if unknown."""
    try:
        real = Path(look(path).real)
    except UnansweredError:
        return None
    except ValueError:  # an invalid file name
        return False
    is_known = True
    for folder in folders:
        try:
            if real.is_relative_to(look(folder).real):
                return True
        except UnansweredError:
            is_known = False
    return False if is_known else None


def read_file(path: str, limit: int) -> tuple[int, bytes]:
    """Size and content of a regular file; no content if it is larger than ``limit``.

    Args:
        path: its absolute path, in which no links are followed.
        limit: maximum number of bytes to read.

    Raises:
        UnansweredError: its file system does not respond.
        OSError: as :func:`huggingnersc_lab.regular.read_regular`.
    """
    return cast("tuple[int, bytes]", workers().call("read_file", path, limit, path=path))


def create_file(folder: str, names: Sequence[str], content: bytes) -> str | None:
    """Write a new file under the first free name; None if all names are taken.

    Args:
        folder: absolute path of the folder, in which no links are followed.
        names: the names to try, in order.
        content: its content.

    Raises:
        UnansweredError: its file system does not respond.
        OSError: it cannot be written; nothing is left of it.
    """
    kept = "The file may still appear there once it responds."
    return cast("str | None", workers().call("create_file", folder, list(names), content, path=folder, kept=kept))
