"""The catalog as a list, read anew only where it has changed."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, replace

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.record.model import DatasetRecord
from huggingnersc_lab.store import Store, StoredRecord

_Signature = tuple[int, int, int, int] | None

_TICK_NANOSECONDS = 2 * 10**9
"""A file that was written so lately may be written again within the same tick of the file system's clock."""


@dataclass(frozen=True)
class Listed:
    """An entry in the list.

    Attributes:
        name: its nickname.
        stored: the entry; None where it cannot be read.
        broken: why it cannot.
        unfinished: whether a publication of it was stopped, or goes on at this moment.
    """

    name: str
    stored: StoredRecord | None
    broken: str | None = None
    unfinished: bool = False

    @property
    def record(self) -> DatasetRecord | None:
        """Its record, where it can be read."""
        return None if self.stored is None else self.stored.record


_All = tuple[tuple[Listed, ...], tuple[str, ...]]


class Summaries:
    """All entries of one catalog. May be used from any thread."""

    def __init__(self) -> None:
        self._read: dict[str, tuple[_Signature, Listed]] = {}
        self._looking = threading.Lock()
        self._looks = 0  # that were begun
        self._seen: tuple[int, _All] = (0, ((), ()))  # what the last of them that succeeded has found

    def list(self, store: Store) -> _All:
        """All entries in the order of their nicknames, and the unfinished publications that are no entries yet.

        An entry that has not changed is the same object as before.

        Raises:
            CatalogError: ``not_found`` when the catalog's folder is not there, ``forbidden`` when it may not be listed.
        """
        before = self._looks
        with self._looking:
            # Who had to wait takes what another saw, if that look was begun after this question was asked.
            if self._seen[0] <= before:
                self._looks += 1
                self._seen = self._looks, self._look(store)
            return self._seen[1]

    def _look(self, store: Store) -> _All:
        names, unfinished = store.listing()
        stopped = set(unfinished)
        self._read = {name: self._entry(store, name, is_unfinished=name in stopped) for name in names}
        return tuple(entry for _, entry in self._read.values()), tuple(sorted(stopped - self._read.keys()))

    def _entry(self, store: Store, name: str, *, is_unfinished: bool) -> tuple[_Signature, Listed]:
        signature = _signature(store, name)
        known = self._read.get(name)
        if signature is None or known is None or known[0] != signature or known[1].stored is None:
            try:
                known = signature, Listed(name, store.read(name), unfinished=is_unfinished)
            except CatalogError as err:
                known = signature, Listed(name, None, err.detail, is_unfinished)
        if known[1].unfinished == is_unfinished:
            return known
        return signature, replace(known[1], unfinished=is_unfinished)


def _signature(store: Store, name: str) -> _Signature:
    """Differs whenever the record has been replaced or written; None where that cannot be told."""
    try:
        stamp = store.stamp(name)
    except OSError:
        return None
    return None if time.time_ns() - stamp[0] < _TICK_NANOSECONDS else stamp
