"""Folders of the catalog while they are prepared, before anything is claimed with them.

They lie in a folder that others may write to as well, so they are made for their owner alone and held open: whatever is
put in their place meanwhile, nothing is written there.
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
        above: the catalog's root, open.
        name: the folder's name there.
        folder: the folder, open.
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
        """Write plan and journal, and let others read, but not change, what was prepared."""
        guarded = rights.guarded
        write_at(self.folder, PLAN_FILE, json.dumps(plan, indent=1).encode(), guarded)
        write_at(self.folder, JOURNAL_FILE, journal, guarded)
        guarded.give(self.folder, guarded.directory_mode)
        sync_folder(self.folder)

    def move(self, to: str, *, part: str | None = None) -> None:
        """Rename it, or a part of it, to what it is going to be in the root."""
        source, above = (self.name, self.above) if part is None else (part, self.folder)
        os.rename(source, to, src_dir_fd=above, dst_dir_fd=self.above)


@contextmanager
def prepared(root: Path, name: str) -> Iterator[Prepared]:
    """A new folder beside an entry's final place; it is removed afterwards, unless it was moved.

    It says whose it is, so that :func:`is_abandoned` can tell.

    Raises:
        OSError: it cannot be made.
        CatalogError: ``conflict`` when somebody else interferes.
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
    """Whether the process that was preparing a folder of the root, not yet claimed, is gone."""
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
    """Whether a folder of the root belongs to this person."""
    try:
        with tree.pass_to(str(root), (name,)) as folder:
            return folder is not None and os.fstat(folder).st_uid == os.geteuid()
    except (OSError, tree.UnsafeError):
        return False
