"""What the organization has on the Hub, as it was listed last.

The list is kept in a private file of the user's caches, one for each account that looks at a Hub, and asked for anew in
the background. Nobody has to wait for it, and what is known stays when the Hub does not answer.
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

from huggingnersc_lab.catalog.connection import Viewer
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.files import make_private_folder, write_private
from huggingnersc_lab.hub import HubDataset
from huggingnersc_lab.hub.repeats import asked_wait

FRESH_SECONDS = 300.0
"""So long a list is good, unless somebody asks for another."""

AGAIN_SECONDS = 30.0
"""After so long a Hub that gave none is asked again."""

_KEPT_SECONDS = 30 * 86_400.0
"""A list that nobody has looked at for so long is deleted."""

_VERSION = 1


@dataclass(frozen=True)
class Listed:
    """What is known of the Hub.

    Attributes:
        key: whose view this is; see :class:`Viewer`.
        datasets: the organization's; None where nobody has listed them yet.
        as_of: when they were listed, in seconds since 1970.
    """

    key: str = ""
    datasets: tuple[HubDataset, ...] | None = None
    as_of: float | None = None

    @cached_property
    def by_id(self) -> Mapping[str, HubDataset]:
        """The datasets by their ``repo_id`` in small letters, since the Hub does not tell these from large ones."""
        return {dataset.repo_id.lower(): dataset for dataset in self.datasets or ()}

    @cached_property
    def signs(self) -> Mapping[str, str]:
        """By the same, a text that changes with the dataset."""
        return {repo_id: f"{zlib.crc32(repr(dataset).encode()):x}" for repo_id, dataset in self.by_id.items()}


class Listing:
    """Keeps the list. May be used from any thread.

    Args:
        viewer: who looks at the Hub just now.
        folder: where lists are kept; that of the user's caches when None.
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
        """What is known, as the present account sees it."""
        return self._known(self._viewer().key)

    def known_as(self, key: str) -> Listed:
        """What is known, as the account of that key sees it."""
        return self._known(key)

    def problem(self) -> str | None:
        """Why the present account got no newer list, if the last wish for one failed."""
        failure = self._failures.get(self._viewer().key)
        return failure.detail or None if failure else None

    @property
    def is_asking(self) -> bool:
        """Whether a newer one is on its way."""
        return self._asking.is_set()

    def refresh(self, *, force: bool = False) -> None:
        """Begin to ask the Hub, in the background, unless what is known is fresh, or the Hub wants a pause.

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
        """Wait so long at most for what :meth:`refresh` has begun."""
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
        # A full disk, or a folder that cannot be written, takes nothing from the one who looks now.
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
    """Why there is no newer list; the moments are of the monotonic clock."""

    detail: str
    again_at: float
    pause_until: float

    @classmethod
    def now(cls, detail: str, pause: float) -> _Failure:
        moment = time.monotonic()
        return cls(detail, moment + max(pause, AGAIN_SECONDS), moment + pause)


def _sign(path: Path) -> tuple[str, int, int] | None:
    """Differs whenever the file has been replaced; None where there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return (path.name, status.st_mtime_ns, status.st_ino)


def _read(path: Path, key: str) -> Listed:
    """What a file holds; nothing is known where it is damaged or of another version."""
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
