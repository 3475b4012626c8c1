"""Whether publications were left unfinished, answered at once even if the catalog's file system hangs."""

from __future__ import annotations

import threading

from huggingnersc_lab.sites import Site
from huggingnersc_lab.workers import disk
from huggingnersc_lab.workers.calls import UnansweredError

PATIENCE_SECONDS = 0.5
"""How long to wait for another thread's check; after that, the last known answer is returned."""


class Leftovers:
    """Looks for stagings in a site's catalog. Thread-safe; at most one thread waits for the catalog.

    Args:
        site: the centre.
    """

    def __init__(self, site: Site) -> None:
        self._root = site.catalog_root
        self._asking = threading.Lock()
        self._known: dict[str, bool] = {}

    def has(self, name: str) -> bool:
        """Whether there is an unfinished publication with a nickname.

        If the catalog does not respond, the last known answer is returned; if there is none, True.
        """
        if self._root is None or not name or "/" in name:
            return False
        if self._asking.acquire(timeout=PATIENCE_SECONDS):
            try:
                self._known[name] = disk.look(f"{self._root}/.{name}.staging").is_folder
            except UnansweredError:
                pass
            except ValueError:  # an invalid folder name
                return False
            finally:
                self._asking.release()
        return self._known.get(name, True)
