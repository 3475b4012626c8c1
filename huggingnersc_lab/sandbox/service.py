"""Finds the practice Hub of a storage folder, or starts it in the background or foreground."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.private_files import keep_private

from . import claims
from .accounts import Tokens
from .server import KNOWN, AlreadyRunningError, PracticeHub

_ATTEMPTS = 5


@dataclass(frozen=True)
class Connection:
    """A running practice Hub.

    Attributes:
        url: its URL, to be used as ``HfApi(endpoint=…)``.
        token: the token of the organization's admin.
        started_here: whether this call started it (and `close` stops it) or it was already running.
    """

    url: str
    token: str = field(repr=False)
    started_here: bool
    _hub: PracticeHub | None = field(default=None, repr=False, compare=False)

    def close(self) -> None:
        """Stops the Hub if it was started here; its data is kept on disk."""
        if self._hub is not None:
            self._hub.stop()


def connect(storage: Path, *, organization: str = "NERSC") -> Connection:
    """The practice Hub of `storage`: the running one, or one served by a thread of this process.

    Args:
        storage: folder for the practice Hub's data; created if it is missing.
        organization: name of the practice organization, if it is started here.

    Raises:
        CatalogError: ``conflict`` if a server of this folder neither responds nor is known to be
        dead, ``storage`` if the folder is not writable.
    """
    storage = Path(storage)
    with _told_plainly(storage):
        for _ in range(_ATTEMPTS):
            if (found := claims.running(storage)) is not None:
                return _found(storage, found, organization)
            hub = PracticeHub(storage, organization=organization)
            try:
                hub.start()
            except AlreadyRunningError:
                continue  # another process was faster: use its server
            return Connection(hub.url, hub.tokens["admin"], started_here=True, _hub=hub)
    raise CatalogError(
        "conflict",
        f"The practice Hub of {storage} is repeatedly started and stopped. Nothing was changed; try again later.",
    )


def serve(
    storage: Path,
    *,
    organization: str = "NERSC",
    port: int = 0,
    on_ready: Callable[[Connection], None],
) -> None:
    """Serves the practice Hub of `storage` until Ctrl-C or SIGTERM.

    Args:
        storage: folder for the practice Hub's data; created if it is missing.
        organization: name of the practice organization.
        port: TCP port on 127.0.0.1; 0 for the previous one, or any free one.
        on_ready: called when it accepts connections.

    Raises:
        CatalogError: ``conflict`` if one is already running or the port is taken, ``storage`` if
        the folder is not writable.
    """
    storage = Path(storage)
    hub = PracticeHub(storage, organization=organization, port=port)
    with _told_plainly(storage, port=port):
        try:
            hub.start()
        except AlreadyRunningError:
            found = claims.last_claim(storage)
            where = f" at {found.url} (process {found.pid} on {found.host})" if found else ""
            raise CatalogError(
                "conflict",
                f"The practice Hub of {storage} is already running{where}. Nothing was changed: "
                "use that one, stop it first, or choose another folder.",
            ) from None
    try:
        connection = Connection(hub.url, hub.tokens["admin"], started_here=True, _hub=hub)
        with _until_interrupted() as interrupted:
            on_ready(connection)
            interrupted.wait()
    except KeyboardInterrupt:
        pass
    finally:
        hub.stop()


def tokens(storage: Path) -> Mapping[str, str]:
    """The tokens of the practice Hub of `storage` by role, created if there are none yet.

    The keys are ``admin``, ``write``, ``contributor``, ``read``, ``read_scope`` (of the writer, but
    read-only) and ``outsider`` (not in the organization).

    Raises:
        CatalogError: ``storage`` if the folder is not writable.
    """
    storage = Path(storage)
    with _told_plainly(storage):
        keep_private(storage, KNOWN)
        return Tokens(storage).by_role


def _found(storage: Path, claim: claims.Claim, organization: str) -> Connection:
    if claim.organization != organization:
        raise CatalogError(
            "conflict",
            f"The practice Hub of {storage} is running for the organization {claim.organization}, "
            f"not for {organization}. Nothing was changed: stop it first, or choose another folder.",
        )
    return Connection(claim.url, Tokens(storage).by_role["admin"], started_here=False)


@contextlib.contextmanager
def _told_plainly(storage: Path, *, port: int = 0) -> Iterator[None]:
    try:
        yield
    except claims.NoAnswerError as error:
        claim = error.claim
        raise CatalogError(
            "conflict",
            f"The practice Hub of {storage} (process {claim.pid}, {claim.url}) does not respond. "
            "Nothing was changed: wait until it does, or stop that process and try again.",
        ) from error
    except OSError as error:
        if port:
            raise CatalogError(
                "conflict",
                f"The practice Hub cannot listen on port {port}: {error.strerror}. "
                "Nothing was changed: choose another port.",
            ) from error
        raise CatalogError(
            "storage",
            f"The practice Hub cannot use its folder {storage}: {error.strerror or error}. "
            "Nothing was published: make the folder writable or choose another.",
        ) from error


@contextlib.contextmanager
def _until_interrupted() -> Iterator[threading.Event]:
    """An event that SIGTERM sets; outside the main thread no signal arrives."""
    interrupted = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield interrupted
        return
    before = signal.signal(signal.SIGTERM, lambda *_: interrupted.set())
    try:
        yield interrupted
    finally:
        signal.signal(signal.SIGTERM, before)
