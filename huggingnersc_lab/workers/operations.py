# ruff: noqa: PTH115, PTH116, PTH120 - a path is followed one system call at a time
"""The workers' operations on single files and folders. See :mod:`huggingnersc_lab.workers.disk` for their callers."""

from __future__ import annotations

import errno
import os

from huggingnersc_lab.regular import read_regular
from huggingnersc_lab.workers.steps import note

_MOST_LINKS = 40
"""Maximum number of links followed in a path, as in the kernel."""

# Entering a folder does not need permission to list it.
_FOLDER = getattr(os, "O_PATH", os.O_RDONLY) | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


def look(path: str) -> tuple[str, int, int]:
    """Resolve a path and check its target.

    Args:
        path: an absolute path.

    Returns:
        The path with links resolved, as far as it exists; the file's mode, 0 if unknown; and the errno value that says
        why, otherwise 0.

    Raises:
        ValueError: it is not a valid file name.
    """
    real = follow(path)
    note(real)
    try:
        return real, os.stat(path).st_mode, 0
    except OSError as err:
        return real, 0, err.errno or errno.EIO


def follow(path: str) -> str:
    """Like ``os.path.realpath``, but reports each step. What does not exist or is not visible counts as no link."""
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
    """Read a regular file, unless it is too large; see :func:`huggingnersc_lab.regular.read_regular`.

    Args:
        path: its absolute path, in which no links are followed.
        limit: maximum number of bytes to read.

    Raises:
        OSError: for example ``ELOOP`` or ``ENOTDIR`` if the path contains a link.
    """
    folder, _, name = path.rpartition("/")
    descriptor = _open_folder(folder)
    try:
        return read_regular(name, limit, follow=False, folder=descriptor)
    finally:
        os.close(descriptor)


def create_file(folder: str, names: list[str], content: bytes) -> str | None:
    """Write a new file under the first free name.

    Args:
        folder: absolute path of the folder, in which no links are followed.
        names: the names to try, in order.
        content: its content.

    Returns:
        The name; None if all names are taken.

    Raises:
        OSError: it cannot be written; nothing is left of it.
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
    """A descriptor of a folder, opened without following links."""
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
