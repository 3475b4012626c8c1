"""Durable file operations on a shared file system where locks cannot be relied on: rename, O_EXCL and fsync only."""

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

# EPERM: what containers with an old list of system calls answer. Where it means a lack of rights, a rename says so too.
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
_ADVICE = {"storage": " The file system may be full, over quota or away: free some space, then try again."}


@dataclass(frozen=True)
class Rights:
    """What files in the catalog may be used for, and by whom.

    Attributes:
        directory_mode: permission bits of folders.
        file_mode: permission bits of files.
        group: id of the Unix group that owns both; the system's choice when None.
    """

    directory_mode: int
    file_mode: int
    group: int | None = None

    @property
    def guarded(self) -> Rights:
        """The same without the right to write, for all but the owner."""
        return Rights(self.directory_mode & ~0o022, self.file_mode & ~0o022, self.group)

    def give(self, descriptor: int, mode: int) -> None:
        """Set group and permission bits of an open file or folder."""
        if self.group is not None and os.fstat(descriptor).st_gid != self.group:
            os.fchown(descriptor, -1, self.group)
        os.fchmod(descriptor, mode)  # after the change of group, which clears the set-group-id bit


PRIVATE = Rights(0o700, 0o600)


@contextmanager
def storage_errors(action: str) -> Iterator[None]:
    """Turn an ``OSError`` within into a :class:`CatalogError` that says what was being done (``action``)."""
    try:
        yield
    except OSError as err:
        raise storage_error(err, action) from err


def storage_error(err: OSError, action: str) -> CatalogError:
    """What the file system says in our words, with what was being done (``action``) and what to do."""
    code = _CODES.get(err.errno or 0, "storage")
    hints = [Hint(_HINTS[code])] if code in _HINTS else []
    where = f" '{err.filename}'" if isinstance(err.filename, str | os.PathLike) else ""
    return CatalogError(code, f"Could not {action}:{where} {err.strerror or err}.{_ADVICE.get(code, '')}", hints=hints)


def sync_folder(folder: int) -> None:
    """Make renames and new names in an open folder durable where the file system knows how."""
    try:
        os.fsync(folder)
    except OSError as err:
        if err.errno not in _NO_FOLDER_SYNC:
            raise


def make_folder_at(above: int, name: str) -> int:
    """Make a folder in an open one, for its owner alone, and open it.

    Raises:
        OSError: it cannot be made.
        CatalogError: ``conflict`` when somebody put another one in its place meanwhile.
    """
    os.mkdir(name, PRIVATE.directory_mode, dir_fd=above)
    descriptor = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=above)
    status = os.fstat(descriptor)
    with os.scandir(descriptor) as found:
        is_empty = next(found, None) is None
    if status.st_uid != os.geteuid() or status.st_mode & 0o077 or not is_empty:
        os.close(descriptor)
        detail = f"Somebody put another folder in the place of '{name}' just now. Nothing was sent. Try again."
        raise CatalogError("conflict", detail)
    return descriptor


def write_at(folder: int, name: str, content: bytes, rights: Rights) -> None:
    """Create or replace a file of an open folder in one step, durably, with exactly these rights."""
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
    """Remove a folder of the catalog's root so that no half of it is ever seen under its name.

    Args:
        root: path of the root.
        above: the same, open.
        name: the folder's name.
        inode: of the folder that is meant, so that another one which has its name by now is left alone; None for any.
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
    with suppress(OSError):  # exchanged between the two calls
        os.rename(doomed, name, src_dir_fd=above, dst_dir_fd=above)


def discard(path: Path) -> None:
    """Remove a folder, or whatever else stands in its place, as far as that is allowed; no link is followed."""
    with suppress(RecursionError):  # somebody has nested it too deeply for Python before 3.13
        shutil.rmtree(path, ignore_errors=True)
    with suppress(OSError):  # a link, or gone
        path.unlink()


def exchange(first_folder: int, first: str, second_folder: int, second: str) -> bool:
    """Exchange what two open folders hold under two names, in one step.

    Returns:
        False, and nothing done, where the kernel or the file system cannot.
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
