"""What of a data folder goes into an archive, in one fixed order, and what cannot."""

from __future__ import annotations

import errno
import os
import stat
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.regular import kind_of


@dataclass(frozen=True)
class Member:
    """A file or an empty folder.

    Attributes:
        path: relative to the data's folder, parts joined by ``/``; bytes that are no UTF-8 as lone surrogates.
        size: bytes; None for a folder.
        mtime_ns: time of its last change, nanoseconds since 1970.
        is_link: whether a symbolic link stands for it.
        inode: device and number of the file, so that no other is read in its place.
    """

    path: str
    size: int | None
    mtime_ns: int = 0
    inode: tuple[int, int] = (0, 0)
    is_link: bool = False


@dataclass(frozen=True)
class Left:
    """A file or folder that is left out.

    Attributes:
        path: as a member's.
        reason: why, a part of a sentence: "you have no right to read it".
    """

    path: str
    reason: str

    def __str__(self) -> str:
        return f"{shown(self.path)}: {self.reason}"


@dataclass(frozen=True)
class Survey:
    """All of a data folder, or of data that is one file.

    Attributes:
        base: the folder that the members' paths are relative to.
        members: files and empty folders, sorted by the bytes of their paths.
        left: what cannot be read.
    """

    base: str
    members: Sequence[Member]
    left: Sequence[Left]

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(member.size or 0 for member in self.members)


def survey(root: str | os.PathLike[str]) -> Survey:
    """Look at every name of a data folder; nothing is read.

    A symbolic link to a file inside of the folder counts as that file. Links to folders, and those that lead outside or
    nowhere, are left out, so that no loop and nothing of somebody else's comes in.

    Raises:
        CatalogError: ``not_found`` or ``forbidden`` if there is no data to be read.
    """
    try:
        real = os.path.realpath(root, strict=True)
        if stat.S_ISREG(Path(real).stat().st_mode):
            base, only = os.path.split(real)
            found = [_look(base, only)]
        else:
            base = real
            found = list(_walk(base))
    except PermissionError as err:
        detail = f"You have no right to read '{root}'. Nothing was made: ask its owner."
        raise CatalogError("forbidden", detail) from err
    except (OSError, ValueError) as err:
        reason = (isinstance(err, OSError) and err.strerror) or str(err)
        raise CatalogError("not_found", f"The data cannot be found at '{root}': {reason}. Nothing was made.") from err
    members = [one for one in found if isinstance(one, Member)]
    members.sort(key=lambda member: os.fsencode(member.path))
    return Survey(base, members, sorted((one for one in found if isinstance(one, Left)), key=lambda one: one.path))


def clashes(paths: Iterable[str]) -> list[tuple[str, ...]]:
    """Paths that are the same on systems that do not tell capital letters apart, Windows and macOS."""
    alike: dict[str, list[str]] = defaultdict(list)
    for path in paths:
        alike[path.casefold()].append(path)
    return [tuple(same) for same in alike.values() if len(same) > 1]


def shown(path: str) -> str:
    r"""A path on one line, for people: control characters and what is no UTF-8 as escapes.

    >>> shown("a\nb")
    'a\\nb'
    """
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in path)


def _walk(base: str) -> Iterator[Member | Left]:
    """Everything below a folder; raises for the folder itself."""
    pending = [""]
    while pending:
        folder = pending.pop()
        try:
            with os.scandir(f"{base}/{folder}") as entries:
                names = sorted((entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries)
        except OSError as err:
            if not folder:
                raise
            yield Left(folder, _reason(err))
            continue
        if not names and folder:
            yield Member(folder, None)
        for name, is_folder in names:
            path = f"{folder}/{name}" if folder else name
            if is_folder:
                pending.append(path)
            else:
                yield _look(base, path)


def _look(base: str, path: str) -> Member | Left:
    whole = f"{base}/{path}"
    try:
        status = os.lstat(whole)
        is_link = stat.S_ISLNK(status.st_mode)
        if is_link:
            followed = _follow(base, whole)
            if isinstance(followed, str):
                return Left(path, followed)
            status = followed
        if not stat.S_ISREG(status.st_mode):
            return Left(path, f"it is {kind_of(status.st_mode)}")
        if not os.access(whole, os.R_OK):
            return Left(path, "you have no right to read it")
    except OSError as err:
        return Left(path, _reason(err))
    return Member(path, status.st_size, status.st_mtime_ns, (status.st_dev, status.st_ino), is_link)


def _follow(base: str, link: str) -> os.stat_result | str:
    """The state of what a link leads to, or why it is not followed."""
    try:
        real = os.path.realpath(link, strict=True)
    except OSError as err:
        return "it is a link in a circle" if err.errno == errno.ELOOP else "it is a dead link"
    if not real.startswith(base.rstrip("/") + "/"):
        return "it is a link that leads out of the data"
    status = os.lstat(real)
    return "it is a link to a folder" if stat.S_ISDIR(status.st_mode) else status


def _reason(err: OSError) -> str:
    if err.errno in (errno.EACCES, errno.EPERM):
        return "you have no right to read it"
    return f"it cannot be read ({err.strerror or err})"
