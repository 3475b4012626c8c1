"""Records on disk: one folder for each dataset in the catalog's root.

A folder holds ``record.json``, the card ``README.md``, the loader notebook, the loader and the batch script. Folders
whose names start with a dot are unfinished work and no entries.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.record.migrations import migrate
from huggingnersc_lab.record.model import DatasetRecord
from huggingnersc_lab.store.files import remove_folder, storage_errors
from huggingnersc_lab.store.staging import Staging, is_abandoned

RECORD_FILE = "record.json"
MAX_RECORD_BYTES = 4 * 1024 * 1024
"""A larger ``record.json`` is no record."""


@dataclass(frozen=True)
class StoredRecord:
    """A record and where it stands.

    Attributes:
        record: the record.
        folder: its folder in the catalog.
        etag: changes with every change of the record.
    """

    record: DatasetRecord
    folder: Path
    etag: str


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
        group: Unix group that is to own them; the root's own when None.
    """

    def __init__(self, root: Path, directory_mode: int, file_mode: int, group: str | None = None) -> None:
        self.root = root
        self.modes = (directory_mode, file_mode)
        self.group = group

    def entries(self) -> Iterator[StoredRecord | BrokenEntry]:
        """Every entry in the order of its name; a broken one does not hide the others.

        Raises:
            CatalogError: ``not_found`` when the root is not there, ``forbidden`` when it cannot be listed.
        """
        for name in self.names():
            try:
                yield self.read(name)
            except CatalogError as err:
                yield BrokenEntry(self.root / name, err.detail)

    def names(self) -> list[str]:
        """Nicknames of all entries, sorted, broken ones among them."""
        self.check_root()
        with storage_errors("list the catalog"), os.scandir(self.root) as found:
            return sorted(entry.name for entry in found if not entry.name.startswith(".") and entry.is_dir())

    def read(self, name: str) -> StoredRecord:
        """One entry.

        Raises:
            CatalogError: ``not_found``; ``invalid_record`` for a damaged one.
        """
        content = self.read_file(name, RECORD_FILE)
        if content is None:  # an update by three renames leaves no folder for a moment
            content = self.read_file(name, RECORD_FILE)
        if content is None:
            detail = f"There is no dataset '{name}' in {self.root}. 'huggingnersc list' shows what there is."
            raise CatalogError("not_found", detail)
        folder = self.root / name
        try:
            record = DatasetRecord.from_dict(migrate(json.loads(content)))
        except (ValueError, TypeError, AttributeError) as err:
            detail = f"The record of '{name}' is damaged ({folder / RECORD_FILE}): {err}. Its curator can mend it."
            raise CatalogError("invalid_record", detail) from err
        return StoredRecord(record, folder, hashlib.sha256(content).hexdigest()[:32])

    def read_file(self, name: str, file_name: str) -> bytes | None:
        """A file of an entry; None when it is not there. Raises ``invalid_record`` for what is no plain file."""
        path = self.root / name / file_name
        with storage_errors(f"read '{file_name}' of '{name}'"):
            try:
                # O_NONBLOCK: a FIFO in the place of a file must not hang the reader.
                descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
            except (FileNotFoundError, NotADirectoryError):
                return None
            with os.fdopen(descriptor, "rb") as stream:
                status = os.fstat(stream.fileno())
                if not stat.S_ISREG(status.st_mode) or status.st_size > MAX_RECORD_BYTES:
                    detail = f"'{path}' is no plain file of at most {MAX_RECORD_BYTES // 2**20} MiB."
                    raise CatalogError("invalid_record", detail)
                return stream.read()

    def exists(self, name: str) -> bool:
        """Whether the catalog has an entry of that name, be it broken."""
        return (self.root / name).is_dir()

    def check_root(self) -> None:
        """Raise ``not_found`` when the catalog's root is not there."""
        if not self.root.is_dir():
            problem = "is not a folder" if self.root.exists() else "does not exist"
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
        staging = Staging.claim(self.root / name, files, plan, self.modes)
        if self.group is not None:
            try:
                for path in (staging.files, *staging.files.iterdir()):
                    shutil.chown(path, group=self.group)
                    path.chmod(self.modes[0 if path == staging.files else 1])
            except (LookupError, OSError) as err:
                staging.close()
                detail = f"The catalog's files should belong to the group '{self.group}', but {err}. Nothing was made."
                raise CatalogError("forbidden", detail) from err
        return staging

    def staging(self, name: str) -> Staging | None:
        """The unfinished publication of that name, if there is one."""
        folder = self.root / f".{name}.staging"
        return Staging(folder, self.root / name) if folder.is_dir() else None

    def unfinished(self) -> list[str]:
        """Nicknames with an unfinished publication, sorted."""
        self.check_root()
        with storage_errors("list the catalog"):
            return sorted(path.name[1 : -len(".staging")] for path in self.root.glob(".*.staging"))

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
