"""Reads folders that others can write to: the only code that opens files in a catalog.

Every component below the root is opened relative to the descriptor of its parent, never through a symbolic link, so
that nothing that a member of the catalog's group creates or replaces while we read leads to another file. Only regular
files up to a size limit are read; FIFOs and devices cannot block the reader. Listings are limited too.

It needs only the standard library and returns JSON values (and bytes), so that a worker process can run it.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any

from huggingnersc_lab.store.names import is_plain_name, shown

MAX_FILE_BYTES = 4 * 1024 * 1024
"""Maximum size of a file."""

MAX_FOLDER_BYTES = 64 * 1024 * 1024
"""Maximum total size of the files in a folder."""

MAX_FILES = 256
"""Maximum number of files in an entry's folder."""

MAX_ENTRIES = 2_000_000
"""Maximum number of files and folders in a catalog."""

_CLOSED = os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK
_PASSED = getattr(os, "O_PATH", os.O_RDONLY) | os.O_DIRECTORY | os.O_CLOEXEC
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | _CLOSED
_FILE = os.O_RDONLY | os.O_NOCTTY | _CLOSED
_ABSENT = (errno.ENOENT, errno.ENAMETOOLONG)


class UnsafeError(ValueError):
    """Unexpected content of a catalog: a link, a FIFO, too many or too large files; the message says which."""


@contextmanager
def open_root(root: str) -> Iterator[int]:
    """A descriptor of the catalog's root, whose path comes from the site's settings and may be a link."""
    descriptor = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


@contextmanager
def pass_to(root: str, parts: Sequence[str]) -> Iterator[int | None]:
    """A descriptor of a folder below the root, for opening its content; None if it does not exist.

    Raises:
        OSError: it cannot be entered.
        UnsafeError: a component is not a folder.
    """
    descriptor = os.open(root, _PASSED)
    try:
        for part in parts:
            found = open_folder_at(descriptor, part, _PASSED | os.O_NOFOLLOW)
            if found is None:
                yield None
                return
            os.close(descriptor)
            descriptor = found
        yield descriptor
    finally:
        os.close(descriptor)


def open_folder_at(above: int, name: str, flags: int = _FOLDER) -> int | None:
    """A descriptor of a subfolder of an open one; None if it does not exist.

    Raises:
        OSError: it cannot be opened.
        UnsafeError: it is not a folder.
    """
    if not is_plain_name(name):
        return None
    try:
        return os.open(name, flags, dir_fd=above)
    except OSError as err:
        if err.errno in _ABSENT:
            return None
        if err.errno in (errno.ELOOP, errno.ENOTDIR):
            raise UnsafeError(f"'{name}' is {_what_is(above, name)}, but should be a folder") from err
        raise


def read_at(folder: int, name: str, limit: int = MAX_FILE_BYTES) -> tuple[bytes, os.stat_result] | None:
    """A regular file in an open folder, with its stat result; None if it does not exist.

    Raises:
        OSError: it cannot be read.
        UnsafeError: it is not a regular file, or larger than ``limit`` bytes.
    """
    if not is_plain_name(name):
        return None
    try:
        descriptor = os.open(name, _FILE, dir_fd=folder)
    except OSError as err:
        if err.errno in _ABSENT:
            return None
        if err.errno in (errno.ELOOP, errno.ENXIO):  # ENXIO: a socket
            raise UnsafeError(f"'{name}' is {_what_is(folder, name)}, but should be a regular file") from err
        raise
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise UnsafeError(f"'{name}' is {_what_is(folder, name)}, but should be a regular file")
        if status.st_nlink > 1 and not _is_for_readers(status, folder):
            raise UnsafeError(f"'{name}' is a hard link to a file that readers of the catalog cannot read")
        return _read_up_to(descriptor, name, status.st_size, limit), status
    finally:
        os.close(descriptor)


def _read_up_to(descriptor: int, name: str, size: int, limit: int) -> bytes:
    content = bytearray()
    wanted = min(size, limit) + 1  # one byte more, to detect a file that is growing
    while True:
        piece = os.read(descriptor, wanted)
        content += piece
        if len(content) > limit:
            raise UnsafeError(f"'{name}' is larger than {_readable(limit)}")
        if len(piece) < wanted:
            return bytes(content)
        wanted = min(1 << 20, limit + 1 - len(content))


def _is_for_readers(status: os.stat_result, folder: int) -> bool:
    """Whether a file is readable for everybody, or for the group of the folder that contains it."""
    in_group = bool(status.st_mode & stat.S_IRGRP) and status.st_gid == os.fstat(folder).st_gid
    return in_group or bool(status.st_mode & stat.S_IROTH)


def names_at(folder: int, limit: int = MAX_FILES) -> list[str]:
    """The sorted names in an open folder.

    Raises:
        UnsafeError: there are more than ``limit``.
    """
    found: list[str] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if len(found) >= limit:
                raise UnsafeError(f"it contains more than {limit} files")
            found.append(entry.name)
    return sorted(found)


def list_root(root: str) -> tuple[dict[str, int], dict[str, str]]:
    """The inode of every folder by name, including hidden ones, and why other names cannot be entries.

    Raises:
        OSError: it cannot be listed.
        UnsafeError: it contains more than :data:`MAX_ENTRIES`.
    """
    folders: dict[str, int] = {}
    damaged: dict[str, str] = {}
    with open_root(root) as above, os.scandir(above) as entries:
        for entry in islice(entries, MAX_ENTRIES):
            name = entry.name
            if entry.is_dir(follow_symlinks=False):
                if (name.isascii() and name.isprintable()) or is_plain_name(name):
                    folders[name] = entry.inode()
                elif name[0] != ".":
                    damaged[shown(name)] = "its name is not a valid nickname"
            elif entry.is_symlink() and name[0] != ".":
                damaged[shown(name)] = "it is a symbolic link, but should be a folder"
        if next(entries, None) is not None:
            raise UnsafeError(f"it contains more than {MAX_ENTRIES} files and folders")
    return folders, damaged


def read_files(root: str, parts: Sequence[str], names: Iterable[str]) -> dict[str, bytes] | None:
    """Some files of a folder, which is opened once; missing ones are omitted; None if the folder does not exist.

    Raises:
        OSError: one cannot be read.
        UnsafeError: one is not a regular file, or too large.
    """
    with pass_to(root, parts) as folder:
        if folder is None:
            return None
        return {name: found[0] for name in names if (found := read_at(folder, name)) is not None}


def files_for_wire(root: str, parts: Sequence[str], names: Sequence[str]) -> tuple[Any, ...]:
    """:func:`read_files` as a worker returns it: file names, an empty dict of damaged files, and the contents."""
    found = read_files(root, parts, names)
    return (None, {}) if found is None else (list(found), {}, *found.values())


def folder_for_wire(root: str, parts: Sequence[str]) -> tuple[Any, ...]:
    """:func:`read_folder` as a worker returns it: file names, damaged files, then the contents."""
    found = read_folder(root, parts)
    return (None, {}) if found is None else (list(found[0]), found[1], *found[0].values())


def read_folder(root: str, parts: Sequence[str]) -> tuple[dict[str, bytes], dict[str, str]] | None:
    """All regular files of a folder, and why others cannot be read; None if the folder does not exist.

    Raises:
        OSError: it cannot be listed.
        UnsafeError: it is not a folder, or too large.
    """
    with pass_to(root, parts[:-1]) as above:
        folder = None if above is None else open_folder_at(above, parts[-1])
    if folder is None:
        return None
    try:
        files, damaged = read_all_at(folder)
        return {name: content for name, (content, _) in files.items()}, damaged
    finally:
        os.close(folder)


def read_all_at(folder: int) -> tuple[dict[str, tuple[bytes, os.stat_result]], dict[str, str]]:
    """All regular files of an open folder with their stat results, and why others cannot be read, by name.

    Raises:
        OSError: it cannot be listed.
        UnsafeError: it is too large.
    """
    files: dict[str, tuple[bytes, os.stat_result]] = {}
    damaged: dict[str, str] = {}
    total = 0
    for name in names_at(folder):
        try:
            found = read_at(folder, name)
        except UnsafeError as err:
            damaged[shown(name)] = str(err)
        except OSError as err:
            damaged[shown(name)] = f"'{shown(name)}' cannot be read: {err.strerror}"
        else:
            if found is not None:
                files[name] = found
                total += len(found[0])
            elif not is_plain_name(name):
                damaged[shown(name)] = f"'{shown(name)}' is not a valid file name there"
        if total > MAX_FOLDER_BYTES:
            raise UnsafeError(f"it contains more than {_readable(MAX_FOLDER_BYTES)}")
    return files, damaged


def root_stamp(root: str) -> tuple[int, int]:
    """When the root last gained or lost a folder, in nanoseconds since 1970, and its inode; or ``OSError``."""
    status = os.stat(root)  # noqa: PTH116 - one call of many
    return status.st_mtime_ns, status.st_ino


def file_stamp(root: str, name: str, file_name: str) -> tuple[int, int, int, int]:
    """Changes whenever a file of an entry is replaced, written or gets other permissions; or ``OSError``.

    It opens nothing, not even the folder, so that it is a single system call.
    """
    status = os.stat(f"{root}/{name}/{file_name}", follow_symlinks=False)  # noqa: PTH116 - one call of many
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino


def inode_at(folder: int, name: str) -> int | None:
    """The inode of a name in an open folder; None if it does not exist."""
    status = status_at(folder, name)
    return None if status is None else status.st_ino


def status_at(folder: int, name: str) -> os.stat_result | None:
    """The stat result of a name in an open folder, not following links; None if it does not exist."""
    try:
        return os.stat(name, dir_fd=folder, follow_symlinks=False)
    except FileNotFoundError:
        return None


def link_at(folder: int, name: str) -> str | None:
    """The target of a symbolic link in an open folder; None if it is not one."""
    try:
        return os.readlink(name, dir_fd=folder)
    except OSError as err:
        if err.errno in (errno.ENOENT, errno.EINVAL):
            return None
        raise


def _what_is(folder: int, name: str) -> str:
    try:
        mode = os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode
    except OSError:
        return "something else"
    names = (
        (stat.S_ISLNK, "a symbolic link"),
        (stat.S_ISDIR, "a folder"),
        (stat.S_ISFIFO, "a FIFO"),
        (stat.S_ISREG, "a file"),
    )
    return next((text for is_such, text in names if is_such(mode)), "a device or a socket")


def _readable(size: int) -> str:
    return f"{size // 2**20} MiB" if size >= 2**20 else f"{size} bytes"
