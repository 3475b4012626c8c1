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
        hints = [Hint(_HINTS[code])] if code in _HINTS else []
        where = f" '{err.filename}'" if err.filename else ""
        raise CatalogError(
            code, f"Could not {action}:{where} {err.strerror or err}.{_ADVICE.get(code, '')}", hints=hints
        ) from err


def sync_folder(folder: Path | int) -> None:
    """Make renames and new names in ``folder``, a path or an open folder, durable where the file system knows how."""
    descriptor = folder if isinstance(folder, int) else os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    except OSError as err:
        if err.errno not in _NO_FOLDER_SYNC:
            raise
    finally:
        if descriptor is not folder:
            os.close(descriptor)


def write_file(path: Path | str, content: bytes, rights: Rights, *, folder: int | None = None) -> None:
    """Create or replace a file in one step, durably, with exactly these rights.

    Args:
        path: the file; a name where ``folder`` is given.
        content: what it is to hold.
        rights: group and permission bits.
        folder: the open folder that it goes into.
    """
    above, name = os.path.split(path)
    temporary = os.path.join(above, f".{name}.{uuid.uuid4().hex[:8]}")  # noqa: PTH118 - may be a name in an open folder
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600, dir_fd=folder)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
            stream.flush()
            rights.give(stream.fileno(), rights.file_mode)
            os.fsync(stream.fileno())
        os.replace(temporary, path, src_dir_fd=folder, dst_dir_fd=folder)
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(temporary, dir_fd=folder)
        raise


def remove_folder(folder: Path) -> None:
    """Remove a folder so that no half of it is ever seen under its name."""
    doomed = folder.with_name(f".{folder.name.lstrip('.')}.{uuid.uuid4().hex[:8]}.gone")
    try:
        folder.rename(doomed)
    except FileNotFoundError:
        return
    discard(doomed)


def discard(path: Path) -> None:
    """Remove a folder, or whatever else stands in its place, as far as that is allowed; no link is followed."""
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
