"""Why a file is left out."""

from __future__ import annotations

import errno
import os

import pytest

from huggingnersc_lab.checksums.problem import Problem, problem_of


@pytest.mark.parametrize(
    ("number", "code", "detail"),
    [
        (errno.ENOENT, "vanished", "It vanished while it was looked at."),
        (errno.ENOTDIR, "vanished", "It vanished while it was looked at."),
        (errno.ESTALE, "vanished", "It vanished while it was looked at."),
        (errno.EACCES, "unreadable", "You have no right to read it."),
        (errno.EIO, "unreadable", "It cannot be read: Input/output error."),
        (errno.ELOOP, "unreadable", "It cannot be read: Too many levels of symbolic links."),
    ],
)
def test_failed_calls(number: int, code: str, detail: str) -> None:
    assert problem_of(b"a", OSError(number, os.strerror(number))) == (b"a", code, detail)


def test_a_failure_without_a_number() -> None:
    assert problem_of(b"", OSError("odd")).detail == "It cannot be read: odd."


def test_paths_that_are_no_utf8() -> None:
    problem = Problem(b"a\xff/b", "special", "A socket.")
    assert problem.name == "a\udcff/b"
    assert problem.to_dict() == {"path": "a\udcff/b", "code": "special", "detail": "A socket."}
