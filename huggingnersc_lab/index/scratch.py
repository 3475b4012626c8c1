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
    folder = Path(tempfile.mkdtemp(prefix=".huggingnersc-", dir=place))
    try:
        yield folder
    finally:
        _remove(folder)


def _remove(folder: Path) -> None:
    """Remove a folder in which a thread of the search library may still make its lock file."""
    for _ in range(_TRIES):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(_PAUSE_SECONDS)
