"""Folders of the catalog that are being prepared, before they claim a name.

They are in a folder that others can write to, so they are private to their owner and kept open: if somebody replaces
them, nothing is written to the replacement.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from huggingnersc_lab.store import tree
from huggingnersc_lab.store.durable import Rights, make_folder_at, remove_at, sync_folder, write_at
from huggingnersc_lab.store.owner import CLOCK_SECONDS, REMOTE_OWNER_SECONDS, Owner

PLAN_FILE, JOURNAL_FILE = "plan.json", "journal.jsonl"


@dataclass(frozen=True)
class Prepared:
    """A folder that is being prepared. Every method raises ``OSError``.

    Attributes:
        above: descriptor of the catalog's root.
        name: the folder's name there.
        folder: descriptor of the folder.
    """

    above: int
    name: str
    folder: int

    @property
    def key(self) -> tuple[int, int]:
        """Device and inode of the folder."""
        status = os.fstat(self.folder)
        return status.st_dev, status.st_ino

    def write_entry(self, part: str, files: Mapping[str, bytes], rights: Rights) -> None:
        """Write the folder of an entry into it."""
        folder = make_folder_at(self.folder, part)
        try:
            for file_name, content in files.items():
                write_at(folder, file_name, content, rights)
            rights.give(folder, rights.directory_mode)
            sync_folder(folder)
        finally:
            os.close(folder)

    def write_notes(self, plan: Mapping[str, Any], journal: bytes, rights: Rights) -> None:
        """Write plan and journal, and make the folder readable for others."""
        guarded = rights.guarded
        write_at(self.folder, PLAN_FILE, json.dumps(plan, indent=1).encode(), guarded)
        write_at(self.folder, JOURNAL_FILE, journal, guarded)
        guarded.give(self.folder, guarded.directory_mode)
        sync_folder(self.folder)

    def move(self, to: str, *, part: str | None = None) -> None:
        """Rename it, or a part of it, to its final name in the root."""
        source, above = (self.name, self.above) if part is None else (part, self.folder)
        os.rename(source, to, src_dir_fd=above, dst_dir_fd=self.above)


@contextmanager
def prepared(root: Path, name: str) -> Iterator[Prepared]:
    """A new folder next to an entry's final place; it is removed afterwards unless it was moved.

    It names its owner, for :func:`is_abandoned`.

    Raises:
        OSError: it cannot be created.
        CatalogError: ``conflict`` if somebody else interferes.
    """
    with tree.open_root(str(root)) as above:
        fresh = f".{name}.{os.urandom(4).hex()}.new"
        folder = make_folder_at(above, fresh)
        try:
            Owner.this().write("owner-1", folder)
            yield Prepared(above, fresh, folder)
        finally:
            remove_at(root, above, fresh, os.fstat(folder).st_ino)
            os.close(folder)


def is_abandoned(root: Path, name: str) -> bool:
    """Whether the process that was preparing a folder in the root, before claiming a name, is gone."""
    try:
        with tree.pass_to(str(root), (name,)) as folder:
            if folder is None:
                return False
            status = os.fstat(folder)
            owner = Owner.parse(tree.link_at(folder, "owner-1"))
    except (OSError, tree.UnsafeError):
        return False
    silent = time.time() - status.st_mtime
    if owner is None:
        return silent > REMOTE_OWNER_SECONDS or silent < -CLOCK_SECONDS
    return not owner.works(silent, status.st_uid)


def is_mine(root: Path, name: str) -> bool:
    """Whether a folder in the root belongs to the current user."""
    try:
        with tree.pass_to(str(root), (name,)) as folder:
            return folder is not None and os.fstat(folder).st_uid == os.geteuid()
    except (OSError, tree.UnsafeError):
        return False
