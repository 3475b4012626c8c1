"""The catalog's root folder: one folder for each dataset, and a hidden one for each unfinished publication."""

from __future__ import annotations

import errno
import grp
import os
import re
import stat
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hints import Hint
from huggingnersc_lab.store import tree
from huggingnersc_lab.store.durable import Rights, discard, remove_folder, storage_errors, sync_folder
from huggingnersc_lab.store.entry import (
    RECORD_FILE,
    BrokenEntry,
    StoredEntry,
    StoredRecord,
    damaged,
    etag_of,
    is_name,
    read_record,
)
from huggingnersc_lab.store.prepare import is_abandoned, make_unclaimed, unclaimed, write_entry
from huggingnersc_lab.store.staging import Staging
from huggingnersc_lab.store.swap import ASIDE, staging_name


class Reader(Protocol):
    """What asks the file system: the functions of :mod:`huggingnersc_lab.store.tree`, here or in another process."""

    def list_root(self, root: str) -> tuple[dict[str, int], dict[str, str]]:
        """See :func:`huggingnersc_lab.store.tree.list_root`."""

    def read_files(self, root: str, parts: Sequence[str], names: Sequence[str]) -> dict[str, bytes] | None:
        """See :func:`huggingnersc_lab.store.tree.read_files`."""

    def read_folder(self, root: str, parts: Sequence[str]) -> tuple[dict[str, bytes], dict[str, str]] | None:
        """See :func:`huggingnersc_lab.store.tree.read_folder`."""


class Store:
    """The catalog's root folder.

    Args:
        root: the folder; it has to exist when something is written.
        directory_mode: permission bits of an entry's folder.
        file_mode: permission bits of its files.
        group: Unix group that is to own them; the root's own when None, if you are in it.
        reader: what asks the file system.
    """

    def __init__(
        self, root: Path, directory_mode: int, file_mode: int, group: str | None = None, reader: Reader = tree
    ) -> None:
        self.root = root
        self._modes = (directory_mode, file_mode)
        self._group = group
        self._reader = reader

    def entries(self) -> Iterator[StoredRecord | BrokenEntry]:
        """Every entry in the order of its name; a broken one does not hide the others.

        Raises:
            CatalogError: ``not_found`` when the root is not there, ``forbidden`` when it cannot be listed.
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
                elif self.exists(name):  # else it was retired just now
                    yield BrokenEntry(self.root / name, damaged(name, f"there is no {RECORD_FILE} in it").detail)

    def names(self) -> list[str]:
        """Nicknames of all entries, sorted, broken ones among them."""
        return self.listing()[0]

    def listing(self) -> tuple[list[str], list[str]]:
        """Nicknames of all entries, broken ones among them, and of all unfinished publications; both sorted."""
        folders, unfinished, broken = self.inodes()
        return sorted({*folders, *broken}), unfinished

    def inodes(self) -> tuple[dict[str, int], list[str], dict[str, str]]:
        """What the root holds, at the price of a listing.

        Returns:
            By nickname the inode of each entry's folder; all unfinished publications; and by name why something else
            there cannot be an entry. A folder that takes the place of another one has an inode of its own. It is 0
            where it says nothing: while the entry is being exchanged, and on a file system that does not tell it.
        """
        self.check_root()
        with self._reading("list the catalog"):
            found, broken = self._reader.list_root(str(self.root))
        folders = {name: inode for name, inode in found.items() if not name.startswith(".")}
        for name in [name for name in folders if not is_name(name)]:
            del folders[name]
            broken[name] = "its name cannot be that of a dataset"
        unfinished = sorted(filter(None, map(_staged_name, found)))
        for name in unfinished:
            if name not in folders and self._is_aside(name):
                folders[name] = 0
        return folders, unfinished, broken

    def read(self, name: str) -> StoredRecord:
        """One entry.

        Raises:
            CatalogError: ``not_found``; ``invalid_record`` for a damaged one.
        """
        for parts in self._places(name):
            files = self._files(name, parts, (RECORD_FILE,))
            if files and RECORD_FILE in files:
                return read_record(files[RECORD_FILE], name, self.root.joinpath(*parts))
        raise self._no_dataset(name)

    def open(self, name: str) -> StoredEntry:
        """One entry with all its files, as they were at one moment.

        Raises:
            CatalogError: ``not_found``; ``invalid_record`` for a damaged one.
        """
        for parts in self._places(name):
            with self._reading(f"read '{name}'", name):
                found = self._reader.read_folder(str(self.root), parts)
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
        """Where an entry may be: an update by three renames leaves none in the final place for a moment."""
        if is_name(name):
            yield from ((name,), _aside(name), (name,))

    def _files(self, name: str, parts: Sequence[str], names: Sequence[str]) -> dict[str, bytes] | None:
        with self._reading(f"read '{name}'", name):
            return self._reader.read_files(str(self.root), parts, names)

    @contextmanager
    def _reading(self, action: str, name: str = "") -> Iterator[None]:
        """Errors of reading in our words; what is not safe to read makes the entry a damaged one."""
        try:
            with storage_errors(action):
                yield
        except tree.UnsafeError as err:
            if name:
                raise damaged(name, str(err)) from err
            raise CatalogError("storage", f"Could not {action} '{self.root}': {err}.") from err

    def _is_aside(self, name: str) -> bool:
        """Whether an entry is being exchanged just now; somebody else's private folder does not tell."""
        try:
            return self._reader.read_files(str(self.root), _aside(name), ()) is not None
        except (OSError, tree.UnsafeError):
            return False

    def _no_dataset(self, name: str) -> CatalogError:
        detail = f"There is no dataset '{name[:96]}' in {self.root}."
        return CatalogError("not_found", detail, hints=[Hint("list_datasets")])

    def read_file(self, name: str, file_name: str) -> bytes | None:
        """A file of an entry; None when it is not there. Raises ``invalid_record`` for what is no plain file."""
        if not is_name(name):
            return None
        return (self._files(name, (name,), (file_name,)) or {}).get(file_name)

    def etag(self, name: str) -> str | None:
        """What :attr:`StoredRecord.etag` is now; empty for a folder without a record, None where there is none."""
        if not is_name(name):
            return None
        files = self._files(name, (name,), (RECORD_FILE,))
        return None if files is None else etag_of(files[RECORD_FILE]) if RECORD_FILE in files else ""

    def exists(self, name: str) -> bool:
        """Whether the catalog has an entry of that name, be it broken."""
        if not is_name(name):
            return False
        try:
            return self._files(name, (name,), ()) is not None
        except CatalogError as err:
            if err.code == "storage":
                raise
            return True  # it is there, and cannot be opened

    def check_root(self) -> None:
        """Raise ``not_found`` when the catalog's root is not there."""
        with storage_errors("look at the catalog's folder"):
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
                f"The catalog's folder '{self.root}' {problem}. Nothing was made.",
                hints=[Hint("choose_catalog")],
            )

    def check_writable(self) -> None:
        """Raise ``not_found`` or ``forbidden`` when nothing can be written to the catalog."""
        self.check_root()
        if not os.access(self.root, os.W_OK | os.X_OK):
            raise CatalogError(
                "forbidden",
                f"You may not write to the catalog '{self.root}'. Nothing was made.",
                hints=[Hint("ask_curator")],
            )

    def stage(self, name: str, files: Mapping[str, bytes], plan: Mapping[str, Any]) -> Staging:
        """Claim ``name`` with its files and the plan; see :meth:`Staging.claim`."""
        self.check_writable()
        self.sweep(name)
        return Staging.claim(self.root, name, files, plan, self._rights())

    def add(self, name: str, files: Mapping[str, bytes]) -> None:
        """Put in an entry that nothing outside the catalog belongs to, by one rename.

        Raises:
            CatalogError: ``conflict`` when the name is taken.
        """
        self.check_writable()
        self.sweep(name)
        taken = f"'{name}' is in the catalog already, or being published. Nothing was changed."
        if os.path.lexists(self.root / staging_name(name)):
            raise CatalogError("conflict", taken)
        final, rights = self.root / name, self._rights()
        fresh = unclaimed(self.root, name)
        try:
            with storage_errors(f"put '{name}' into the catalog"):
                make_unclaimed(fresh)
                write_entry(fresh / "files", files, rights)
                try:
                    (fresh / "files").rename(final)
                except OSError as err:
                    if err.errno not in (errno.ENOTEMPTY, errno.EEXIST, errno.ENOTDIR):
                        raise
                    raise CatalogError("conflict", taken) from err
                sync_folder(self.root)
        finally:
            remove_folder(fresh)

    def _rights(self) -> Rights:
        if self._group is None:
            group = self.root.stat().st_gid
            mine = os.geteuid() == 0 or group in (os.getegid(), *os.getgroups())
            return Rights(*self._modes, group if mine else None)
        try:
            group = grp.getgrnam(self._group).gr_gid
        except KeyError as err:
            detail = f"The catalog's files should belong to the group '{self._group}', which is not known here."
            raise CatalogError("forbidden", f"{detail} Nothing was made. Tell its curator.") from err
        if os.geteuid() != 0 and group not in (os.getegid(), *os.getgroups()):
            detail = f"The catalog's files should belong to the group '{self._group}', which you are not in."
            raise CatalogError("forbidden", f"{detail} Nothing was made. Ask its curator to add you.")
        return Rights(*self._modes, group)

    def staging(self, name: str) -> Staging | None:
        """The unfinished publication of that name, if there is one; see :meth:`Staging.read`."""
        return Staging.read(self.root, name, self._rights) if is_name(name) else None

    def has_staging(self, name: str) -> bool:
        """Whether there is an unfinished publication of that name, whoever's and in whatever state."""
        return is_name(name) and os.path.lexists(self.root / staging_name(name))

    def unfinished(self) -> list[str]:
        """Nicknames with an unfinished publication, sorted."""
        return self.listing()[1]

    def remove(self, name: str) -> None:
        """Remove an entry; it vanishes as a whole."""
        with storage_errors(f"remove '{name}' from the catalog"):
            remove_folder(self.root / name)

    def sweep(self, name: str) -> None:
        """Remove what killed processes left before their claim on ``name`` or after their end."""
        gone = re.compile(rf"\.{re.escape(name)}(\.[^/]*)?\.[0-9a-f]{{8}}\.gone")
        new = re.compile(rf"\.{re.escape(name)}\.[0-9a-f]{{8}}\.new")
        with self._reading(f"clean up after '{name}'"):
            for found in self._reader.list_root(str(self.root))[0]:
                if gone.fullmatch(found) or (new.fullmatch(found) and is_abandoned(self.root, found)):
                    discard(self.root / found)


def _aside(name: str) -> tuple[str, ...]:
    return staging_name(name), ASIDE


def _staged_name(file_name: str) -> str | None:
    """The nickname that a folder is the staging of."""
    match = re.fullmatch(r"\.(.+)\.staging", file_name)
    return match[1] if match and is_name(match[1]) else None
