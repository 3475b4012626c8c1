"""The user's own files: private, written atomically, with errors that say what was being done."""

from __future__ import annotations

import errno
import os
import stat
import uuid
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from huggingnersc_lab.errors import CatalogError

_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_REFUSED = (errno.EACCES, errno.EPERM, errno.EROFS)


def own_folder(name: str) -> Path:
    """Where the user's ``drafts`` and ``jobs`` are stored."""
    from platformdirs import user_data_path

    return user_data_path("huggingnersc") / name


@contextmanager
def storage_errors(action: str, kept: str = "") -> Iterator[None]:
    """Convert an ``OSError`` raised within into ``forbidden`` if permission was denied, otherwise into ``storage``.

    Args:
        action: what was being done, such as "save the draft".
        kept: a sentence about what was kept anyway.
    """
    try:
        yield
    except OSError as err:
        where = f" '{err.filename}'" if isinstance(err.filename, str | os.PathLike) else ""
        refused = err.errno in _REFUSED
        advice = "Make the folder writable" if refused else "Free some space or ask for more quota"
        sentences = (f"Could not {action}:{where} {err.strerror or err}.", kept, f"{advice}, then try again.")
        raise CatalogError("forbidden" if refused else "storage", " ".join(filter(None, sentences))) from err


def make_private_folder(folder: Path) -> None:
    """Create a folder and its parents, readable only by the user; an existing folder of the user is made private."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    tighten(folder)


def keep_private(folder: Path, known: Collection[str]) -> None:
    """Create a private folder, or check an existing one, which may contain files that others should see.

    Args:
        folder: the folder.
        known: prefixes of the names of files that we put there, ignoring leading dots. If it contains nothing else, it
        is made private.
    """
    if not folder.is_dir():
        make_private_folder(folder)
    elif all(path.name.lstrip(".").startswith(tuple(known)) for path in folder.iterdir()):
        tighten(folder)


def is_open_to_others(folder: Path) -> bool:
    """Whether other users can list a folder; False if it cannot be checked."""
    try:
        return bool(folder.stat().st_mode & _OTHERS)
    except OSError:
        return False


def tighten(folder: Path) -> None:
    """Make the user's own folder private."""
    status = folder.stat()
    if status.st_uid == os.geteuid() and status.st_mode & _OTHERS:
        folder.chmod(stat.S_IMODE(status.st_mode) & ~_OTHERS)


def write_private(path: Path, content: bytes) -> None:
    """Create or replace a file of mode 0600 atomically: after a crash it has the old or the new content."""
    with _prepared(path, content) as temporary:
        temporary.replace(path)


def create_private(path: Path, content: bytes) -> bool:
    """Create a file of mode 0600; do nothing and return False if it exists.

    If several try, one succeeds, and nobody sees a partially written file.
    """
    with _prepared(path, content) as temporary:
        try:
            os.link(temporary, path)
        except FileExistsError:
            return False
        return True


@contextmanager
def _prepared(path: Path, content: bytes) -> Iterator[Path]:
    """A file with the content, synced to disk, next to its destination; removed afterwards."""
    temporary = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}")
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


def write_new(path: Path, pieces: Iterable[str], *, replace: bool = False) -> None:
    """Write a text atomically, as UTF-8: a crash, or an error in ``pieces``, leaves nothing or the previous file.

    Args:
        path: the file.
        pieces: its text. Not iterated if the file cannot be created.
        replace: whether to replace an existing file.

    Raises:
        CatalogError: ``conflict`` if the file exists or is not a regular file; ``not_found`` if the folder does not
        exist; ``forbidden`` or ``storage`` if it cannot be written.
    """
    _require_place(path, replace=replace)
    temporary = path.with_name(f".{path.name[:100]}.{uuid.uuid4().hex[:8]}")
    try:
        with storage_errors(f"write '{path}'", "Nothing was written."):
            # Lone surrogates, which JSON can contain and UTF-8 cannot, are written as escapes.
            with temporary.open("x", encoding="utf-8", errors="backslashreplace", newline="") as stream:
                stream.writelines(pieces)
                stream.flush()
                os.fsync(stream.fileno())
            if replace:
                temporary.replace(path)
            else:
                os.link(temporary, path)
    except CatalogError as err:
        if isinstance(err.__cause__, FileExistsError):
            raise _taken(path) from err
        raise
    finally:
        temporary.unlink(missing_ok=True)


def _require_place(path: Path, *, replace: bool) -> None:
    with storage_errors(f"write '{path}'"):
        if not path.parent.is_dir():
            raise CatalogError("not_found", f"There is no folder '{path.parent}'. Nothing was written: create it.")
        if path.exists() and not path.is_file():
            raise CatalogError("conflict", f"'{path}' is not a file. Nothing was written: choose another name.")
        if not replace and os.path.lexists(path):
            raise _taken(path)


def _taken(path: Path) -> CatalogError:
    detail = f"'{path}' already exists and was left unchanged. Choose another name, or replace it with --force."
    return CatalogError("conflict", detail)
