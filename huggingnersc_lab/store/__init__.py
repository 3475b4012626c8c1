"""Records on disk: one folder for each dataset in the catalog's root.

A folder holds ``record.json``, the card ``README.md``, the loader notebook, the loader and the batch script. Folders
whose names start with a dot are unfinished work and no entries.
"""

from __future__ import annotations

import errno
import grp
import hashlib
import json
import os
import re
import shutil
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.record.migrations import migrate, newer
from huggingnersc_lab.record.model import DatasetRecord
from huggingnersc_lab.store.files import Rights, remove_folder, storage_errors, sync_folder
from huggingnersc_lab.store.staging import Staging, is_abandoned, make_unclaimed, unclaimed, write_entry
from huggingnersc_lab.store.swapping import aside

RECORD_FILE = "record.json"
_LONGEST_NAME = 200
"""Bytes of the longest nickname that a folder, and a hidden one beside it, can have."""
MAX_RECORD_BYTES = 4 * 1024 * 1024
"""A larger ``record.json`` is no record."""


@dataclass(frozen=True)
class StoredRecord:
    """A record and where it stands.

    Attributes:
        record: the record.
        folder: its folder in the catalog.
        etag: changes with every change of the record.
        read_only: why it cannot be changed here: it was written for a newer version, of which only the members that
            are known here are in ``record``. None for any other.
    """

    record: DatasetRecord
    folder: Path
    etag: str
    read_only: str | None = None

    def require_changeable(self) -> None:
        """Raise ``conflict`` for one that cannot be changed here."""
        if self.read_only is not None:
            raise CatalogError("conflict", f"'{self.record.name}' was left as it is. {self.read_only}")


@dataclass(frozen=True)
class BrokenEntry:
    """A folder of the catalog that holds no record that can be read."""

    folder: Path
    reason: str


class Store:
    """The catalog's root folder.

    Args:
        root: the folder; it has to exist when something is written.
        directory_mode: permission bits of an entry's folder.
        file_mode: permission bits of its files.
        group: Unix group that is to own them; the root's own when None, if you are in it.
    """

    def __init__(self, root: Path, directory_mode: int, file_mode: int, group: str | None = None) -> None:
        self.root = root
        self._modes = (directory_mode, file_mode)
        self._group = group

    def entries(self) -> Iterator[StoredRecord | BrokenEntry]:
        """Every entry in the order of its name; a broken one does not hide the others.

        Raises:
            CatalogError: ``not_found`` when the root is not there, ``forbidden`` when it cannot be listed.
        """
        for name in self.names():
            try:
                yield self.read(name)
            except CatalogError as err:
                if err.code != "not_found":
                    yield BrokenEntry(self.root / name, err.detail)
                elif self.exists(name):  # else it was retired just now
                    yield BrokenEntry(self.root / name, f"There is no {RECORD_FILE} in it. Its curator can mend it.")

    def names(self) -> list[str]:
        """Nicknames of all entries, sorted, broken ones among them."""
        return self.listing()[0]

    def listing(self) -> tuple[list[str], list[str]]:
        """Nicknames of all entries, broken ones among them, and of all unfinished publications; both sorted."""
        found, unfinished = self.inodes()
        return sorted(found), unfinished

    def inodes(self) -> tuple[dict[str, int], list[str]]:
        """By nickname the inode of each entry's folder, at the price of a listing, and all unfinished publications.

        A folder that takes the place of another one has an inode of its own. It is 0 where it says nothing: while the
        entry is being exchanged, and on a file system that does not tell it.
        """
        self.check_root()
        with storage_errors("list the catalog"), os.scandir(self.root) as found:
            folders = {entry.name: entry.inode() for entry in found if entry.is_dir()}
        hidden = [name for name in folders if name.startswith(".")]
        unfinished = sorted(filter(None, map(_staged_name, hidden)))
        for name in hidden:
            del folders[name]
        folders |= {name: 0 for name in unfinished if aside(self._staging_folder(name)).is_dir()}
        return folders, unfinished

    def read(self, name: str) -> StoredRecord:
        """One entry.

        Raises:
            CatalogError: ``not_found``; ``invalid_record`` for a damaged one.
        """
        if not _is_name(name):
            raise self._no_dataset(name)
        # An update by three renames leaves no folder in the final place for a moment, or after a crash for longer.
        for is_exchanged in (False, True, False):
            folder = aside(self._staging_folder(name)) if is_exchanged else self.root / name
            content = self._read(folder / RECORD_FILE, name)
            if content is not None:
                break
        else:
            raise self._no_dataset(name)
        try:
            document = json.loads(content)
            if not isinstance(document, dict):
                raise TypeError("it is no JSON object")
            read_only = newer(document)
            record = DatasetRecord.from_dict(migrate(document) if read_only is None else document)
            _check_names(record, name)
        except (ValueError, TypeError, AttributeError, RecursionError) as err:
            detail = f"The record of '{name}' is damaged ({folder / RECORD_FILE}): {err}. Its curator can mend it."
            raise CatalogError("invalid_record", detail) from err
        return StoredRecord(record, folder, _etag(content), read_only)

    def _no_dataset(self, name: str) -> CatalogError:
        detail = f"There is no dataset '{name[:96]}' in {self.root}. 'huggingnersc list' shows what there is."
        return CatalogError("not_found", detail)

    def read_file(self, name: str, file_name: str) -> bytes | None:
        """A file of an entry; None when it is not there. Raises ``invalid_record`` for what is no plain file."""
        return self._read(self.root / name / file_name, name)

    def _read(self, path: Path, name: str) -> bytes | None:
        with storage_errors(f"read '{path.name}' of '{name}'"):
            try:
                # A FIFO in the place of a file must not hang the reader, and a link must not lead to a file of the
                # reader's own, which an update would publish.
                descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
            except (FileNotFoundError, NotADirectoryError):
                return None
            except OSError as err:
                if err.errno != errno.ELOOP:
                    raise
                detail = f"'{path}' is a symbolic link, and should be a plain file. Its curator can mend it."
                raise CatalogError("invalid_record", detail) from err
            with os.fdopen(descriptor, "rb") as stream:
                status = os.fstat(stream.fileno())
                if not stat.S_ISREG(status.st_mode) or status.st_size > MAX_RECORD_BYTES:
                    detail = f"'{path}' is no plain file of at most {MAX_RECORD_BYTES // 2**20} MiB."
                    raise CatalogError("invalid_record", detail)
                return stream.read()

    def etag(self, name: str) -> str | None:
        """What :attr:`StoredRecord.etag` is now; empty for a folder without a record, None where there is none."""
        content = self.read_file(name, RECORD_FILE)
        return ("" if self.exists(name) else None) if content is None else _etag(content)

    def exists(self, name: str) -> bool:
        """Whether the catalog has an entry of that name, be it broken."""
        with storage_errors(f"look for '{name}' in the catalog"):
            return _is_name(name) and (self.root / name).is_dir()

    def check_root(self) -> None:
        """Raise ``not_found`` when the catalog's root is not there."""
        with storage_errors("look at the catalog's folder"):
            is_folder, is_there = self.root.is_dir(), self.root.exists()
        if not is_folder:
            problem = "is not a folder" if is_there else "does not exist"
            raise CatalogError(
                "not_found",
                f"The catalog's folder '{self.root}' {problem}. Nothing was made. Create it, mount it, or name another "
                "with --catalog-root.",
            )

    def check_writable(self) -> None:
        """Raise ``not_found`` or ``forbidden`` when nothing can be written to the catalog."""
        self.check_root()
        if not os.access(self.root, os.W_OK | os.X_OK):
            raise CatalogError(
                "forbidden",
                f"You may not write to the catalog '{self.root}'. Nothing was made. Ask its curator to add you to its "
                "group, or name another folder with --catalog-root.",
            )

    def stage(self, name: str, files: Mapping[str, bytes], plan: Mapping[str, Any]) -> Staging:
        """Claim ``name`` with its files and the plan; see :meth:`Staging.claim`."""
        self.check_writable()
        self.sweep(name)
        return Staging.claim(self.root / name, files, plan, self._rights())

    def add(self, name: str, files: Mapping[str, bytes]) -> None:
        """Put in an entry that nothing outside the catalog belongs to, by one rename.

        Raises:
            CatalogError: ``conflict`` when the name is taken.
        """
        self.check_writable()
        self.sweep(name)
        taken = f"'{name}' is in the catalog already, or being published. Nothing was changed."
        if self._staging_folder(name).exists():
            raise CatalogError("conflict", taken)
        final, rights = self.root / name, self._rights()
        fresh = unclaimed(final)
        try:
            with storage_errors(f"put '{name}' into the catalog"):
                make_unclaimed(fresh)
                write_entry(fresh / "files", files, rights)
                try:
                    (fresh / "files").rename(final)
                except OSError as err:
                    if err.errno not in (errno.ENOTEMPTY, errno.EEXIST):
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
        """The unfinished publication of that name, if there is one."""
        folder = self._staging_folder(name)
        with storage_errors(f"look for an unfinished publication of '{name}'"):
            is_there = _is_name(name) and folder.is_dir()
        return Staging(folder, self.root / name) if is_there else None

    def _staging_folder(self, name: str) -> Path:
        return self.root / f".{name}.staging"

    def unfinished(self) -> list[str]:
        """Nicknames with an unfinished publication, sorted."""
        return self.listing()[1]

    def remove(self, name: str) -> None:
        """Remove an entry; it vanishes as a whole."""
        with storage_errors(f"remove '{name}' from the catalog"):
            remove_folder(self.root / name)

    def sweep(self, name: str) -> None:
        """Remove what killed processes left before their claim on ``name`` or after their end."""
        with storage_errors(f"clean up after '{name}'"):
            for pattern in (f".{name}.????????.gone", f".{name}.*.????????.gone"):
                for path in self.root.glob(pattern):
                    shutil.rmtree(path, ignore_errors=True)
            for path in self.root.glob(f".{name}.????????.new"):
                if is_abandoned(path):
                    shutil.rmtree(path, ignore_errors=True)


def _is_name(name: str) -> bool:
    """Whether an entry can have that name: it is one part of a path, and not hidden."""
    if "/" in name or "\0" in name or name[:1] in ("", "."):
        return False
    try:
        return len(os.fsencode(name)) <= _LONGEST_NAME
    except UnicodeEncodeError:  # half of a character
        return False


def _check_names(record: DatasetRecord, name: str) -> None:
    """Raise ``ValueError`` for a record whose names lead elsewhere than to the entry and the files in its folder."""
    if record.name != name:
        raise ValueError(f"it is the record of '{record.name}'")
    for file_name in filter(None, (record.loader, record.batch_script)):
        if not _is_name(file_name):
            raise ValueError(f"'{file_name}' is no name of a file in its folder")


def _etag(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:32]


def _staged_name(file_name: str) -> str | None:
    """The nickname that a folder is the staging of."""
    match = re.fullmatch(r"\.(.+)\.staging", file_name)
    return match[1] if match else None
