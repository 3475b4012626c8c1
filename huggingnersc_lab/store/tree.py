"""Reading a folder that others may write to: the only code that opens what lies in a catalog.

Every component below the root is opened relative to the descriptor of the one above it and never through a symbolic
link, so that nothing a member of the catalog's group puts there, or exchanges while we read, leads to another file.
Only plain files are read, up to a size; a FIFO or a device hangs nobody. Folders are listed up to a count.

It needs the standard library only and answers with JSON values (bytes as they are), so that a worker process can
read in our stead.
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
"""A larger file is not read."""

MAX_FOLDER_BYTES = 64 * 1024 * 1024
"""So much is read of one folder at most."""

MAX_FILES = 256
"""A folder of an entry with more files is not read."""

MAX_ENTRIES = 2_000_000
"""A catalog with more files and folders is not listed."""

_CLOSED = os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK
_PASSED = getattr(os, "O_PATH", os.O_RDONLY) | os.O_DIRECTORY | os.O_CLOEXEC
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | _CLOSED
_FILE = os.O_RDONLY | os.O_NOCTTY | _CLOSED
_ABSENT = (errno.ENOENT, errno.ENAMETOOLONG)


class UnsafeError(ValueError):
    """What lies there is not what a catalog holds: a link, a FIFO, too many or too large files; the text says which."""


@contextmanager
def open_root(root: str) -> Iterator[int]:
    """A descriptor of the catalog's root, whose own path the site's settings name and which may be a link."""
    descriptor = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


@contextmanager
def pass_to(root: str, parts: Sequence[str]) -> Iterator[int | None]:
    """A descriptor of a folder below the root, to open by it what it holds; None where there is none.

    Raises:
        OSError: it may not be passed through.
        UnsafeError: a component is no folder.
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
    """A descriptor of a folder in an open one; None where there is none.

    Raises:
        OSError: it may not be opened.
        UnsafeError: it is no folder.
    """
    if not is_plain_name(name):
        return None
    try:
        return os.open(name, flags, dir_fd=above)
    except OSError as err:
        if err.errno in _ABSENT:
            return None
        if err.errno in (errno.ELOOP, errno.ENOTDIR):
            raise UnsafeError(f"'{name}' is {_what_is(above, name)}, and should be a folder") from err
        raise


def read_at(folder: int, name: str, limit: int = MAX_FILE_BYTES) -> tuple[bytes, os.stat_result] | None:
    """A plain file in an open folder, whole, and its status; None where there is none.

    Raises:
        OSError: it may not be read.
        UnsafeError: it is no plain file, or larger than ``limit`` bytes.
    """
    if not is_plain_name(name):
        return None
    try:
        descriptor = os.open(name, _FILE, dir_fd=folder)
    except OSError as err:
        if err.errno in _ABSENT:
            return None
        if err.errno in (errno.ELOOP, errno.ENXIO):  # ENXIO: a socket
            raise UnsafeError(f"'{name}' is {_what_is(folder, name)}, and should be a plain file") from err
        raise
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise UnsafeError(f"'{name}' is {_what_is(folder, name)}, and should be a plain file")
        if status.st_nlink > 1 and not _is_for_readers(status, folder):
            raise UnsafeError(f"'{name}' is a second name of a file that is not for the readers of the catalog")
        return _read_up_to(descriptor, name, status.st_size, limit), status
    finally:
        os.close(descriptor)


def _read_up_to(descriptor: int, name: str, size: int, limit: int) -> bytes:
    content = bytearray()
    wanted = min(size, limit) + 1  # one more than there should be: what grows meanwhile is read on
    while True:
        piece = os.read(descriptor, wanted)
        content += piece
        if len(content) > limit:
            raise UnsafeError(f"'{name}' is larger than {_readable(limit)}")
        if len(piece) < wanted:
            return bytes(content)
        wanted = min(1 << 20, limit + 1 - len(content))


def _is_for_readers(status: os.stat_result, folder: int) -> bool:
    """Whether a file may be read by everybody, or by the group of the folder that it has a name in."""
    in_group = bool(status.st_mode & stat.S_IRGRP) and status.st_gid == os.fstat(folder).st_gid
    return in_group or bool(status.st_mode & stat.S_IROTH)


def names_at(folder: int, limit: int = MAX_FILES) -> list[str]:
    """The names in an open folder, sorted.

    Raises:
        UnsafeError: there are more than ``limit``.
    """
    found: list[str] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if len(found) >= limit:
                raise UnsafeError(f"it holds more than {limit} files")
            found.append(entry.name)
    return sorted(found)


def list_root(root: str) -> tuple[dict[str, int], dict[str, str]]:
    """Inode by name of every folder, hidden ones too, and by name why something else there cannot be an entry.

    Raises:
        OSError: it cannot be listed.
        UnsafeError: it holds more than :data:`MAX_ENTRIES`.
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
                    damaged[shown(name)] = "its name cannot be that of a dataset"
            elif entry.is_symlink() and name[0] != ".":
                damaged[shown(name)] = "it is a symbolic link, and should be a folder"
        if next(entries, None) is not None:
            raise UnsafeError(f"it holds more than {MAX_ENTRIES} files and folders")
    return folders, damaged


def read_files(root: str, parts: Sequence[str], names: Iterable[str]) -> dict[str, bytes] | None:
    """Some files of one folder, which is opened once; those that are not there are left out, and None without a folder.

    Raises:
        OSError: one may not be read.
        UnsafeError: one is no plain file, or too large.
    """
    with pass_to(root, parts) as folder:
        if folder is None:
            return None
        return {name: found[0] for name in names if (found := read_at(folder, name)) is not None}


def files_for_wire(root: str, parts: Sequence[str], names: Sequence[str]) -> tuple[Any, ...]:
    """:func:`read_files` as a worker answers it: names of the files, nothing that is damaged, and the contents."""
    found = read_files(root, parts, names)
    return (None, {}) if found is None else (list(found), {}, *found.values())


def folder_for_wire(root: str, parts: Sequence[str]) -> tuple[Any, ...]:
    """:func:`read_folder` as a worker answers it: the names of the files, what is damaged, then the files' contents."""
    found = read_folder(root, parts)
    return (None, {}) if found is None else (list(found[0]), found[1], *found[0].values())


def read_folder(root: str, parts: Sequence[str]) -> tuple[dict[str, bytes], dict[str, str]] | None:
    """All plain files of one folder, and why others of its files cannot be read; None where there is no folder.

    Raises:
        OSError: it cannot be listed.
        UnsafeError: it is no folder, or holds too much.
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
    """All plain files of an open folder with their status, and by name why others there cannot be read.

    Raises:
        OSError: it cannot be listed.
        UnsafeError: it holds too much.
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
                damaged[shown(name)] = f"'{shown(name)}' cannot be the name of a file there"
        if total > MAX_FOLDER_BYTES:
            raise UnsafeError(f"it holds more than {_readable(MAX_FOLDER_BYTES)}")
    return files, damaged


def root_stamp(root: str) -> tuple[int, int]:
    """When the root last got another folder or lost one, in nanoseconds since 1970, and its inode; ``OSError``."""
    status = os.stat(root)  # noqa: PTH116 - one call of many
    return status.st_mtime_ns, status.st_ino


def file_stamp(root: str, name: str, file_name: str) -> tuple[int, int, int, int]:
    """What differs whenever a file of an entry was replaced, written or given other rights; ``OSError``.

    It tells nothing else, and nothing is opened: so that it is one call, the folder is not.
    """
    status = os.stat(f"{root}/{name}/{file_name}", follow_symlinks=False)  # noqa: PTH116 - one call of many
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino


def inode_at(folder: int, name: str) -> int | None:
    """What the file system calls what lies in an open folder under a name; None where nothing does."""
    status = status_at(folder, name)
    return None if status is None else status.st_ino


def status_at(folder: int, name: str) -> os.stat_result | None:
    """The status of what lies in an open folder under a name, be it a link; None where nothing does."""
    try:
        return os.stat(name, dir_fd=folder, follow_symlinks=False)
    except FileNotFoundError:
        return None


def link_at(folder: int, name: str) -> str | None:
    """What a symbolic link in an open folder says; None for what is none."""
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
