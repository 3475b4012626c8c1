"""Durable file operations on a shared file system where locks cannot be relied on: rename, O_EXCL and fsync only."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from huggingnersc_lab.errors import CatalogError, ErrorCode

_AT_FDCWD = -100
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
_ADVICE = {
    "forbidden": "Ask the curator of the catalog for the right to do it, or name another folder with --catalog-root.",
    "not_found": "Something of the catalog's folder is gone: see 'huggingnersc doctor'.",
    "storage": "The file system may be full, over quota or away: free some space, then try again.",
}


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

    def give(self, target: Path | int, mode: int) -> None:
        """Set group and permission bits of a path or an open file."""
        if self.group is not None and os.stat(target).st_gid != self.group:  # noqa: PTH116 - may be an open file
            os.chown(target, -1, self.group)
        os.chmod(target, mode)  # noqa: PTH101 - may be an open file; after chown, which clears the set-group-id bit


PRIVATE = Rights(0o700, 0o600)


@contextmanager
def storage_errors(action: str) -> Iterator[None]:
    """Turn an ``OSError`` within into a :class:`CatalogError` that says what was being done (``action``)."""
    try:
        yield
    except OSError as err:
        code = _CODES.get(err.errno or 0, "storage")
        # Of a call with an open file it is the descriptor's number, which says nothing to people.
        where = f" '{os.fsdecode(err.filename)}'" if err.filename and not isinstance(err.filename, int) else ""
        raise CatalogError(code, f"Could not {action}:{where} {err.strerror or err}. {_ADVICE[code]}") from err


def sync_folder(folder: Path) -> None:
    """Make renames and new names in ``folder`` durable, where the file system knows how."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    except OSError as err:
        if err.errno not in _NO_FOLDER_SYNC:
            raise
    finally:
        os.close(descriptor)


def write_file(path: Path, content: bytes, rights: Rights) -> None:
    """Create or replace a file in one step, durably, with exactly these rights."""
    temporary = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}")
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
            stream.flush()
            rights.give(stream.fileno(), rights.file_mode)
            os.fsync(stream.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def remove_folder(folder: Path) -> None:
    """Remove a folder so that no half of it is ever seen under its name."""
    doomed = folder.with_name(f".{folder.name.lstrip('.')}.{uuid.uuid4().hex[:8]}.gone")
    try:
        folder.rename(doomed)
    except FileNotFoundError:
        return
    shutil.rmtree(doomed, ignore_errors=True)


def exchange_folders(first: Path, second: Path) -> bool:
    """Exchange two folders in one step; False, and nothing done, where the kernel or the file system cannot."""
    call = _renameat2()
    if call is None:
        return False
    if call(_AT_FDCWD, os.fsencode(first), _AT_FDCWD, os.fsencode(second), _RENAME_EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in _NO_EXCHANGE:
        return False
    raise OSError(number, os.strerror(number), str(second))


@cache
def _renameat2() -> Any:
    return getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
