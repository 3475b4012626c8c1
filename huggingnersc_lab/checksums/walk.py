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

_KIND = 0o170000
_RUN = 1000
_make = tuple.__new__  # a named tuple's own way takes twice as long


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
        return iter(_look(base, b"", [only], on_problem))
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
        detail = f"You do not have permission to read '{root}': ask its owner. Checksums computed before were kept."
        raise CatalogError("forbidden", detail) from err
    except (OSError, ValueError) as err:
        reason = err.strerror if isinstance(err, OSError) else str(err)
        detail = f"The data was not found at '{root}': {reason}. Checksums computed before were kept."
        raise CatalogError("not_found", detail) from err


def _walk(base: bytes, on_problem: OnProblem) -> Iterator[File]:
    """Files in order; the names in a folder, and those in the folders above it, are in memory, nothing else."""
    pending = [(b"", _runs(_names(base, b"", on_problem)))]
    while pending:
        prefix, runs = pending[-1]
        for run in runs:
            if run[0].endswith(b"/"):
                path = prefix + run[0]
                pending.append((path, _runs(_names(base, path, on_problem))))
                break
            yield from _look(base, prefix, run, on_problem)
        else:
            pending.pop()


def _runs(names: list[bytes]) -> Iterator[list[bytes]]:
    """Names that follow each other: one folder, or several that are none."""
    run: list[bytes] = []
    for name in names:
        is_folder = name.endswith(b"/")
        if run and (is_folder or len(run) == _RUN):
            yield run
            run = []
        if is_folder:
            yield [name]
        else:
            run.append(name)
    if run:
        yield run


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


def _look(base: bytes, prefix: bytes, names: list[bytes], on_problem: OnProblem) -> list[File]:
    """The files among names in a folder. This is most of the work on what is unchanged, so it makes few calls."""
    found: list[File] = []
    try:
        folder = os.open(base + b"/" + prefix, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError as err:
        on_problem(problem_of(prefix, err))
        return found
    try:
        for name in names:
            try:
                status = os.stat(name, dir_fd=folder, follow_symlinks=False)
            except OSError as err:
                on_problem(problem_of(prefix + name, err))
                continue
            state = (prefix + name, status.st_size, status.st_mtime_ns, status.st_ino)
            if status.st_mode & _KIND == stat.S_IFREG:
                found.append(_make(File, state))
            elif (odd := _odd(base, prefix + name, status, on_problem)) is not None:
                found.append(odd)
    finally:
        os.close(folder)
    return found


def _odd(base: bytes, path: bytes, status: os.stat_result, on_problem: OnProblem) -> File | None:
    """The file that a link leads to; None for what is no file."""
    try:
        if stat.S_ISLNK(status.st_mode):
            status = _follow(base, path)
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
        raise _NotFollowedError(f"It is a broken link: {err.strerror}.") from err
    if not (real + b"/").startswith(base.rstrip(b"/") + b"/"):
        raise _NotFollowedError("It is a link that leads out of the data.")
    if stat.S_ISDIR(status.st_mode):
        raise _NotFollowedError("It is a link to a folder of the data, whose files are counted there.")
    return status
