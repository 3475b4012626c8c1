"""What was found of who can read the data: kept for a while, and for the next server."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Mapping

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.inspection.access import Access
from huggingnersc_lab.inspection.prober import prober
from huggingnersc_lab.store import Store

FRESH_SECONDS = 60.0
"""So long what was found is good; a mended right should show soon."""

READABLE_SECONDS = 600.0
"""So long it is good that data can be read."""


class Looks:
    """The last look at each dataset's data. May be used from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: dict[str, tuple[str, Access]] = {}

    def known(self, name: str, path: str) -> Access | None:
        """What was found last, however long ago; None where nobody has looked, or the data was elsewhere then.

        Args:
            name: nickname of the dataset.
            path: where its data is.
        """
        with self._lock:
            known = self._known.get(name)
        return known[1] if known and known[0] == path else None

    def look(self, paths: Mapping[str, str], *, check: bool = False) -> dict[str, Access]:
        """Whether the data can be read, by nickname.

        Args:
            paths: by nickname, where the data is; the most urgent ones first.
            check: look even where the last look is fresh.
        """
        known = {name: self.known(name, path) for name, path in paths.items()}
        stale = [name for name, access in known.items() if check or access is None or not is_fresh(access)]
        found = prober().look([paths[name] for name in stale])
        fresh = {name: found[paths[name]] for name in stale}
        with self._lock:
            self._known |= {name: (paths[name], access) for name, access in fresh.items()}
        return {name: access for name in paths if (access := fresh.get(name) or known[name])}


def data_paths(store: Store, names: Iterable[str]) -> dict[str, str]:
    """Where the data of some datasets is; those of which nobody says so, or nothing can be read, are left out."""
    paths = {}
    for name in names:
        try:
            path = store.read(name).record.data_path
        except CatalogError:
            continue
        if path:
            paths[name] = path
    return paths


def is_fresh(access: Access) -> bool:
    """Whether what was found is good for now."""
    return time.time() - access.checked_at < (READABLE_SECONDS if access.status == "readable" else FRESH_SECONDS)
