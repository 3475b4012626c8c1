"""What of a catalog has changed, at the price of as few calls to the file system as can be."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from huggingnersc_lab.catalog.background import each
from huggingnersc_lab.files import storage_errors
from huggingnersc_lab.store import RECORD_FILE, Store

THOROUGH_SECONDS = 300.0
"""After so long every record's file is looked at, since a record that is edited in place leaves its folder as it is."""

RECHECK_SECONDS = 30.0
"""So long after a change, too: of two changes of one entry in a row the second may bring back the first one's inode."""

_RACY_NANOSECONDS = 2 * 10**9
"""A folder that was changed so shortly ago may change again without its time telling."""


class Watch:
    """Looks at a catalog again and again. May be used from one thread at a time.

    A publication, an update and a retirement each change the time of the catalog's folder: while that stands still one
    call is all it takes. Else the folder is listed: an entry that was replaced has another inode, so that only the
    record's file of that one is looked at.

    Args:
        store: the catalog.
        show_life: told of every call that was answered.

    Attributes:
        unfinished: nicknames of unfinished publications, as of the last look.
    """

    def __init__(self, store: Store, show_life: Callable[[], None]) -> None:
        self._store = store
        self._show_life = show_life
        self._root_fingerprint: tuple[int, int] | None = None
        self._inodes: Mapping[str, int] = {}
        self._fingerprints: dict[str, str] = {}
        self._thorough_at = float("-inf")
        self.unfinished: frozenset[str] = frozenset()

    def look(self, *, thorough: bool = False) -> Mapping[str, str]:
        """By nickname a text that changes with the entry; the very same object while nothing has changed.

        Args:
            thorough: look at every record's file in any case.

        Raises:
            CatalogError: ``not_found`` or ``forbidden`` when the catalog cannot be listed.
        """
        self._store.check_root()
        now, root = time.monotonic(), _root_fingerprint(self._store.root)
        thorough = thorough or self.is_due
        if root is not None and root == self._root_fingerprint and not thorough:
            return self._fingerprints
        inodes, unfinished = self._store.inodes()
        self._show_life()
        asked = [name for name, inode in inodes.items() if thorough or not inode or self._inodes.get(name) != inode]
        fingerprints = dict(zip(asked, each(self._fingerprint, asked, self._show_life), strict=True))
        fingerprints = {
            name: fingerprints[name] if name in fingerprints else self._fingerprints[name] for name in inodes
        }
        self._thorough_at = now + THOROUGH_SECONDS if thorough else min(self._thorough_at, now + RECHECK_SECONDS)
        self._root_fingerprint, self._inodes, self.unfinished = root, inodes, frozenset(unfinished)
        if fingerprints != self._fingerprints:
            self._fingerprints = fingerprints
        return self._fingerprints

    @property
    def is_due(self) -> bool:
        """Whether the next look is a thorough one in any case."""
        return time.monotonic() >= self._thorough_at

    def _fingerprint(self, name: str) -> str:
        """Differs whenever the record's file has been replaced, written or given other rights."""
        try:
            status = os.stat(f"{self._store.root}/{name}/{RECORD_FILE}", follow_symlinks=False)  # noqa: PTH116 - many
        except OSError as err:
            return f"!{err.errno}"
        return f"{status.st_mtime_ns:x}.{status.st_ctime_ns:x}.{status.st_size:x}.{status.st_ino:x}"


def _root_fingerprint(root: Path) -> tuple[int, int] | None:
    """Differs whenever an entry has come, gone or been replaced; None where that cannot be told yet."""
    with storage_errors("look at the catalog's folder"):
        status = root.stat()
    is_racy = time.time_ns() - status.st_mtime_ns < _RACY_NANOSECONDS
    return None if is_racy else (status.st_mtime_ns, status.st_ino)
