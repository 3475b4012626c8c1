"""Results of access checks: cached for a while, and in the user's cache folder for the next server."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Collection, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from huggingnersc_lab.access.access import Access
from huggingnersc_lab.access.prober import prober
from huggingnersc_lab.private_files import make_private_folder, write_private
from huggingnersc_lab.record.model import DatasetRecord

FRESH_SECONDS = 60.0
"""How long a result is valid; short, so that fixed permissions show soon."""

READABLE_SECONDS = 600.0
"""How long a result is valid if the data is readable."""

LATE_SECONDS = 6 * 3600.0
"""When a sweep checks readable data again; other data after a tenth of this."""

SWEEP_SECONDS = 5.0
"""How long a sweep runs at most."""

FACET = {"readable": "open", "unreadable": "ask", "missing": "missing", "unknown": "unknown"}
"""The facet by which a list of datasets is filtered by access."""

_FACETS = {facet: {"access": (facet,)} for facet in FACET.values()}
_VERSION = 1
_NEVER = Access("unknown", checked_at=0.0)

Known = tuple[str, Access]
"""A data path and the last result for it."""


class AccessCache:
    """The last access check of each dataset's data. Thread-safe.

    Args:
        file: where results are stored; only in memory if None.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._lock = threading.Lock()
        self._known: dict[str, Known] = {}
        self._version = 0
        self._is_saved = True
        self._sign: tuple[int, int, int] | None = None

    def known(self, name: str, path: str) -> Access | None:
        """The last result, however old; None if there is none, or the data was elsewhere then.

        Args:
            name: nickname of the dataset.
            path: path of its data.
        """
        known = self._known.get(name)
        return known[1] if known and known[0] == path and known[1].checked_at else None

    def version(self) -> int:
        """Increases whenever a facet may have changed, even if another server of this user changed it."""
        self._sync()
        return self._version

    def facets(self, name: str) -> Mapping[str, tuple[str, ...]]:
        """The facet values of a dataset, once its data was checked."""
        facet = self._facet(name)
        return _FACETS[facet] if facet else {}

    def note(self, record: DatasetRecord) -> None:
        """Remember where a dataset's data is."""
        path = record.data_path or ""
        with self._lock:
            if self._known.get(record.name, ("",))[0] != path:
                self._keep({record.name: (path, _NEVER)})
                self._is_saved = False

    def look(self, paths: Mapping[str, str], *, check: bool = False) -> dict[str, Access]:
        """Check whether the data can be read, by nickname.

        Args:
            paths: data paths by nickname; most urgent first.
            check: check again even if the last result is fresh.
        """
        known = {name: self.known(name, path) for name, path in paths.items()}
        stale = [name for name, access in known.items() if check or access is None or not is_fresh(access)]
        found = prober().look([paths[name] for name in stale])
        self._take(found, {name: paths[name] for name in stale})
        fresh = {name: found[paths[name]] for name in stale}
        return {name: access for name in paths if (access := fresh.get(name) or known[name])}

    def sweep(self, first: Mapping[str, str]) -> int:
        """Check data that was not checked recently, for a few seconds; return how many.

        Args:
            first: data paths of the most urgent datasets, by nickname.
        """
        everything = self._known.copy()
        everything |= {name: (path, self.known(name, path) or _NEVER) for name, path in first.items()}
        late = {name: known for name, known in everything.items() if known[0] and _is_late(known[1])}
        names = [name for name in first if name in late]
        names += sorted(late.keys() - first.keys(), key=lambda name: late[name][1].checked_at)
        paths = {name: late[name][0] for name in names}
        end = time.monotonic() + SWEEP_SECONDS
        found = prober().look(list(paths.values()), budget=SWEEP_SECONDS, at_once=1)
        if time.monotonic() >= end:  # the rest was not checked
            found = {path: access for path, access in found.items() if access.status != "unknown"}
        self._take(found, paths)
        self._is_saved = self._is_saved and not found  # so that the next server need not check again
        self._sync()
        return len(found)

    def settle(self, names: Collection[str]) -> None:
        """Forget datasets that no longer exist, and save the others."""
        with self._lock:
            self._known = {name: known for name, known in self._known.items() if name in names}
        self._sync()

    def _sync(self) -> None:
        """Load results of this user's other servers, and save those of this one."""
        if self._file is None:
            return
        with self._lock, suppress(OSError):  # without the file, results are still kept in memory
            self._load(self._file)
            if not self._is_saved:
                make_private_folder(self._file.parent)
                write_private(self._file, _dumped(self._known))
                self._is_saved, self._sign = True, _sign(self._file)

    def _facet(self, name: str) -> str | None:
        known = self._known.get(name)
        return FACET[known[1].status] if known and known[1].checked_at else None

    def _take(self, found: Mapping[str, Access], paths: Mapping[str, str]) -> None:
        with self._lock:
            news = {name: (path, found[path]) for name, path in paths.items() if path in found}
            self._is_saved = not self._keep(news) and self._is_saved

    def _keep(self, news: Mapping[str, Known]) -> bool:
        """Store new results; return whether a facet changes."""
        before = {name: self._facet(name) for name in news}
        self._known |= news
        is_changed = any(self._facet(name) != facet for name, facet in before.items())
        self._version += is_changed
        return is_changed

    def _load(self, file: Path) -> None:
        """Read the file if it has changed; of two results for the same path, the later one is kept."""
        sign = _sign(file)
        if sign is None or sign == self._sign:
            return
        self._sign = sign
        theirs = _loaded(file.read_bytes())
        self._keep({name: known for name, known in theirs.items() if self._is_news(name, known)})

    def _is_news(self, name: str, known: Known) -> bool:
        ours = self._known.get(name)
        return ours is None or ours[0] != known[0] or ours[1].checked_at < known[1].checked_at


def is_fresh(access: Access) -> bool:
    """Whether a result is still valid."""
    return time.time() - access.checked_at < (READABLE_SECONDS if access.status == "readable" else FRESH_SECONDS)


def _is_late(access: Access) -> bool:
    return time.time() - access.checked_at > (LATE_SECONDS if access.status == "readable" else LATE_SECONDS / 10)


def _sign(file: Path) -> tuple[int, int, int] | None:
    try:
        status = file.stat()
    except FileNotFoundError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino


def _dumped(known: Mapping[str, Known]) -> bytes:
    looks = {
        name: [path, {member: value for member, value in vars(access).items() if value is not None}]
        for name, (path, access) in known.items()
    }
    return json.dumps({"version": _VERSION, "looks": looks}, separators=(",", ":")).encode()


def _loaded(content: bytes) -> dict[str, Known]:
    """Parse the file; empty if it is damaged or of another version: everything can be checked again."""
    try:
        document: dict[str, Any] = json.loads(content)
        if document["version"] != _VERSION:
            return {}
        return {str(name): _known(*look) for name, look in document["looks"].items()}
    except (ValueError, TypeError, LookupError, AttributeError):
        return {}


def _known(path: Any, access: Any) -> Known:
    if not isinstance(path, str) or access["status"] not in FACET or not isinstance(access["checked_at"], int | float):
        raise TypeError("no look")
    return path, Access(**access)
