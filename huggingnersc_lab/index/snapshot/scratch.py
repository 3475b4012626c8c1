"""Scratch folders: private, with a random name, and gone after a moment."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108 - only private folders with random names are made in it
"""A file system in memory, where there is one."""

ABANDONED_SECONDS = 3600.0
"""A folder without a change for so long was left by a process that was killed."""

_PREFIX = ".huggingnersc-scratch-"
_TRIES = 20
_PAUSE_SECONDS = 0.05


def scratch_places(last: Path, *, in_memory: bool) -> list[Path]:
    """Where scratch folders may be made, the best place first.

    Args:
        last: a folder to use when nothing else is left.
        in_memory: whether little is written, so that it may lie in memory.
    """
    places = [MEMORY] if in_memory and os.access(MEMORY, os.W_OK | os.X_OK) else []
    with suppress(FileNotFoundError):  # no temporary folder is writable
        places.append(Path(tempfile.gettempdir()))
    return [*places, last]


@contextmanager
def scratch_folder(place: Path) -> Iterator[Path]:
    """A folder of mode 0700 that is removed at the end, with all that is in it.

    Raises:
        OSError: it cannot be made.
    """
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=place))
    try:
        yield folder
    finally:
        _remove(folder)


def remove_abandoned(place: Path) -> None:
    """Remove the scratch folders that killed processes of this user left in a place."""
    with suppress(OSError), os.scandir(place) as entries:
        for entry in entries:
            if not entry.name.startswith(_PREFIX):
                continue
            with suppress(OSError):
                status = entry.stat(follow_symlinks=False)
                if status.st_uid == os.getuid() and time.time() - status.st_mtime > ABANDONED_SECONDS:
                    shutil.rmtree(entry.path, ignore_errors=True)


def _remove(folder: Path) -> None:
    """Remove a folder in which a thread of the search library may still make its lock file."""
    for _ in range(_TRIES):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(_PAUSE_SECONDS)
