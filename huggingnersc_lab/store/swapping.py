"""Putting a staged entry in its final place, and taking it out again; both may be run again after a crash.

Where folders cannot be exchanged in one step it takes three renames, by way of ``aside``, which leave for a moment
nothing in the final place. Whether a folder holds the new entry is told by the publish id in its record.
"""

from __future__ import annotations

import json
from pathlib import Path

from huggingnersc_lab.store.files import exchange_folders, sync_folder


def aside(staging: Path) -> Path:
    """Where the former entry is while three renames exchange it for the new one."""
    return staging / "aside"


def swap_in(staging: Path, final: Path, publish_id: str) -> None:
    """Exchange ``staging/files`` for what is in ``final``, if anything."""
    files, former = staging / "files", aside(staging)
    if not _holds(final, publish_id):
        if final.exists() and not exchange_folders(files, final):
            final.rename(former)
        if not _holds(final, publish_id):
            files.rename(final)
    if former.exists():
        former.rename(files)
    sync_folder(final.parent)


def swap_out(staging: Path, final: Path, publish_id: str) -> None:
    """Put back what :func:`swap_in` has taken from ``final``, from any point of it."""
    files, former = staging / "files", aside(staging)
    if former.exists() and not _holds(former, publish_id):  # a crash within swap_in
        former.rename(files if _holds(final, publish_id) else final)
    if _holds(final, publish_id) and not (files.exists() and exchange_folders(files, final)):
        final.rename(former)
    if former.exists():
        if files.exists():
            files.rename(final)
        former.rename(files)
    sync_folder(final.parent)


def _holds(folder: Path, publish_id: str) -> bool:
    try:
        return bool(json.loads((folder / "record.json").read_bytes())["publish_id"] == publish_id)
    except (OSError, ValueError, LookupError, TypeError):
        return False
