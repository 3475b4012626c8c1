"""Durable file operations on shared file systems without reliable locks: only rename, O_EXCL and fsync."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from huggingnersc_lab.errors import CatalogError, ErrorCode
from huggingnersc_lab.hints import Hint, HintKey
from huggingnersc_lab.store.tree import inode_at

_RENAME_EXCHANGE = 2  # renameat2(2)

# EPERM: returned in containers with an old system call filter. If it means missing permissions, rename fails as well.
_NO_EXCHANGE = frozenset({errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EPERM})
_NO_FOLDER_SYNC = frozenset({errno.EINVAL, errno.ENOTSUP})

_CODES: dict[int, ErrorCode] = {
    errno.EACCES: "forbidden",
    errno.EPERM: "forbidden",
    errno.EROFS: "forbidden",
    errno.ENOENT: "not_found",
    errno.ENOTDIR: "not_found",
}
_HINTS: dict[str, HintKey] = {"forbidden": "ask_curator", "not_found": "find_out"}
_ADVICE = {"storage": " The file system may be full, over quota or unavailable: free some space, then try again."}


@dataclass(frozen=True)
class Rights:
    """Permissions of files in the catalog.

    Attributes:
        directory_mode: permission bits of folders.
        file_mode: permission bits of files.
        group: id of the Unix group that owns both; the system's choice if None.
    """

    directory_mode: int
    file_mode: int
    group: int | None = None

    @property
    def guarded(self) -> Rights:
        """The same without write permission for anybody but the owner."""
        return Rights(self.directory_mode & ~0o022, self.file_mode & ~0o022, self.group)

    def give(self, descriptor: int, mode: int) -> None:
        """Set group and mode of an open file or folder."""
        if self.group is not None and os.fstat(descriptor).st_gid != self.group:
            os.fchown(descriptor, -1, self.group)
        os.fchmod(descriptor, mode)  # after changing the group, which clears the setgid bit


PRIVATE = Rights(0o700, 0o600)


@contextmanager
def storage_errors(action: str) -> Iterator[None]:
    """Convert an ``OSError`` raised within into a :class:`CatalogError` that says what was being done (``action``)."""
    try:
        yield
    except OSError as err:
        raise storage_error(err, action) from err


def storage_error(err: OSError, action: str) -> CatalogError:
    """A file system error as a message with what was being done (``action``) and what to do."""
    code = _CODES.get(err.errno or 0, "storage")
    hints = [Hint(_HINTS[code])] if code in _HINTS else []
    where = f" '{err.filename}'" if isinstance(err.filename, str | os.PathLike) else ""
    return CatalogError(code, f"Could not {action}:{where} {err.strerror or err}.{_ADVICE.get(code, '')}", hints=hints)


def sync_folder(folder: int) -> None:
    """Make renames and new names in an open folder durable, if the file system supports it."""
    try:
        os.fsync(folder)
    except OSError as err:
        if err.errno not in _NO_FOLDER_SYNC:
            raise


def make_folder_at(above: int, name: str) -> int:
    """Create a folder in an open one, private to its owner, and open it.

    Raises:
        OSError: it cannot be created.
        CatalogError: ``conflict`` if somebody replaced it in the meantime.
    """
    os.mkdir(name, PRIVATE.directory_mode, dir_fd=above)
    descriptor = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=above)
    status = os.fstat(descriptor)
    with os.scandir(descriptor) as found:
        is_empty = next(found, None) is None
    if status.st_uid != os.geteuid() or status.st_mode & 0o077 or not is_empty:
        os.close(descriptor)
        detail = f"Somebody has just replaced the folder '{name}'. Nothing was sent. Try again."
        raise CatalogError("conflict", detail)
    return descriptor


def write_at(folder: int, name: str, content: bytes, rights: Rights) -> None:
    """Create or replace a file in an open folder atomically and durably, with exactly these permissions."""
    temporary = f".{name}.{uuid.uuid4().hex[:8]}"
    try:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
        with os.fdopen(os.open(temporary, flags, 0o600, dir_fd=folder), "wb") as stream:
            stream.write(content)
            stream.flush()
            rights.give(stream.fileno(), rights.file_mode)
            os.fsync(stream.fileno())
        os.replace(temporary, name, src_dir_fd=folder, dst_dir_fd=folder)
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(temporary, dir_fd=folder)
        raise


def remove_at(root: Path, above: int, name: str, inode: int | None = None) -> None:
    """Remove a folder from the catalog's root atomically: it is never visible half-removed under its name.

    Args:
        root: path of the root.
        above: descriptor of the root.
        name: the folder's name.
        inode: inode of the folder to remove, so that another one with its name by now is kept; None for any.
    """
    if inode is not None and inode_at(above, name) != inode:
        return
    doomed = f".{name.lstrip('.')}.{uuid.uuid4().hex[:8]}.gone"
    try:
        os.rename(name, doomed, src_dir_fd=above, dst_dir_fd=above)
    except FileNotFoundError:
        return
    if inode is None or inode_at(above, doomed) == inode:
        discard(root / doomed)
        return
    with suppress(OSError):  # replaced between the two calls
        os.rename(doomed, name, src_dir_fd=above, dst_dir_fd=above)


def discard(path: Path) -> None:
    """Remove a folder, or whatever else is in its place, as far as permitted; links are not followed."""
    with suppress(RecursionError):  # nested too deeply for Python before 3.13
        shutil.rmtree(path, ignore_errors=True)
    with suppress(OSError):  # a link, or gone
        path.unlink()


def exchange(first_folder: int, first: str, second_folder: int, second: str) -> bool:
    """Exchange two names in two open folders atomically.

    Returns:
        False, without any change, if the kernel or the file system does not support it.
    """
    call = _renameat2()
    if call is None:
        return False
    if call(first_folder, os.fsencode(first), second_folder, os.fsencode(second), _RENAME_EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in _NO_EXCHANGE:
        return False
    raise OSError(number, os.strerror(number), second)


@cache
def _renameat2() -> Any:
    return getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
