"""Detects changes in a catalog with as few file system calls as possible."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

from huggingnersc_lab.catalog.search.background import each
from huggingnersc_lab.store import Store

THOROUGH_SECONDS = 300.0
"""How often every record file is checked, since editing a record in place does not change its folder."""

RECHECK_SECONDS = 30.0
"""Also this long after a change: of two quick changes of an entry, the second may reuse the first one's inode."""


class Watch:
    """Checks a catalog repeatedly. Not thread-safe.

    Publications, updates and retirements change the modification time of the catalog's folder: while it is unchanged, a
    single call suffices. Otherwise the folder is listed: a replaced entry has a new inode, so only its record file is
    checked.

    Args:
        store: the catalog.
        heartbeat: called after every call that returns.

    Attributes:
        unfinished: nicknames of unfinished publications, as of the last check.
        broken: by name, why something else in the catalog's folder cannot be an entry.
    """

    def __init__(self, store: Store, heartbeat: Callable[[], None]) -> None:
        self._store = store
        self._heartbeat = heartbeat
        self._root_stamp: tuple[int, int] | None = None
        self._inodes: Mapping[str, int] = {}
        self._fingerprints: dict[str, str] = {}
        self._thorough_at = float("-inf")
        self.broken: Mapping[str, str] = {}
        self.unfinished: frozenset[str] = frozenset()

    def look(self, *, thorough: bool = False) -> Mapping[str, str]:
        """A fingerprint of each entry by nickname; the very same object if nothing has changed.

        Args:
            thorough: check every record file in any case.

        Raises:
            CatalogError: ``not_found`` or ``forbidden`` if the catalog cannot be listed.
        """
        self._store.check_root()
        now, root = time.monotonic(), self._store.root_stamp()
        thorough = thorough or self.is_due
        if root is not None and root == self._root_stamp and not thorough:
            return self._fingerprints
        inodes, unfinished, self.broken = self._store.inodes()
        self._heartbeat()
        asked = [name for name, inode in inodes.items() if thorough or not inode or self._inodes.get(name) != inode]
        fingerprints = dict(zip(asked, each(self._fingerprint, asked, self._heartbeat), strict=True))
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
        """Whether the next check is thorough in any case."""
        return time.monotonic() >= self._thorough_at

    def _fingerprint(self, name: str) -> str:
        """Changes whenever the record file is replaced, written or gets other permissions."""
        try:
            modified, changed, size, inode = self._store.stamp(name)
        except OSError as err:
            return f"!{err.errno}"
        return f"{modified:x}.{changed:x}.{size:x}.{inode:x}"
