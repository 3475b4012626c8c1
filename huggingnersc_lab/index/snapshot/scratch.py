"""Scratch folders: private, randomly named and short-lived."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108 - only private folders with random names are made in it
"""A file system in memory, if there is one."""

ABANDONED_SECONDS = 3600.0
"""A folder unchanged for this long was left by a killed process."""

_PREFIX = ".huggingnersc-scratch-"
_TRIES = 20
_PAUSE_SECONDS = 0.05


def scratch_places(last: Path, *, in_memory: bool) -> list[Path]:
    """Where to create scratch folders, best place first.

    Args:
        last: a folder to use as a last resort.
        in_memory: whether little is written, so that it may be in memory.
    """
    places = [MEMORY] if in_memory and os.access(MEMORY, os.W_OK | os.X_OK) else []
    with suppress(FileNotFoundError):  # no temporary folder is writable
        places.append(Path(tempfile.gettempdir()))
    return [*places, last]


@contextmanager
def scratch_folder(place: Path) -> Iterator[Path]:
    """A folder of mode 0700 that is removed at the end with its content.

    Raises:
        OSError: it cannot be created.
    """
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=place))
    try:
        yield folder
    finally:
        _remove(folder)


def remove_abandoned(place: Path) -> None:
    """Remove the scratch folders that this user's killed processes left in a place."""
    with suppress(OSError), os.scandir(place) as entries:
        for entry in entries:
            if not entry.name.startswith(_PREFIX):
                continue
            with suppress(OSError):
                status = entry.stat(follow_symlinks=False)
                if status.st_uid == os.getuid() and time.time() - status.st_mtime > ABANDONED_SECONDS:
                    shutil.rmtree(entry.path, ignore_errors=True)


def _remove(folder: Path) -> None:
    """Remove a folder in which a thread of the search library may still create its lock file."""
    for _ in range(_TRIES):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(_PAUSE_SECONDS)
