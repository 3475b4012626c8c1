"""The folder with the snapshots of one index: which one is current, who writes the next, when old ones are removed."""

from __future__ import annotations

import os
import shutil
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from huggingnersc_lab.index.snapshot.lock import locked
from huggingnersc_lab.index.snapshot.manifest import MANIFEST_FILE
from huggingnersc_lab.index.snapshot.snapshot import Snapshot
from huggingnersc_lab.private_files import make_private_folder

_CURRENT = "current"
_LOCK = ".lock"
_CHECKED_AT = "looked-at-"

GRACE_SECONDS = 10.0
"""How long an old snapshot is kept for processes that may still be opening it."""

ABANDONED_SECONDS = 600.0
"""An unfinished snapshot unchanged for this long was left by a killed process."""

STALE_SECONDS = 60.0
"""A process that holds the lock without a heartbeat for this long hangs, and is ignored."""


class SnapshotStore:
    """The snapshots of one index.

    If locks do not work, two processes may write at once: both snapshots are complete, and the last one published wins.

    Args:
        folder: where they are stored; created when needed.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder.absolute()

    def current(self) -> str | None:
        """Name of the current snapshot; None if there is none."""
        try:
            return (self.folder / _CURRENT).read_bytes().decode("ascii", "replace") or None
        except OSError:
            return None

    def open(self, known: Snapshot | None = None) -> Snapshot | None:
        """The current snapshot; None if there is none or it is damaged.

        Args:
            known: an open snapshot; returned if it is still current.
        """
        for _ in range(3):  # a snapshot may be removed while it is being opened
            name = self.current()
            if name is None or "/" in name or "\0" in name:
                return None
            if known is not None and known.folder == self.folder / name:
                return known
            found = Snapshot.open(self.folder / name, known)
            if found is not None or name == self.current():
                return found
        return None

    @contextmanager
    def lock(self) -> Iterator[bool]:
        """Keep other processes from writing. Yields False if one of them is already writing."""
        make_private_folder(self.folder)
        lock = self.folder / _LOCK
        with locked(lock) as held:
            is_free = held or time.time() - lock.stat().st_mtime > STALE_SECONDS
            if is_free:
                self.heartbeat()
            yield is_free

    def heartbeat(self) -> None:
        """Show other processes that the holder of the lock is working."""
        with suppress(OSError):
            os.utime(self.folder / _LOCK)

    def new_folder(self) -> Path:
        """An empty folder for the next snapshot."""
        folder = self.folder / uuid.uuid4().hex
        folder.mkdir(mode=0o700)
        return folder

    def publish(self, snapshot: Snapshot) -> None:
        """Make a snapshot the current one."""
        former = self.current()
        fresh = self.folder / f".{snapshot.folder.name}"
        fresh.write_text(snapshot.folder.name, "ascii")
        fresh.replace(self.folder / _CURRENT)
        with suppress(OSError, ValueError):
            os.utime(self.folder / (former or snapshot.folder.name))  # its grace period starts
        self._sweep()

    def discard(self) -> None:
        """Unset the current snapshot."""
        with suppress(OSError):
            (self.folder / _CURRENT).unlink()

    def _sweep(self) -> None:
        """Remove old snapshots, and what killed processes left."""
        kept = (_CURRENT, _LOCK, self.current())
        with suppress(OSError), os.scandir(self.folder) as found:
            for entry in found:
                if entry.name in kept or entry.name.startswith(_CHECKED_AT):
                    continue
                with suppress(OSError):
                    seconds = GRACE_SECONDS if Path(entry.path, MANIFEST_FILE).exists() else ABANDONED_SECONDS
                    if time.time() - entry.stat(follow_symlinks=False).st_mtime > seconds:
                        _remove(Path(entry.path))

    def mark_checked(self, part: str) -> None:
        """Record that a part was just found to be up to date."""
        with suppress(OSError):
            (self.folder / f"{_CHECKED_AT}{part}").touch()

    def checked_at(self, part: str) -> float | None:
        """When that was last, in seconds since 1970; None if never."""
        try:
            return (self.folder / f"{_CHECKED_AT}{part}").stat().st_mtime
        except OSError:
            return None


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
