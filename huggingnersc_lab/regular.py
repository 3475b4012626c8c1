"""Reads files that others may have created: only regular files, and only up to a limit.

A file name may refer to a named pipe or a device, which block a reader, or to a file larger than memory.
This module needs only the standard library, since worker processes use it too (:mod:`huggingnersc_lab.workers`).
"""

from __future__ import annotations

import errno
import os
import stat

_KINDS = {
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}

_NO_FILE = "something else"
_NOT_THERE = (errno.ENOENT, errno.ENOTDIR, errno.EBADF)

# Neither wait for a pipe's writer nor acquire a controlling terminal.
_FLAGS = os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC


def kind_of(mode: int) -> str:
    """What kind of object it is if neither file nor folder: "a named pipe"."""
    return _KINDS.get(stat.S_IFMT(mode), _NO_FILE)


def read_regular(
    path: str | os.PathLike[str], limit: int, *, follow: bool = True, folder: int | None = None
) -> tuple[int, bytes]:
    """Read a regular file, unless it is too large.

    Args:
        path: the file.
        limit: maximum number of bytes to read.
        follow: whether ``path`` can be a symbolic link.
        folder: descriptor of the folder that ``path`` is relative to; the working directory if None.

    Returns:
        Its size in bytes and its content; no content if the size is above ``limit``.

    Raises:
        OSError: ``EISDIR`` for a folder, ``EINVAL`` for another object that is not a file, ``ELOOP`` for a link that is
        not followed; otherwise the system's error. See :func:`no_file`.
        ValueError: ``path`` is not a valid file name.
    """
    # Checked before opening, since opening a device may act on it, and again after, since it may have been replaced.
    _require_regular(os.stat(path, dir_fd=folder, follow_symlinks=follow), path)
    descriptor = os.open(path, _FLAGS | (0 if follow else os.O_NOFOLLOW), dir_fd=folder)
    with os.fdopen(descriptor, "rb") as stream:
        status = os.fstat(stream.fileno())
        _require_regular(status, path)
        content = b"" if status.st_size > limit else stream.read(limit + 1)
    size = max(status.st_size, len(content))
    return (size, content) if size <= limit else (size, b"")


class UnreadableError(Exception):
    """A file cannot be read as text; its message says why."""


def read_text(path: str | os.PathLike[str], limit: int) -> str:
    """Read the text of a UTF-8 file.

    Args:
        path: the file.
        limit: maximum size in bytes.

    Raises:
        UnreadableError: it is not a file, too large, not UTF-8, or cannot be read.
    """
    try:
        size, content = read_regular(path, limit)
        if size > limit:
            raise UnreadableError(f"it is larger than {limit // 2**20} MiB")
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as err:
        raise UnreadableError("it is not UTF-8") from err
    except (OSError, ValueError) as err:
        odd = no_file(err) if isinstance(err, OSError) and err.errno == errno.EINVAL else None
        raise UnreadableError(f"it {odd}" if odd else reason(err)) from err


def no_file(error: OSError | ValueError) -> str | None:
    """Why there is no file to read ("is a folder, not a file"); None for other errors."""
    if not isinstance(error, OSError) or error.errno in _NOT_THERE:
        return "does not exist"
    if error.errno == errno.EISDIR:
        return "is a folder, not a file"
    if error.errno == errno.ELOOP:
        return "is a symbolic link that is not followed"
    if error.errno == errno.EINVAL and error.strerror in (*_KINDS.values(), _NO_FILE):
        return f"is {error.strerror}, not a file"
    return None


def reason(error: OSError | ValueError) -> str:
    """Why something could not be read, in the system's words."""
    return (isinstance(error, OSError) and error.strerror) or str(error)


def _require_regular(status: os.stat_result, path: str | os.PathLike[str]) -> None:
    kind = stat.S_IFMT(status.st_mode)
    if kind == stat.S_IFREG:
        return
    if kind in (stat.S_IFDIR, stat.S_IFLNK):
        number = errno.EISDIR if kind == stat.S_IFDIR else errno.ELOOP
        raise OSError(number, os.strerror(number), os.fspath(path))
    raise OSError(errno.EINVAL, kind_of(kind), os.fspath(path))
