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
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

MAX_FILE_BYTES = 4 * 1024 * 1024
"""A larger file is not read."""

MAX_FOLDER_BYTES = 64 * 1024 * 1024
"""So much is read of one folder at most."""

MAX_FILES = 256
"""A folder of an entry with more files is not read."""

MAX_ENTRIES = 2_000_000
"""A catalog with more folders is not listed."""

Kind = Literal["file", "folder", "link", "other"]

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOCTTY
_ABSENT = (errno.ENOENT, errno.ENAMETOOLONG)


class UnsafeError(ValueError):
    """What lies there is not what a catalog holds: a link, a FIFO, too many or too large files; the text says which."""


@dataclass(frozen=True)
class Found:
    """What lies in a folder under one name.

    Attributes:
        kind: what it is; links are not followed.
        uid: its owner.
        mode: its permission bits.
        links: number of its names.
        size: bytes.
        mtime: when it was changed, in seconds since 1970.
        inode: its number in the file system.
        target: what a link says.
    """

    kind: Kind
    uid: int
    mode: int
    links: int
    size: int
    mtime: float
    inode: int
    target: str | None = None

    @property
    def is_open_to_others(self) -> bool:
        """Whether its group or everybody may change it."""
        return self.kind != "link" and bool(self.mode & 0o022)


def is_plain_name(name: str) -> bool:
    """Whether a file or folder of a catalog can have that name: one part of a path that UTF-8 can write."""
    if name in ("", ".", "..") or "/" in name or not name.isprintable():
        return False
    try:
        return len(name.encode()) <= 255  # noqa: PLR2004 - NAME_MAX of Linux
    except UnicodeEncodeError:
        return False


@contextmanager
def open_root(root: str) -> Iterator[int]:
    """A descriptor of the catalog's root, whose own path the site's settings name and which may be a link."""
    descriptor = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


@contextmanager
def open_folder(root: str, parts: Sequence[str]) -> Iterator[int | None]:
    """A descriptor of a folder below the root; None where there is none.

    Raises:
        OSError: it may not be opened.
        UnsafeError: a component is no folder.
    """
    with open_root(root) as above:
        descriptor, opened = above, []
        try:
            for part in parts:
                found = open_folder_at(descriptor, part)
                if found is None:
                    yield None
                    return
                descriptor = found
                opened.append(found)
            yield descriptor
        finally:
            for each in opened:
                os.close(each)


def open_folder_at(above: int, name: str) -> int | None:
    """A descriptor of a folder in an open one; None where there is none.

    Raises:
        OSError: it may not be opened.
        UnsafeError: it is no folder.
    """
    if not is_plain_name(name):
        return None
    try:
        return os.open(name, _FOLDER, dir_fd=above)
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
        if status.st_nlink > 1 and not status.st_mode & 0o044:
            raise UnsafeError(f"'{name}' is a second name of somebody's private file")
        content = bytearray()
        while len(content) <= limit and (piece := os.read(descriptor, min(1 << 20, limit + 1 - len(content)))):
            content += piece
        if len(content) > limit:
            raise UnsafeError(f"'{name}' is larger than {_readable(limit)}")
        return bytes(content), status
    finally:
        os.close(descriptor)


def describe_at(folder: int, limit: int = MAX_FILES) -> dict[str, Found]:
    """What lies in an open folder, by name.

    Raises:
        UnsafeError: there is more than ``limit``.
    """
    found = {}
    with os.scandir(folder) as entries:
        for count, entry in enumerate(entries):
            if count >= limit:
                raise UnsafeError(f"it holds more than {limit} files")
            if (seen := found_at(folder, entry.name)) is not None:
                found[entry.name] = seen
    return found


def found_at(folder: int, name: str) -> Found | None:
    """What lies in an open folder under a name; None where nothing does."""
    try:
        status = os.stat(name, dir_fd=folder, follow_symlinks=False)
        kind = _kind(status.st_mode)
        target = os.readlink(name, dir_fd=folder) if kind == "link" else None
    except FileNotFoundError:
        return None
    return Found(
        kind,
        status.st_uid,
        stat.S_IMODE(status.st_mode),
        status.st_nlink,
        status.st_size,
        status.st_mtime,
        status.st_ino,
        target,
    )


def list_root(root: str) -> tuple[dict[str, int], dict[str, str]]:
    """Inode by name of every folder, hidden ones too, and by name why something else there cannot be an entry.

    Raises:
        OSError: it cannot be listed.
        UnsafeError: it holds more than :data:`MAX_ENTRIES`.
    """
    folders: dict[str, int] = {}
    damaged: dict[str, str] = {}
    with open_root(root) as above, os.scandir(above) as entries:
        for count, entry in enumerate(entries):
            if count >= MAX_ENTRIES:
                raise UnsafeError(f"it holds more than {MAX_ENTRIES} folders")
            name = entry.name
            if entry.is_dir(follow_symlinks=False):
                if is_plain_name(name):
                    folders[name] = entry.inode()
                else:
                    damaged[_shown(name)] = "its name cannot be that of a dataset"
            elif entry.is_symlink() and not name.startswith("."):
                damaged[_shown(name)] = "it is a symbolic link, and should be a folder"
    return folders, damaged


def read_files(root: str, parts: Sequence[str], names: Sequence[str]) -> dict[str, bytes] | None:
    """Some files of one folder, which is opened once; those that are not there are left out, and None without a folder.

    Raises:
        OSError: one may not be read.
        UnsafeError: one is no plain file, or too large.
    """
    with open_folder(root, parts) as folder:
        if folder is None:
            return None
        return {name: found[0] for name in names if (found := read_at(folder, name)) is not None}


def read_folder(root: str, parts: Sequence[str]) -> tuple[dict[str, bytes], dict[str, str]] | None:
    """All plain files of one folder, and why others of its files cannot be read; None where there is no folder.

    Raises:
        OSError: it cannot be listed.
        UnsafeError: it is no folder, or holds too much.
    """
    with open_folder(root, parts) as folder:
        if folder is None:
            return None
        files: dict[str, bytes] = {}
        damaged: dict[str, str] = {}
        left = MAX_FOLDER_BYTES
        for name in sorted(describe_at(folder)):
            try:
                found = read_at(folder, name, min(left, MAX_FILE_BYTES))
            except UnsafeError as err:
                damaged[_shown(name)] = str(err)
            except OSError as err:
                damaged[_shown(name)] = f"'{_shown(name)}' cannot be read: {err.strerror}"
            else:
                if found is None:
                    continue
                files[name] = found[0]
                left -= len(found[0])
        return files, damaged


def _kind(mode: int) -> Kind:
    if stat.S_ISREG(mode):
        return "file"
    if stat.S_ISDIR(mode):
        return "folder"
    return "link" if stat.S_ISLNK(mode) else "other"


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


def _shown(name: str) -> str:
    """A file's name as text that can be shown: bytes that are no UTF-8, and control characters, as escapes."""
    text = os.fsencode(name).decode("utf-8", "backslashreplace")
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)


def _readable(size: int) -> str:
    return f"{size // 2**20} MiB" if size >= 2**20 else f"{size} bytes"
