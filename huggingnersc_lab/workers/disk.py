"""Files and folders on file systems that may never answer, looked at, read and written by workers."""

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
    """What is at a path.

    Attributes:
        real: the path without links, as far as it exists.
        mode: its type and rights, as in ``os.stat``; 0 where nothing is to be seen.
        error: why not, as an error number; 0 where there is something.
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
        """Whether nothing is there."""
        return self.error in (errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG, errno.ELOOP)

    @property
    def reason(self) -> str:
        """Why nothing is to be seen, in the system's words."""
        return os.strerror(self.error)


def look(path: str) -> Seen:
    """Look at a path, which is absolute or from the working directory.

    Raises:
        UnansweredError: its file system does not answer.
        ValueError: it is no name that a file system can hold.
    """
    path = os.path.join(os.getcwd(), path)  # noqa: PTH109, PTH118 - pathlib would leave parts of it out
    return Seen(*cast("tuple[str, int, int]", workers().call("look", path, path=path)))


def is_within(path: str, folders: Iterable[str]) -> bool | None:
    """Whether a path, with every link followed, lies in one of some folders, or is one; None where nobody knows."""
    try:
        real = Path(look(path).real)
    except UnansweredError:
        return None
    except ValueError:  # no folder could hold such a name
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
    """Size and content of a regular file; no content where it is larger than ``limit``.

    Args:
        path: its absolute path, in which no link is followed.
        limit: most bytes that are read.

    Raises:
        UnansweredError: its file system does not answer.
        OSError: as :func:`huggingnersc_lab.regular.read_regular`.
    """
    return cast("tuple[int, bytes]", workers().call("read_file", path, limit, path=path))


def create_file(folder: str, names: Sequence[str], content: bytes) -> str | None:
    """Write a new file under the first of some names that is free; None where every one is taken.

    Args:
        folder: absolute path of the folder, in which no link is followed.
        names: the names, in the order in which they are tried.
        content: what the file holds.

    Raises:
        UnansweredError: its file system does not answer.
        OSError: it cannot be written, and nothing is left of it.
    """
    kept = "The file may still appear there once it answers."
    return cast("str | None", workers().call("create_file", folder, list(names), content, path=folder, kept=kept))
