"""A person's own files: private, written in one step, and errors that say what was being done."""

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
    """Where this user's ``drafts`` and ``jobs`` are kept."""
    from platformdirs import user_data_path

    return user_data_path("huggingnersc") / name


@contextmanager
def storage_errors(action: str, kept: str = "") -> Iterator[None]:
    """Turn an ``OSError`` within into ``forbidden`` where the system refuses, and into ``storage`` else.

    Args:
        action: what was being done, "save the draft".
        kept: a sentence on what is kept all the same.
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
    """Make a folder, and those above it, that only its owner can look into; one's own that is there becomes so."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    tighten(folder)


def keep_private(folder: Path, known: Collection[str]) -> None:
    """Make a private folder, or see to one that a person may have named: it may hold what others are to see.

    Args:
        folder: the folder.
        known: beginnings of the names of what is put into it here, dots before them aside. Where nothing else is in
            it, it becomes private.
    """
    if not folder.is_dir():
        make_private_folder(folder)
    elif all(path.name.lstrip(".").startswith(tuple(known)) for path in folder.iterdir()):
        tighten(folder)


def is_open_to_others(folder: Path) -> bool:
    """Whether anybody but its owner can look into a folder; False where it cannot be seen."""
    try:
        return bool(folder.stat().st_mode & _OTHERS)
    except OSError:
        return False


def tighten(folder: Path) -> None:
    """Let nobody else look into one's own folder."""
    status = folder.stat()
    if status.st_uid == os.geteuid() and status.st_mode & _OTHERS:
        folder.chmod(stat.S_IMODE(status.st_mode) & ~_OTHERS)


def write_private(path: Path, content: bytes) -> None:
    """Create or replace a file of mode 0600 in one step: a crash leaves the former content or the new one."""
    with _prepared(path, content) as temporary:
        temporary.replace(path)


def create_private(path: Path, content: bytes) -> bool:
    """Create a file of mode 0600; False, and nothing done, when there is one.

    Of several that try one succeeds, and nobody sees a file that is half written.
    """
    with _prepared(path, content) as temporary:
        try:
            os.link(temporary, path)
        except FileExistsError:
            return False
        return True


@contextmanager
def _prepared(path: Path, content: bytes) -> Iterator[Path]:
    """A file with that content, on the disk, beside the path it is meant for; nothing is left of it afterwards."""
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
    """Write a text in one step, as UTF-8: a crash, or an error of ``pieces``, leaves nothing or the former file.

    Args:
        path: the file.
        pieces: its text. Nothing of it is asked for where the file cannot be made.
        replace: whether a file that is there is replaced.

    Raises:
        CatalogError: ``conflict`` for a file that is there already, or for what is no file; ``not_found`` when the
            folder is not there; ``forbidden`` or ``storage`` when it cannot be written.
    """
    _require_place(path, replace=replace)
    temporary = path.with_name(f".{path.name[:100]}.{uuid.uuid4().hex[:8]}")
    try:
        with storage_errors(f"write '{path}'", "Nothing was kept of it."):
            # Half a character, which JSON can hold and UTF-8 cannot, is written as its escape.
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
            raise CatalogError("not_found", f"There is no folder '{path.parent}'. Nothing was written: make it first.")
        if path.exists() and not path.is_file():
            raise CatalogError("conflict", f"'{path}' is no file. Nothing was written: choose another name.")
        if not replace and os.path.lexists(path):
            raise _taken(path)


def _taken(path: Path) -> CatalogError:
    detail = f"'{path}' is there already, and was left as it is. Choose another name, or replace it with --force."
    return CatalogError("conflict", detail)
