"""Durable file operations on a shared file system where locks cannot be relied on: rename, O_EXCL and fsync only."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from huggingnersc_lab.errors import CatalogError, ErrorCode

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2  # renameat2(2)

_CODES: dict[int, ErrorCode] = {
    errno.EACCES: "forbidden",
    errno.EPERM: "forbidden",
    errno.EROFS: "forbidden",
    errno.ENOENT: "not_found",
    errno.ENOTDIR: "not_found",
}
_ADVICE = {
    "forbidden": "You may not write there: ask the curator of the catalog, or name another folder with --catalog-root.",
    "not_found": "Something of the catalog's folder is gone: see 'huggingnersc doctor'.",
    "storage": "Free some space or ask for more quota, then try again.",
}


@contextmanager
def storage_errors(action: str) -> Iterator[None]:
    """Turn an ``OSError`` within into a :class:`CatalogError` that says what was being done (``action``)."""
    try:
        yield
    except OSError as err:
        code = _CODES.get(err.errno or 0, "storage")
        where = f" '{err.filename}'" if err.filename else ""
        raise CatalogError(code, f"Could not {action}:{where} {err.strerror or err}. {_ADVICE[code]}") from err


def sync_folder(folder: Path) -> None:
    """Make renames and new names in ``folder`` durable."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_file(path: Path, content: bytes, mode: int) -> None:
    """Create or replace a file in one step, durably, with exactly the permission bits ``mode``."""
    temporary = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}")
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fchmod(stream.fileno(), mode)
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
    if number in (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP):
        return False
    raise OSError(number, os.strerror(number), str(second))


@cache
def _renameat2() -> Any:
    return getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
