"""Whether publications were left unfinished, told at once even while the catalog's file system hangs."""

from __future__ import annotations

import threading

from huggingnersc_lab.sites import Site
from huggingnersc_lab.workers import disk
from huggingnersc_lab.workers.calls import UnansweredError

PATIENCE_SECONDS = 0.5
"""So long one waits for another who asks; after that, what was known last is told."""


class Leftovers:
    """Looks for stagings in a site's catalog. May be used from any thread, of which one at most waits for the catalog.

    Args:
        site: the centre.
    """

    def __init__(self, site: Site) -> None:
        self._root = site.catalog_root
        self._asking = threading.Lock()
        self._known: dict[str, bool] = {}

    def has(self, name: str) -> bool:
        """Whether there is an unfinished publication of a nickname.

        While the catalog does not answer it is as it was last; where that is not known either there may be one.
        """
        if self._root is None or not name or "/" in name:
            return False
        if self._asking.acquire(timeout=PATIENCE_SECONDS):
            try:
                self._known[name] = disk.look(f"{self._root}/.{name}.staging").is_folder
            except UnansweredError:
                pass
            except ValueError:  # no folder can have that name
                return False
            finally:
                self._asking.release()
        return self._known.get(name, True)
