"""The last listing of the organization's datasets on the Hub.

The listing is stored in a private file in the user's cache folder, one per account and Hub, and refreshed in the
background. Nobody waits for it, and the last one is kept if the Hub does not respond.
"""

from __future__ import annotations

import json
import threading
import time
import zlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from huggingnersc_lab.account.connection import Viewer
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hub import HubDataset
from huggingnersc_lab.hub.repeats import asked_wait
from huggingnersc_lab.private_files import make_private_folder, write_private

FRESH_SECONDS = 300.0
"""How long a listing is fresh, unless a newer one is requested."""

AGAIN_SECONDS = 30.0
"""When to ask a Hub again after a failure."""

_KEPT_SECONDS = 30 * 86_400.0
"""A listing that was not used for this long is deleted."""

_VERSION = 1


@dataclass(frozen=True)
class Listed:
    """The last listing.

    Attributes:
        key: the account it belongs to; see :class:`Viewer`.
        datasets: the organization's datasets; None if they were not listed yet.
        as_of: time of the listing, in seconds since 1970.
    """

    key: str = ""
    datasets: tuple[HubDataset, ...] | None = None
    as_of: float | None = None

    @cached_property
    def by_id(self) -> Mapping[str, HubDataset]:
        """The datasets by lower-case ``repo_id``, since the Hub ignores case."""
        return {dataset.repo_id.lower(): dataset for dataset in self.datasets or ()}

    @cached_property
    def fingerprints(self) -> Mapping[str, str]:
        """A fingerprint of each dataset, by the same key."""
        return {repo_id: f"{zlib.crc32(repr(dataset).encode()):x}" for repo_id, dataset in self.by_id.items()}


class Listing:
    """Caches the listing. Thread-safe.

    Args:
        viewer: the current Hub account.
        folder: where listings are stored; the user's cache folder if None.
    """

    def __init__(self, viewer: Callable[[], Viewer], folder: Path | None = None) -> None:
        self._viewer = viewer
        self._folder = folder
        self._reading = threading.Lock()
        self._starting = threading.Lock()
        self._asking = threading.Event()
        self._thread: threading.Thread | None = None
        self._last: tuple[object, Listed] = (None, Listed())
        self._failures: dict[str, _Failure] = {}

    def known(self) -> Listed:
        """The last listing for the current account."""
        return self._known(self._viewer().key)

    def known_as(self, key: str) -> Listed:
        """The last listing for the account with that key."""
        return self._known(key)

    def problem(self) -> str | None:
        """Why the current account has no newer listing, if the last request failed."""
        failure = self._failures.get(self._viewer().key)
        return failure.detail or None if failure else None

    @property
    def is_asking(self) -> bool:
        """Whether a request is running."""
        return self._asking.is_set()

    def refresh(self, *, force: bool = False) -> None:
        """Start to ask the Hub in the background, unless the listing is fresh or the Hub wants a pause.

        Args:
            force: ask even if it is fresh.
        """
        viewer = self._viewer()
        with self._starting:
            if self._asking.is_set() or not self._is_due(viewer.key, force=force):
                return
            self._asking.set()
            self._thread = threading.Thread(target=self._ask, args=(viewer,), name="huggingnersc-listing", daemon=True)
            self._thread.start()

    def wait(self, seconds: float) -> None:
        """Wait for a running request, at most this long."""
        if self._thread is not None:
            self._thread.join(seconds)

    def _is_due(self, key: str, *, force: bool = False) -> bool:
        failure = self._failures.get(key)
        if failure is not None and time.monotonic() < (failure.pause_until if force else failure.again_at):
            return False
        return force or not _is_fresh(self._known(key))

    def _ask(self, viewer: Viewer) -> None:
        try:
            hub = viewer.connect()
            self._keep(Listed(viewer.key, hub.list_datasets(), time.time()))
            self._failures.pop(viewer.key, None)
        except CatalogError as err:
            wait = asked_wait(err.__cause__) if isinstance(err.__cause__, Exception) else None
            self._failures[viewer.key] = _Failure.now(err.detail, wait or 0.0)
        else:
            if hub.rate.remaining == 0:
                self._failures[viewer.key] = _Failure.now("", hub.rate.reset_seconds or 0.0)
        finally:
            self._asking.clear()

    def _known(self, key: str) -> Listed:
        path = self._path(key)
        with self._reading:
            sign = _sign(path)
            if sign is None or self._last[0] == sign:
                return self._last[1] if self._last[1].key == key else Listed(key)
            self._last = sign, _read(path, key)
            return self._last[1]

    def _keep(self, listed: Listed) -> None:
        path = self._path(listed.key)
        # Errors such as a full disk or an unwritable folder are ignored: the caller already has the listing.
        with suppress(OSError):
            make_private_folder(path.parent)
            datasets = [dataset.to_dict() for dataset in listed.datasets or ()]
            document = {"version": _VERSION, "as_of": listed.as_of, "datasets": datasets}
            write_private(path, json.dumps(document, separators=(",", ":")).encode("utf-8", "replace"))
            for other in path.parent.glob("*.json"):
                if time.time() - other.stat().st_mtime > _KEPT_SECONDS:
                    other.unlink()
        with self._reading:
            self._last = _sign(path), listed

    def _path(self, key: str) -> Path:
        return (self._folder or _cache_folder()) / f"{key}.json"


@dataclass(frozen=True)
class _Failure:
    """Why there is no newer listing; times are of the monotonic clock."""

    detail: str
    again_at: float
    pause_until: float

    @classmethod
    def now(cls, detail: str, pause: float) -> _Failure:
        moment = time.monotonic()
        return cls(detail, moment + max(pause, AGAIN_SECONDS), moment + pause)


def _sign(path: Path) -> tuple[str, int, int] | None:
    """Changes whenever the file is replaced; None if there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return (path.name, status.st_mtime_ns, status.st_ino)


def _read(path: Path, key: str) -> Listed:
    """Parse a file; empty if it is damaged or of another version."""
    try:
        document = json.loads(path.read_bytes())
        if document["version"] != _VERSION:
            return Listed(key)
        return Listed(key, tuple(map(HubDataset.from_dict, document["datasets"])), float(document["as_of"]))
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return Listed(key)


def _is_fresh(listed: Listed) -> bool:
    return listed.as_of is not None and abs(time.time() - listed.as_of) < FRESH_SECONDS


def _cache_folder() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("huggingnersc") / "hub"
