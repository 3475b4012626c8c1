"""What is left out of an inspection, and why."""

from __future__ import annotations

import errno
from typing import Literal, NamedTuple

ProblemCode = Literal["unreadable", "vanished", "special", "unknown", "damaged", "missing_library", "limit"]
"""No right to read it, gone meanwhile, no file, of no known format, not what its format says, needs a library that is
not installed, or more than the limits allow."""

_GONE = (errno.ENOENT, errno.ENOTDIR, errno.ESTALE)


class Problem(NamedTuple):
    """One file or folder.

    Attributes:
        path: relative to the data's root; empty for the root. Bytes that are no UTF-8 are lone surrogates.
        code: see :data:`ProblemCode`.
        detail: a sentence for people, without the path.
    """

    path: str
    code: ProblemCode
    detail: str

    def to_dict(self) -> dict[str, str]:
        """``{path, code, detail}``; the path is printable UTF-8."""
        return {"path": shown(self.path), "code": self.code, "detail": self.detail}


def problem_of(path: str, err: OSError) -> Problem:
    """The problem that a failed system call means."""
    if err.errno in _GONE:
        return Problem(path, "vanished", "It vanished while it was looked at.")
    if err.errno in (errno.EACCES, errno.EPERM):
        return Problem(path, "unreadable", "You have no right to read it.")
    return Problem(path, "unreadable", f"It cannot be read: {err.strerror or err}.")


def shown(path: str) -> str:
    r"""A path as text that can be encoded: bytes that are no UTF-8 are escaped, as in ``caf\xe9``."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
