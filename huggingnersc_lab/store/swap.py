"""Moves a staged entry to its final place, and back again; both can be repeated after a crash.

If folders cannot be exchanged atomically, it takes three renames, using ``aside``, and for a moment nothing is in the
final place. The publish id in a folder's record tells whether it is the new entry. Both folders are open: replacements
by others are not followed.
"""

from __future__ import annotations

import json
import os

from huggingnersc_lab.store.durable import exchange, sync_folder
from huggingnersc_lab.store.tree import UnsafeError, inode_at, open_folder_at, read_at

FILES = "files"
"""Where a staging keeps the new entry; after the exchange, the old one."""

ASIDE = "aside"
"""Where the old entry is during an exchange by three renames."""


def staging_name(name: str) -> str:
    """The hidden folder of an unfinished publication."""
    return f".{name}.staging"


def swap_in(staging: int, root: int, name: str, publish_id: str) -> None:
    """Exchange the staging's files for the content of ``name`` in the catalog's root, if any."""
    if not holds(root, name, publish_id):
        if _exists(root, name) and not exchange(staging, FILES, root, name):
            _move(root, name, staging, ASIDE)
        if not holds(root, name, publish_id):
            _move(staging, FILES, root, name)
    if _exists(staging, ASIDE):
        _move(staging, ASIDE, staging, FILES)
    sync_folder(root)


def swap_out(staging: int, root: int, name: str, publish_id: str) -> None:
    """Put back what :func:`swap_in` has moved from ``name``, from any point of it."""
    if _exists(staging, ASIDE) and not holds(staging, ASIDE, publish_id):  # a crash within swap_in
        if holds(root, name, publish_id):
            _move(staging, ASIDE, staging, FILES)
        else:
            _move(staging, ASIDE, root, name)
    if holds(root, name, publish_id) and not (_exists(staging, FILES) and exchange(staging, FILES, root, name)):
        _move(root, name, staging, ASIDE)
    if _exists(staging, ASIDE):
        if _exists(staging, FILES):
            _move(staging, FILES, root, name)
        _move(staging, ASIDE, staging, FILES)
    sync_folder(root)


def holds(above: int, name: str, publish_id: str) -> bool:
    """Whether a subfolder of an open folder contains the entry of that publication."""
    try:
        folder = open_folder_at(above, name)
    except (OSError, UnsafeError):
        return False
    if folder is None:
        return False
    try:
        found = read_at(folder, "record.json")
        return is_of(found and found[0], publish_id)
    except (OSError, ValueError):
        return False
    finally:
        os.close(folder)


def is_of(record: bytes | None, publish_id: str) -> bool:
    """Whether a record was written by that publication; False if it is not a record."""
    try:
        return bool(json.loads(record or b"{}")["publish_id"] == publish_id)
    except (ValueError, LookupError, TypeError, RecursionError):
        return False


def _exists(above: int, name: str) -> bool:
    return inode_at(above, name) is not None


def _move(from_folder: int, name: str, to_folder: int, target: str) -> None:
    os.rename(name, target, src_dir_fd=from_folder, dst_dir_fd=to_folder)
