"""What of a catalog has changed, at the price of as few calls to the file system as can be."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

from huggingnersc_lab.catalog.search.background import each
from huggingnersc_lab.store import Store

THOROUGH_SECONDS = 300.0
"""After so long every record's file is looked at, since a record that is edited in place leaves its folder as it is."""

RECHECK_SECONDS = 30.0
"""So long after a change, too: of two changes of one entry in a row the second may bring back the first one's inode."""


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
        broken: by name, why something else in the catalog's folder cannot be an entry.
    """

    def __init__(self, store: Store, show_life: Callable[[], None]) -> None:
        self._store = store
        self._show_life = show_life
        self._root_stamp: tuple[int, int] | None = None
        self._inodes: Mapping[str, int] = {}
        self._fingerprints: dict[str, str] = {}
        self._thorough_at = float("-inf")
        self.broken: Mapping[str, str] = {}
        self.unfinished: frozenset[str] = frozenset()

    def look(self, *, thorough: bool = False) -> Mapping[str, str]:
        """By nickname a text that changes with the entry; the very same object while nothing has changed.

        Args:
            thorough: look at every record's file in any case.

        Raises:
            CatalogError: ``not_found`` or ``forbidden`` when the catalog cannot be listed.
        """
        self._store.check_root()
        now, root = time.monotonic(), self._store.root_stamp()
        thorough = thorough or self.is_due
        if root is not None and root == self._root_stamp and not thorough:
            return self._fingerprints
        inodes, unfinished, self.broken = self._store.inodes()
        self._show_life()
        asked = [name for name, inode in inodes.items() if thorough or not inode or self._inodes.get(name) != inode]
        fingerprints = dict(zip(asked, each(self._fingerprint, asked, self._show_life), strict=True))
        fingerprints = {
            name: fingerprints[name] if name in fingerprints else self._fingerprints[name] for name in inodes
        }
        fingerprints |= {name: f"!{reason}" for name, reason in self.broken.items()}
        self._thorough_at = now + THOROUGH_SECONDS if thorough else min(self._thorough_at, now + RECHECK_SECONDS)
        self._root_stamp, self._inodes, self.unfinished = root, inodes, frozenset(unfinished)
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
            modified, changed, size, inode = self._store.stamp(name)
        except OSError as err:
            return f"!{err.errno}"
        return f"{modified:x}.{changed:x}.{size:x}.{inode:x}"
