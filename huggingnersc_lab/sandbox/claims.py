"""One server per storage folder, without file locks (which shared file systems may lack).

To serve, a process creates the next numbered claim, ``service/NNNNNNNN.json``, with an exclusive
link: if several try at once, exactly one gets the number, and the others find its claim. A claim
whose server no longer responds counts as dead and is superseded by the next number; the highest one
is never deleted, so a slow starter cannot take an old number unnoticed. ``hub.json`` is a copy of
the highest claim for people and other programs.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import socket
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from huggingnersc_lab.private_files import create_private, write_private
from huggingnersc_lab.processes import started_at

HEARTBEAT_SECONDS = 10.0
"""How often a server touches its claim, for processes on other machines."""
_SILENT_SECONDS = 60.0
_ASK_SECONDS = 2.0
_ASK_TIMES = 3


@dataclass(frozen=True)
class Claim:
    """The current or last server of a storage folder."""

    url: str
    pid: int
    host: str
    instance: str
    """A new random value for each server; empty when it has stopped."""
    organization: str
    started: float
    """Seconds since the epoch."""


class NoAnswerError(Exception):
    """The server of a claim neither responds nor is known to be dead."""

    def __init__(self, claim: Claim, path: Path) -> None:
        super().__init__(claim, path)
        self.claim = claim
        self.path = path


def last_claim(storage: Path) -> Claim | None:
    """The newest claim, whether its server is running or not."""
    newest = _newest(storage)
    return newest[1] if newest else None


def running(storage: Path) -> Claim | None:
    """The claim of the server that currently serves `storage`, if there is one.

    Raises:
        NoAnswerError: it may be running, but does not respond.
    """
    newest = _newest(storage)
    return newest[1] if newest and _is_alive(storage, *newest) else None


def make_claim(storage: Path, *, url: str, instance: str, organization: str) -> Path | None:
    """Claims `storage` for the server at `url`; None if another one has it. Raises `NoAnswerError`.

    The server must already listen: others may contact it at once.
    """
    claim = Claim(url, os.getpid(), socket.gethostname(), instance, organization, time.time())
    content = _dumped(claim)
    folder = storage / "service"
    folder.mkdir(exist_ok=True, mode=0o700)
    while True:
        newest = _newest(storage)
        # A claim with our own address is dead: we have its port.
        if newest and newest[1].url != url and _is_alive(storage, *newest):
            return None
        path = _path(storage, newest[0] + 1 if newest else 1)
        if not create_private(path, content):
            continue
        if _numbers(storage)[-1] != int(path.stem):  # others have continued during a long pause before the link
            path.unlink()
            continue
        write_private(storage / "hub.json", content)
        for number in _numbers(storage)[:-1]:
            _path(storage, number).unlink(missing_ok=True)
        return path


def end_claim(storage: Path, path: Path) -> None:
    """Marks the claim at `path` as stopped, and removes ``hub.json``.

    The claim itself is kept: its number counts, and the next server prefers its port.
    """
    claim = _read(path)
    if path.exists():
        write_private(path, _dumped(replace(claim, instance="")))
    with contextlib.suppress(FileNotFoundError, ValueError, KeyError, TypeError):
        current = storage / "hub.json"
        if json.loads(current.read_text(encoding="utf-8"))["instance"] == claim.instance:
            current.unlink()


def _is_alive(storage: Path, number: int, claim: Claim) -> bool:
    if not claim.instance:
        return False
    if claim.host != socket.gethostname():
        return _is_touched(storage, number)
    for _ in range(_ASK_TIMES):
        if (answer := _ask(claim)) is not None:
            return answer
    raise NoAnswerError(claim, _path(storage, number))


def _ask(claim: Claim) -> bool | None:
    """Whether the server of a claim is running; None if it is silent but its process exists."""
    address = urlsplit(claim.url)
    # http.client, not urllib: no proxy may be used for this machine.
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=_ASK_SECONDS)
    try:
        connection.request("GET", "/practice/instance")
        answer = json.loads(connection.getresponse().read())
        return isinstance(answer, dict) and answer.get("instance") == claim.instance
    except TimeoutError:
        return None if started_at(claim.pid) else False
    except (OSError, http.client.HTTPException, ValueError):
        return False
    finally:
        connection.close()


def _is_touched(storage: Path, number: int) -> bool:
    """Whether a server elsewhere touched its claim recently, by the file system's own clock."""
    probe = storage / f".clock.{os.getpid()}"
    probe.touch()
    try:
        return probe.stat().st_mtime - _path(storage, number).stat().st_mtime < _SILENT_SECONDS
    finally:
        probe.unlink()


def _newest(storage: Path) -> tuple[int, Claim] | None:
    while numbers := _numbers(storage):
        path = _path(storage, numbers[-1])
        if path.exists():
            return numbers[-1], _read(path)
    return None


def _dumped(claim: Claim) -> bytes:
    return json.dumps(asdict(claim), indent=1).encode()


def _read(path: Path) -> Claim:
    try:
        return Claim(**json.loads(path.read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError, TypeError):  # only its number is of use
        return Claim("http://127.0.0.1:0", 0, socket.gethostname(), "", "", 0.0)


def _numbers(storage: Path) -> list[int]:
    return sorted(int(path.stem) for path in (storage / "service").glob("*.json") if path.stem.isdigit())


def _path(storage: Path, number: int) -> Path:
    return storage / "service" / f"{number:08d}.json"
