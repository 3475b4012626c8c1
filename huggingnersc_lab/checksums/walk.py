"""All files below a folder, in one fixed order, without leaving it."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from typing import NamedTuple

from huggingnersc_lab.checksums.problem import Problem, problem_of
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.regular import kind_of


class File(NamedTuple):
    """A regular file and the state that it was found in.

    Attributes:
        path: relative to the data's root, parts joined by ``/``, as the file system has it. For data that is one file,
            its name.
        size: bytes.
        mtime_ns: time of the last change of its content, nanoseconds since 1970.
        inode: its number in the file system.
    """

    path: bytes
    size: int
    mtime_ns: int
    inode: int

    @property
    def name(self) -> str:
        """The path as a text; bytes that are no UTF-8 as lone surrogates."""
        return os.fsdecode(self.path)


OnProblem = Callable[[Problem], None]


def base_of(root: str | os.PathLike[str]) -> bytes:
    """The folder that paths of a root's files are relative to: the root, or the folder around a root that is a file.

    Raises:
        CatalogError: ``not_found`` or ``forbidden`` when there is no data to be read.
    """
    return _resolve(root)[0]


def walk(root: str | os.PathLike[str], on_problem: OnProblem = lambda _: None) -> Iterator[File]:
    """All regular files of a folder, or the one file that ``root`` is.

    The order is that of the whole relative paths, compared byte by byte, as ``LC_ALL=C sort`` has it. A symbolic link
    to a file inside of the root counts as that file; links to folders, and all that lead outside, are not followed,
    so that no loop and nothing of somebody else's comes in. Empty folders hold nothing to read and do not appear.

    Args:
        root: absolute path of the data; it may be a symbolic link itself.
        on_problem: told of what is left out.

    Raises:
        CatalogError: ``not_found`` or ``forbidden`` when there is no data to be read.
    """
    base, only = _resolve(root)
    if only is not None:
        found = _look(base, only, on_problem)
        return iter(() if found is None else (found,))
    return _walk(base, on_problem)


def _resolve(root: str | os.PathLike[str]) -> tuple[bytes, bytes | None]:
    """The base folder, and the name of the file in it that the root is, if it is one."""
    try:
        real = os.path.realpath(os.fsencode(root), strict=True)
        status = os.lstat(real)
        if stat.S_ISREG(status.st_mode):
            return os.path.split(real)
        with os.scandir(real):
            return real, None
    except PermissionError as err:
        detail = f"You have no right to read '{root}'. What was known of it is kept: ask its owner."
        raise CatalogError("forbidden", detail) from err
    except (OSError, ValueError) as err:
        reason = err.strerror if isinstance(err, OSError) else str(err)
        detail = f"The data cannot be found at '{root}': {reason}. What was known of it is kept."
        raise CatalogError("not_found", detail) from err


def _walk(base: bytes, on_problem: OnProblem) -> Iterator[File]:
    """Files in order; a folder's names are in memory, nothing else."""
    pending = [(b"", iter(_names(base, b"", on_problem)))]
    while pending:
        prefix, names = pending[-1]
        for name in names:
            path = prefix + name
            if name.endswith(b"/"):
                pending.append((path, iter(_names(base, path, on_problem))))
                break
            found = _look(base, path, on_problem)
            if found is not None:
                yield found
        else:
            pending.pop()


def _names(base: bytes, prefix: bytes, on_problem: OnProblem) -> list[bytes]:
    """The names in a folder in order, those of folders with the slash that their files' paths have there."""
    try:
        with os.scandir(base + b"/" + prefix) as entries:
            names = [entry.name + b"/" if entry.is_dir(follow_symlinks=False) else entry.name for entry in entries]
    except OSError as err:
        on_problem(problem_of(prefix, err))
        return []
    names.sort()
    return names


def _look(base: bytes, path: bytes, on_problem: OnProblem) -> File | None:
    """The file of a path; None for what is none."""
    try:
        status = os.lstat(base + b"/" + path)
        if stat.S_ISLNK(status.st_mode):
            status = _follow(base, path)
    except OSError as err:
        on_problem(problem_of(path, err))
        return None
    except _NotFollowedError as err:
        on_problem(Problem(path, "link", str(err)))
        return None
    if not stat.S_ISREG(status.st_mode):
        on_problem(Problem(path, "special", f"It is {kind_of(status.st_mode)}."))
        return None
    return File(path, status.st_size, status.st_mtime_ns, status.st_ino)


class _NotFollowedError(Exception):
    """A symbolic link is left alone; its message says why."""


def _follow(base: bytes, path: bytes) -> os.stat_result:
    """The state of what a link leads to."""
    try:
        real = os.path.realpath(base + b"/" + path, strict=True)
        status = os.lstat(real)
    except OSError as err:
        raise _NotFollowedError(f"It is a link that leads nowhere: {err.strerror}.") from err
    if not (real + b"/").startswith(base.rstrip(b"/") + b"/"):
        raise _NotFollowedError("It is a link that leads out of the data.")
    if stat.S_ISDIR(status.st_mode):
        raise _NotFollowedError("It is a link to a folder of the data, whose files are counted there.")
    return status
