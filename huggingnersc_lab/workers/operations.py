# ruff: noqa: PTH115, PTH116, PTH120 - a path is followed one system call at a time
"""What workers do with single files and folders. See :mod:`huggingnersc_lab.workers.disk` for how they are asked."""

from __future__ import annotations

import errno
import os

from huggingnersc_lab.regular import read_regular
from huggingnersc_lab.workers.steps import note

_MOST_LINKS = 40
"""Of one path, as in the kernel."""

# Passing a folder needs no right to list it.
_FOLDER = getattr(os, "O_PATH", os.O_RDONLY) | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


def look(path: str) -> tuple[str, int, int]:
    """Where a path leads and what is there.

    Args:
        path: an absolute path.

    Returns:
        The path without links, as far as it exists; the file's mode, 0 where it cannot be told; the error number that
        says why, 0 where there is none.

    Raises:
        ValueError: it is no name that a file system can hold.
    """
    real = follow(path)
    note(real)
    try:
        return real, os.stat(path).st_mode, 0
    except OSError as err:
        return real, 0, err.errno or errno.EIO


def follow(path: str) -> str:
    """As ``os.path.realpath``, and notes each step. What is not there, or not to be seen, counts as no link."""
    here, links = "/", 0
    pending = path.split("/")[::-1]
    while pending:
        name = pending.pop()
        if name in ("", "."):
            continue
        if name == "..":
            here = os.path.dirname(here)
            continue
        step = f"{here.rstrip('/')}/{name}"
        note(step)
        try:
            target = os.readlink(step) if links < _MOST_LINKS else ""
        except OSError:
            target = ""
        if target:
            links += 1
            here = "/" if target.startswith("/") else here
            pending.extend(target.split("/")[::-1])
        else:
            here = step
    return here


def read_file(path: str, limit: int) -> tuple[int, bytes]:
    """Read a regular file, if it is not too large; see :func:`huggingnersc_lab.regular.read_regular`.

    Args:
        path: its absolute path, in which no link is followed.
        limit: most bytes that are read.

    Raises:
        OSError: among others ``ELOOP`` or ``ENOTDIR`` where a link stands in the way.
    """
    folder, _, name = path.rpartition("/")
    descriptor = _open_folder(folder)
    try:
        return read_regular(name, limit, follow=False, folder=descriptor)
    finally:
        os.close(descriptor)


def create_file(folder: str, names: list[str], content: bytes) -> str | None:
    """Write a new file under the first of some names that is free.

    Args:
        folder: absolute path of the folder, in which no link is followed.
        names: the names, in the order in which they are tried.
        content: what the file holds.

    Returns:
        The name; None where every one is taken.

    Raises:
        OSError: it cannot be written, and nothing is left of it.
    """
    parent = _open_folder(folder)
    try:
        for name in names:
            try:
                _create(name, content, parent)
            except FileExistsError:
                continue
            except OSError as err:
                raise OSError(err.errno, err.strerror, f"{folder}/{name}") from err
            return name
        return None
    finally:
        os.close(parent)


def _create(name: str, content: bytes, folder: int) -> None:
    descriptor = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666, dir_fd=folder)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
    except BaseException:
        os.unlink(name, dir_fd=folder)
        raise


def _open_folder(path: str) -> int:
    """A descriptor of a folder, reached without following a link."""
    here = os.open("/", _FOLDER)
    step = ""
    try:
        for name in path.split("/"):
            if name in ("", "."):
                continue
            step = f"{step}/{name}"
            note(step)
            below = os.open(name, _FOLDER, dir_fd=here)
            os.close(here)
            here = below
    except OSError as err:
        os.close(here)
        raise OSError(err.errno, err.strerror, step) from err
    return here
