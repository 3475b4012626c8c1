"""The catalog as a list, read anew only where it has changed."""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.record.model import DatasetRecord
from huggingnersc_lab.store import RECORD_FILE, Store, StoredRecord

_Signature = tuple[int, int, int]


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


class Summaries:
    """All entries of a catalog. May be used from any thread."""

    def __init__(self) -> None:
        self._read: dict[str, tuple[_Signature, Listed]] = {}
        self._reading = threading.Lock()

    def list(self, store: Store) -> tuple[list[Listed], list[str]]:
        """All entries in the order of their nicknames, and the unfinished publications that are no entries yet.

        Raises:
            CatalogError: ``not_found`` when the catalog's folder is not there, ``forbidden`` when it may not be listed.
        """
        with self._reading:
            names = store.names()
            unfinished = set(store.unfinished())
            self._read = {name: self._entry(store, name, self._read) for name in names}
            listed = [entry for _, entry in self._read.values()]
        marked = [replace(entry, unfinished=True) if entry.name in unfinished else entry for entry in listed]
        return marked, sorted(unfinished - self._read.keys())

    def _entry(
        self, store: Store, name: str, former: Mapping[str, tuple[_Signature, Listed]]
    ) -> tuple[_Signature, Listed]:
        signature = _signature(store.root / name / RECORD_FILE)
        known = former.get(name)
        if known is not None and known[0] == signature and known[1].stored is not None:
            return known
        try:
            return signature, Listed(name, store.read(name))
        except CatalogError as err:
            return signature, Listed(name, None, err.detail)


def _signature(path: Path) -> _Signature:
    """Differs whenever the file has been replaced or written."""
    try:
        status = os.stat(path)  # noqa: PTH116 - a thousand of them for each look at the list
    except OSError:
        return (0, 0, 0)
    return (status.st_mtime_ns, status.st_size, status.st_ino)
