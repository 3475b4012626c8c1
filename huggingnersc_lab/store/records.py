"""Reads a catalog's root folder: one folder for each dataset, and a hidden one for each unfinished publication."""

from __future__ import annotations

import errno
import os
import re
import stat
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hints import Hint
from huggingnersc_lab.store import tree
from huggingnersc_lab.store.durable import storage_error, storage_errors
from huggingnersc_lab.store.entry import (
    RECORD_FILE,
    BrokenEntry,
    StoredEntry,
    StoredRecord,
    damaged,
    etag_of,
    read_record,
)
from huggingnersc_lab.store.names import LONGEST_NAME, is_name
from huggingnersc_lab.store.staged import Staged
from huggingnersc_lab.store.swap import ASIDE, staging_name

_SURELY_SHORT = LONGEST_NAME // 4
"""Maximum number of bytes of a character in UTF-8."""

_RACY_NANOSECONDS = 2 * 10**9
"""A folder changed this recently may change again without a visible change of its time."""


class Reader(Protocol):
    """Accesses the file system: the functions of :mod:`huggingnersc_lab.store.tree`, here or in another process."""

    def list_root(self, root: str) -> tuple[dict[str, int], dict[str, str]]:
        """See :func:`huggingnersc_lab.store.tree.list_root`."""

    def read_files(self, root: str, parts: Sequence[str], names: Sequence[str]) -> dict[str, bytes] | None:
        """See :func:`huggingnersc_lab.store.tree.read_files`."""

    def read_folder(self, root: str, parts: Sequence[str]) -> tuple[dict[str, bytes], dict[str, str]] | None:
        """See :func:`huggingnersc_lab.store.tree.read_folder`."""


class Records:
    """The catalog's root folder, read-only.

    Args:
        root: the folder.
        reader: accesses the file system.
    """

    def __init__(self, root: Path, reader: Reader = tree) -> None:
        self.root = root
        self._reader = reader

    def entries(self) -> Iterator[StoredRecord | BrokenEntry]:
        """All entries, ordered by name; a broken one does not hide the others.

        Raises:
            CatalogError: ``not_found`` if the root does not exist, ``forbidden`` if it cannot be listed.
        """
        folders, _, broken = self.inodes()
        for name in sorted({*folders, *broken}):
            if name in broken:
                yield BrokenEntry(self.root / name, damaged(name, broken[name]).detail)
                continue
            try:
                yield self.read(name)
            except CatalogError as err:
                if err.code != "not_found":
                    yield BrokenEntry(self.root / name, err.detail)
                elif self.exists(name):  # otherwise it has just been retired
                    yield BrokenEntry(self.root / name, damaged(name, f"there is no {RECORD_FILE} in it").detail)

    def names(self) -> list[str]:
        """Nicknames of all entries, including broken ones, sorted."""
        return self.listing()[0]

    def listing(self) -> tuple[list[str], list[str]]:
        """Nicknames of all entries, including broken ones, and of all unfinished publications; both sorted."""
        folders, unfinished, broken = self.inodes()
        return sorted({*folders, *broken}), unfinished

    def inodes(self) -> tuple[dict[str, int], list[str], dict[str, str]]:
        """The content of the root, at the cost of one listing.

        Returns:
            The inode of each entry's folder by nickname; all unfinished publications; and why other names cannot be
            entries. A folder that replaces another has a new inode. The inode is 0 if it is meaningless: while the
            entry is being exchanged, and on file systems that do not report it.
        """
        self.check_root()
        found, broken = self._list()
        hidden = [name for name in found if name[0] == "."]
        for name in hidden:
            del found[name]
        for name in [name for name in found if len(name) > _SURELY_SHORT and not is_name(name)]:
            del found[name]
            broken[name] = "its name is not a valid nickname"
        unfinished = sorted(filter(None, map(_staged_name, hidden)))
        for name in unfinished:
            if name not in found and self._is_aside(name):
                found[name] = 0
        return found, unfinished, {name: reason for name, reason in broken.items() if name not in found}

    def _list(self) -> tuple[dict[str, int], dict[str, str]]:
        try:
            return self._reader.list_root(str(self.root))
        except (OSError, tree.UnsafeError) as err:
            raise self._error(err, "list the catalog") from err

    def read(self, name: str) -> StoredRecord:
        """Read one entry.

        Raises:
            CatalogError: ``not_found``; ``invalid_record`` if it is damaged.
        """
        for parts in self._places(name):
            files = self._files(name, parts, (RECORD_FILE,))
            if files and RECORD_FILE in files:
                return read_record(files[RECORD_FILE], name, self.root.joinpath(*parts))
        raise self._no_dataset(name)

    def open(self, name: str) -> StoredEntry:
        """Read one entry with all its files, as of one moment.

        Raises:
            CatalogError: ``not_found``; ``invalid_record`` if it is damaged.
        """
        for parts in self._places(name):
            try:
                found = self._reader.read_folder(str(self.root), parts)
            except (OSError, tree.UnsafeError) as err:
                raise self._error(err, f"read '{name}'", name) from err
            if found is None:
                continue
            files, unreadable = found
            if RECORD_FILE in unreadable:
                raise damaged(name, unreadable[RECORD_FILE])
            if RECORD_FILE in files:
                stored = read_record(files[RECORD_FILE], name, self.root.joinpath(*parts))
                return StoredEntry(**vars(stored), files=files, damaged=unreadable)
        raise self._no_dataset(name)

    def _places(self, name: str) -> Iterator[tuple[str, ...]]:
        """Where an entry may be: during an update by three renames, none is in the final place for a moment."""
        if is_name(name):
            yield from ((name,), _aside(name), (name,))

    def _files(self, name: str, parts: Sequence[str], names: Sequence[str]) -> dict[str, bytes] | None:
        try:
            return self._reader.read_files(str(self.root), parts, names)
        except (OSError, tree.UnsafeError) as err:
            raise self._error(err, f"read '{name}'", name) from err

    def _error(self, err: OSError | tree.UnsafeError, action: str, name: str = "") -> CatalogError:
        """Convert an error of reading; unsafe content makes an entry a damaged one."""
        if isinstance(err, OSError):
            return storage_error(err, action)
        return damaged(name, str(err)) if name else CatalogError("storage", f"Could not {action} '{self.root}': {err}.")

    def _is_aside(self, name: str) -> bool:
        """Whether an entry is being exchanged; unknown for somebody else's private folder."""
        try:
            return self._reader.read_files(str(self.root), _aside(name), ()) is not None
        except (OSError, tree.UnsafeError):
            return False

    def _no_dataset(self, name: str) -> CatalogError:
        detail = f"There is no dataset '{name[:96]}' in {self.root}."
        return CatalogError("not_found", detail, hints=[Hint("list_datasets")])

    def read_file(self, name: str, file_name: str) -> bytes | None:
        """A file of an entry; None if it does not exist. Raises ``invalid_record`` if it is not a regular file."""
        if not is_name(name):
            return None
        return (self._files(name, (name,), (file_name,)) or {}).get(file_name)

    def etag(self, name: str) -> str | None:
        """The current :attr:`StoredRecord.etag`; empty for a folder without a record, None if there is none."""
        if not is_name(name):
            return None
        files = self._files(name, (name,), (RECORD_FILE,))
        return None if files is None else etag_of(files[RECORD_FILE]) if RECORD_FILE in files else ""

    def exists(self, name: str) -> bool:
        """Whether the catalog has an entry of that name, even a broken one."""
        if not is_name(name):
            return False
        try:
            return self._files(name, (name,), ()) is not None
        except CatalogError as err:
            if err.code == "storage":
                raise
            return True  # it exists but cannot be opened

    def check_root(self) -> None:
        """Raise ``not_found`` if the catalog's root does not exist."""
        with storage_errors("access the catalog's folder"):
            try:
                is_folder, is_there = stat.S_ISDIR(self.root.stat().st_mode), True
            except OSError as err:
                if err.errno not in (errno.ENOENT, errno.ENOTDIR, errno.ELOOP):
                    raise
                is_folder = is_there = False
        if not is_folder:
            problem = "is not a folder" if is_there else "does not exist"
            raise CatalogError(
                "not_found",
                f"The catalog's folder '{self.root}' {problem}. Nothing was created.",
                hints=[Hint("choose_catalog")],
            )

    def staging(self, name: str) -> Staged | None:
        """The unfinished publication of that name, if there is one; see :meth:`Staged.read`."""
        return Staged.read(self.root, name) if is_name(name) else None

    def has_staging(self, name: str) -> bool:
        """Whether there is an unfinished publication of that name, in any state and by any user."""
        return is_name(name) and os.path.lexists(self.root / staging_name(name))

    def unfinished(self) -> list[str]:
        """Nicknames with an unfinished publication, sorted."""
        return self.listing()[1]

    def root_stamp(self) -> tuple[int, int] | None:
        """Changes whenever an entry is added, removed or replaced; None if that cannot be determined yet."""
        with storage_errors("access the catalog's folder"):
            changed, inode = tree.root_stamp(str(self.root))
        return None if time.time_ns() - changed < _RACY_NANOSECONDS else (changed, inode)

    def stamp(self, name: str) -> tuple[int, int, int, int]:
        """Changes whenever an entry's record is replaced, written or gets other permissions; starts with the time.

        Raises:
            OSError: it cannot be checked.
        """
        return tree.file_stamp(str(self.root), name, RECORD_FILE)


def _aside(name: str) -> tuple[str, ...]:
    return staging_name(name), ASIDE


def _staged_name(file_name: str) -> str | None:
    """The nickname whose staging this folder is."""
    match = re.fullmatch(r"\.(.+)\.staging", file_name)
    return match[1] if match and is_name(match[1]) else None
