"""The folder with the states of one index: which one counts, who makes the next, and when an old one goes."""

from __future__ import annotations

import os
import shutil
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from huggingnersc_lab.index.generation import SEAL_FILE, Generation
from huggingnersc_lab.index.lock import locked
from huggingnersc_lab.private_files import make_private_folder

_CURRENT = "current"
_LOCK = ".lock"
_LOOKED_AT = "looked-at-"

GRACE_SECONDS = 10.0
"""So long a state that does not count any more is left to those who may still be reading it."""

ABANDONED_SECONDS = 600.0
"""After so long without a change an unfinished state is one of a killed process."""

STALE_SECONDS = 60.0
"""Who has the lock and shows no sign of life for so long hangs: it is not waited for."""


class Shelf:
    """The states of one index.

    Two processes may make one at once where locks do not work: each is whole, and the one that was put last counts.

    Args:
        folder: where they are; made when it is needed.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder.absolute()

    def current(self) -> str | None:
        """Name of the state that counts; None where there is none."""
        try:
            return (self.folder / _CURRENT).read_bytes().decode("ascii", "replace") or None
        except OSError:
            return None

    def open(self, known: Generation | None = None) -> Generation | None:
        """The state that counts; None where there is none, or it is worth nothing.

        Args:
            known: the one that is open; given back if it still counts.
        """
        for _ in range(3):  # the one that was named may go while it is opened
            name = self.current()
            if name is None or "/" in name or "\0" in name:
                return None
            if known is not None and known.folder == self.folder / name:
                return known
            found = Generation.open(self.folder / name, known)
            if found is not None or name == self.current():
                return found
        return None

    @contextmanager
    def writing(self) -> Iterator[bool]:
        """Be the only one who makes a state. Yields whether that is so: False when another process is at it."""
        make_private_folder(self.folder)
        lock = self.folder / _LOCK
        with locked(lock) as held:
            is_free = held or time.time() - lock.stat().st_mtime > STALE_SECONDS
            if is_free:
                self.show_life()
            yield is_free

    def show_life(self) -> None:
        """Tell others that the lock is held by one who works."""
        with suppress(OSError):
            os.utime(self.folder / _LOCK)

    def begin(self) -> Path:
        """An empty folder for the next state."""
        folder = self.folder / uuid.uuid4().hex
        folder.mkdir(mode=0o700)
        return folder

    def put(self, generation: Generation) -> None:
        """Make a state the one that counts."""
        former = self.current()
        fresh = self.folder / f".{generation.folder.name}"
        fresh.write_text(generation.folder.name, "ascii")
        fresh.replace(self.folder / _CURRENT)
        with suppress(OSError, ValueError):
            os.utime(self.folder / (former or generation.folder.name))  # from now on it is an old one
        self._sweep()

    def discard(self) -> None:
        """Let no state count any more."""
        with suppress(OSError):
            (self.folder / _CURRENT).unlink()

    def _sweep(self) -> None:
        """Remove old states, and what killed processes left."""
        kept = (_CURRENT, _LOCK, self.current())
        with suppress(OSError), os.scandir(self.folder) as found:
            for entry in found:
                if entry.name in kept or entry.name.startswith(_LOOKED_AT):
                    continue
                with suppress(OSError):
                    seconds = GRACE_SECONDS if Path(entry.path, SEAL_FILE).exists() else ABANDONED_SECONDS
                    if time.time() - entry.stat(follow_symlinks=False).st_mtime > seconds:
                        _remove(Path(entry.path))

    def look_at(self, part: str) -> None:
        """Keep the moment at which a part was found to be up to date."""
        with suppress(OSError):
            (self.folder / f"{_LOOKED_AT}{part}").touch()

    def looked_at(self, part: str) -> float | None:
        """That moment, in seconds since 1970; None where there was none."""
        try:
            return (self.folder / f"{_LOOKED_AT}{part}").stat().st_mtime
        except OSError:
            return None


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
