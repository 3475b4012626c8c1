"""Folders of the catalog while they are prepared, before anything is claimed with them."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from huggingnersc_lab.store import tree
from huggingnersc_lab.store.durable import PRIVATE, Rights, sync_folder, write_file
from huggingnersc_lab.store.owner import CLOCK_SECONDS, REMOTE_OWNER_SECONDS, Owner

PLAN_FILE, JOURNAL_FILE = "plan.json", "journal.jsonl"


def unclaimed(root: Path, name: str) -> Path:
    """A new name for a folder that is prepared beside an entry's final place."""
    return root / f".{name}.{os.urandom(4).hex()}.new"


def make_unclaimed(folder: Path) -> None:
    """Make a folder that says whose it is, so that :func:`is_abandoned` can tell; raises ``OSError``."""
    folder.mkdir(PRIVATE.directory_mode)
    Owner.this().write(folder / "owner-1")


def write_entry(folder: Path, files: Mapping[str, bytes], rights: Rights) -> None:
    """Make the folder of an entry; raises ``OSError``."""
    folder.mkdir(PRIVATE.directory_mode)
    for file_name, content in files.items():
        write_file(folder / file_name, content, rights)
    rights.give(folder, rights.directory_mode)
    sync_folder(folder)


def is_abandoned(root: Path, name: str) -> bool:
    """Whether the process that was preparing a folder of the root, not yet claimed, is gone."""
    try:
        with tree.open_folder(str(root), (name,)) as folder:
            if folder is None:
                return False
            status = os.fstat(folder)
            found = tree.found_at(folder, "owner-1")
    except (OSError, tree.UnsafeError):
        return False
    owner = Owner.parse(found.target) if found else None
    silent = time.time() - status.st_mtime
    if owner is None:
        return silent > REMOTE_OWNER_SECONDS or silent < -CLOCK_SECONDS
    return not owner.works(silent, status.st_uid)


def write_notes(folder: Path, plan: Mapping[str, Any], journal: bytes, rights: Rights) -> None:
    """Write plan and journal, and let others read, but not change, what is staged."""
    guarded = rights.guarded
    write_file(folder / PLAN_FILE, json.dumps(plan, indent=1).encode(), guarded)
    write_file(folder / JOURNAL_FILE, journal, guarded)
    guarded.give(folder, guarded.directory_mode)
    sync_folder(folder)
