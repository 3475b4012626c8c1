"""What keeps a file, or a folder, out of a manifest."""

from __future__ import annotations

import errno
import os
from typing import Literal, NamedTuple

ProblemCode = Literal["changed", "vanished", "unreadable", "special", "link"]
"""Why: it changed or vanished while it was read, cannot be read, is no file, or is a link that is not followed."""

_GONE = (errno.ENOENT, errno.ENOTDIR, errno.ESTALE)


class Problem(NamedTuple):
    """One file or folder that was left out.

    Attributes:
        path: relative to the data's root, as the file system has it; empty for the root.
        code: see :data:`ProblemCode`.
        detail: a sentence for people, without the path.
    """

    path: bytes
    code: ProblemCode
    detail: str

    @property
    def name(self) -> str:
        """The path as a text; bytes that are no UTF-8 as lone surrogates."""
        return os.fsdecode(self.path)

    def to_dict(self) -> dict[str, str]:
        """``{path, code, detail}``."""
        return {"path": self.name, "code": self.code, "detail": self.detail}


def problem_of(path: bytes, err: OSError) -> Problem:
    """The problem that a failed call means."""
    if err.errno in _GONE:
        return Problem(path, "vanished", "It vanished while it was looked at.")
    if err.errno == errno.EACCES:
        return Problem(path, "unreadable", "You have no right to read it.")
    return Problem(path, "unreadable", f"It cannot be read: {err.strerror or err}.")
