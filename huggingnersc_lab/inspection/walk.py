"""Counts everything below a folder: file names and states only, no file is opened, no link followed."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.inspection.links import link_kind
from huggingnersc_lab.inspection.names import pattern_of
from huggingnersc_lab.inspection.problem import Problem, problem_of
from huggingnersc_lab.inspection.tally import Group, Tally
from huggingnersc_lab.regular import kind_of

OnProgress = Callable[[Tally], None]

STORE_MARKS: Mapping[str, str] = {"zarr.json": "zarr", ".zgroup": "zarr", ".zarray": "zarr"}
"""By the name of a file, the format of the folder that has it: all below is one dataset."""

_ENTRIES_BETWEEN_CHECKS = 2000
_MOST_PATTERNS = 10_000
_MOST_LINKS = 10_000
_KIND = 0o170000
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


def real_root(root: str | os.PathLike[str]) -> str:
    """The path of existing data without symbolic links; raises ``not_found`` or ``forbidden``."""
    try:
        real = os.path.realpath(root, strict=True)
        status = os.lstat(real)
        if not (stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)):
            raise CatalogError("not_found", f"'{root}' is {kind_of(status.st_mode)}, not data. Nothing was read.")
        if stat.S_ISDIR(status.st_mode):
            os.close(os.open(real, _FOLDER))
    except PermissionError as err:
        raise CatalogError("forbidden", f"You have no right to read '{root}'. Nothing was read.") from err
    except (OSError, ValueError) as err:
        reason = err.strerror if isinstance(err, OSError) else str(err)
        raise CatalogError("not_found", f"There is no data at '{root}': {reason}. Nothing was read.") from err
    return real


def walk(
    root: str | os.PathLike[str],
    *,
    seconds: float = float("inf"),
    on_progress: OnProgress = lambda _: None,
    clock: Callable[[], float] = time.monotonic,
) -> Tally:
    """Count the files of a folder, or the one file that ``root`` is.

    Args:
        root: absolute path of the data; it can be a symbolic link itself.
        seconds: after this time, the walk stops, and the tally says so.
        on_progress: called with the tally so far, every few thousand entries; it may raise to cancel the walk.
        clock: the time in seconds.

    Raises:
        CatalogError: ``not_found`` or ``forbidden`` if there is no data to read.
    """
    real = real_root(root)
    walker = _Walker(real, clock() + seconds, on_progress, clock)
    if os.path.isdir(real):  # noqa: PTH112 - a path may hold any bytes
        walker.walk()
    else:
        walker.one()
    return walker.tally


@dataclass(frozen=True)
class _Folder:
    path: str
    depth: int
    store: str | None


class _OutOfTimeError(Exception):
    """The time is up."""


class _Walker:
    def __init__(self, root: str, end: float, on_progress: OnProgress, clock: Callable[[], float]) -> None:
        self.tally = Tally()
        self._root = root
        self._end = end
        self._on_progress = on_progress
        self._clock = clock
        self._unchecked = 0
        self._links = 0

    def one(self) -> None:
        status = os.lstat(self._root)
        name = os.path.basename(self._root)  # noqa: PTH119 - a path may hold any bytes
        group = Group()
        group.add(name, status.st_size)
        self.tally.see(status.st_mtime)
        self.tally.add_groups("", {pattern_of(name): group}, None)

    def walk(self) -> None:
        """Depth first, so that only the siblings of the folders on one path are in memory."""
        pending: list[Iterator[_Folder]] = [iter([_Folder("", 0, None)])]
        try:
            while pending:
                folder = next(pending[-1], None)
                if folder is None:
                    pending.pop()
                else:
                    pending.append(iter(self._list(folder)))
                    self._check()
        except _OutOfTimeError:
            self.tally.stopped = "time"
        self._on_progress(self.tally)

    def _check(self, entries: int = _ENTRIES_BETWEEN_CHECKS // 100) -> None:
        self._unchecked += entries
        if self._unchecked < _ENTRIES_BETWEEN_CHECKS:
            return
        self._unchecked = 0
        self._on_progress(self.tally)
        if self._clock() > self._end:
            raise _OutOfTimeError

    def _list(self, folder: _Folder) -> list[_Folder]:
        """Count the files of a folder; its folders are returned."""
        path = folder.path
        try:
            descriptor = os.open(
                f"{self._root}/{path}"[:-1] if path else self._root, _FOLDER
            )  # a slash would follow a link
        except OSError as err:
            self.tally.add_problem(problem_of(path, err))
            return []
        if path:
            self.tally.folders += 1
        self.tally.depth = max(self.tally.depth, folder.depth)
        try:
            with os.scandir(descriptor) as entries:
                names, store = self._count(folder, entries)
        except OSError as err:  # the folder was removed, or its file system failed
            self.tally.add_problem(problem_of(path, err))
            return []
        finally:
            os.close(descriptor)
        return [_Folder(f"{path}{name}/", folder.depth + 1, store) for name in names]

    def _count(self, folder: _Folder, entries: Iterator[os.DirEntry[str]]) -> tuple[list[str], str | None]:
        groups: dict[tuple[str, str], Group] = {}
        folders: list[str] = []
        store = folder.store
        newest = float("-inf")
        for number, entry in enumerate(entries, 1):
            name = entry.name
            try:
                status = entry.stat(follow_symlinks=False)
            except OSError as err:
                self.tally.add_problem(problem_of(folder.path + name, err))
                continue
            kind = status.st_mode & _KIND
            if kind == stat.S_IFREG:
                key = pattern_of(name)
                if key not in groups:
                    groups[key] = Group()
                    store = store or self._store(folder, name)
                groups[key].add(name, status.st_size)
                newest = max(newest, status.st_mtime)
            elif kind == stat.S_IFDIR:
                folders.append(name)
            else:
                self._add_odd(folder.path + name, kind)
            if number % _ENTRIES_BETWEEN_CHECKS == 0:
                if len(groups) > _MOST_PATTERNS:
                    self.tally.add_groups(folder.path, groups, store)
                    groups = {}
                self._check(_ENTRIES_BETWEEN_CHECKS)
        self.tally.see(newest)
        self.tally.add_groups(folder.path, groups, store)
        return folders, store

    def _store(self, folder: _Folder, name: str) -> str | None:
        """The format of the store that begins with this file, if one does."""
        store = STORE_MARKS.get(name)
        if store is not None:
            self.tally.add_store(folder.path, store)
        return store

    def _add_odd(self, path: str, kind: int) -> None:
        if kind != stat.S_IFLNK:
            self.tally.add_problem(Problem(path, "special", f"It is {kind_of(kind)}."))
            return
        self._links += 1
        # Resolving a link takes several system calls, and each may go to another, slower file system.
        known = self._links <= _MOST_LINKS
        self.tally.links[link_kind(self._root, f"{self._root}/{path}") if known else "unchecked"] += 1
