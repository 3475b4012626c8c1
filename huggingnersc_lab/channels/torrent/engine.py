"""The programs that speak BitTorrent: aria2c, else libtorrent, which downloads and seeds."""

from __future__ import annotations

import re
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from shutil import which
from typing import Any

from huggingnersc_lab.channels.torrent.metainfo import Metainfo
from huggingnersc_lab.errors import CatalogError

OnBytes = Callable[[int, str], None]
"""Told of the bytes that are there, and of the connections and speed in words."""

_READOUT = re.compile(r"\[#\w+ .*?/.*?\((?P<percent>\d+)%\)(?P<rest>[^\]]*)\]")
_INTERVAL = 0.5
_PATIENCE = 10.0
_LAST_LINES = 20

# What aria2 says by its exit status (its manual, EXIT STATUS), as a sentence.
_EXIT = {
    2: "no peer or web seed answered in time",
    3: "nobody has the data any more",
    6: "the network failed",
    7: "it was stopped before its end",
    9: "the disk is full",
    15: "a file could not be opened for writing",
    16: "a file could not be made",
    17: "the disk failed",
    18: "a folder could not be made",
    19: "no web seed's address could be looked up",
    22: "a web seed refused",
    24: "a web seed asks for a sign-in",
    32: "what came does not fit the torrent",
}


def download(torrent: Path, metainfo: Metainfo, folder: Path, on_bytes: OnBytes, *, stop_after: int) -> None:
    """Have the data of a torrent downloaded into a folder; what is there already is checked and kept.

    Args:
        torrent: the torrent file.
        metainfo: the same, read.
        folder: in which the torrent's file or folder is going to be.
        on_bytes: told how far it is.
        stop_after: seconds without any byte after which it is given up.

    Raises:
        CatalogError: ``upstream`` or ``storage`` with the program's reason, ``not_found`` without a program.
    """
    if program := which("aria2c"):
        _aria2(program, torrent, metainfo, folder, on_bytes, stop_after)
    elif find_spec("libtorrent") is not None:
        _libtorrent(torrent, metainfo, folder, on_bytes, stop_after)
    else:
        raise no_program()


def seed(torrent: Path, folder: Path, on_peers: Callable[[int, int], None], *, until: float | None) -> None:
    """Seed the data of a torrent from where it is, read-only, until somebody stops it.

    Args:
        torrent: the torrent file.
        folder: that the torrent's file or folder is in.
        on_peers: told of the number of peers, and of the bytes that were sent.
        until: ``time.monotonic()`` at which to end; None to go on.

    Raises:
        CatalogError: ``not_found`` without libtorrent, ``conflict`` if the data does not fit the torrent.
    """
    with _session() as (libtorrent, session):
        handle = _added(libtorrent, session, torrent, folder)
        # Checked first: what does not fit the torrent must not be offered.
        while handle.status().state in (libtorrent.torrent_status.checking_files, _resuming(libtorrent)):
            time.sleep(_INTERVAL)
        status = handle.status()
        if status.progress < 1:
            detail = (
                f"{status.progress:.0%} of the data fits the torrent. Nothing was seeded: create the torrent again."
            )
            raise CatalogError("conflict", detail)
        while until is None or time.monotonic() < until:
            status = handle.status()
            on_peers(status.num_peers, status.total_payload_upload)
            time.sleep(_INTERVAL)


def no_program() -> CatalogError:
    """The error where nothing speaks BitTorrent."""
    detail = (
        "There is no program for torrents here. Load or install aria2 (it has the command aria2c), or "
        "'pip install libtorrent'."
    )
    return CatalogError("not_found", detail)


def _aria2(program: str, torrent: Path, metainfo: Metainfo, folder: Path, on_bytes: OnBytes, stop_after: int) -> None:
    command = [
        program,
        "--no-conf=true",
        f"--dir={folder}",
        "--seed-time=0",
        "--check-integrity=true",
        "--continue=true",
        "--allow-overwrite=false",
        "--auto-file-renaming=false",
        "--file-allocation=none",
        "--follow-torrent=false",
        "--enable-color=false",
        "--show-console-readout=true",
        "--summary-interval=1",
        "--console-log-level=error",
        f"--bt-stop-timeout={stop_after}",
        f"--timeout={min(stop_after, 60)}",
        "--max-tries=5",
        f"--torrent-file={torrent}",
    ]
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    ) as child:
        lines: list[str] = []
        try:
            for line in child.stdout or ():
                if found := _READOUT.search(line):
                    on_bytes(metainfo.total_bytes * int(found["percent"]) // 100, _words(found["rest"]))
                elif line.strip():
                    lines = [*lines[-_LAST_LINES:], line.strip()]
            code = child.wait()
        except BaseException:
            child.terminate()  # it writes down what it has, to go on from there
            try:
                child.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                child.kill()
            raise
    if code:
        raise _failure(code, lines)


def _failure(code: int, lines: list[str]) -> CatalogError:
    said = next((line for line in reversed(lines) if "rrorCode" in line or "xception" in line), "")
    reason = _EXIT.get(code, f"aria2c ended with status {code}" + (f": {said[:200]}" if said else ""))
    detail = f"The download ended: {reason}. What has come is kept, and is not downloaded again: start it once more."
    return CatalogError("storage" if code in (9, 15, 16, 17, 18) else "upstream", detail)


def _words(rest: str) -> str:
    found = dict(part.split(":", 1) for part in rest.split() if ":" in part)
    peers, speed = found.get("CN"), found.get("DL")
    words = ([f"{peers} connections"] if peers else []) + ([f"{speed}/s"] if speed else [])
    return ", ".join(words)


def _libtorrent(torrent: Path, metainfo: Metainfo, folder: Path, on_bytes: OnBytes, stop_after: int) -> None:
    with _session() as (libtorrent, session):
        handle = _added(libtorrent, session, torrent, folder, may_write=True)
        moved_at, last = time.monotonic(), -1
        while not (status := handle.status()).is_seeding:
            if status.errc.value():
                raise CatalogError("storage", f"The download ended: {status.errc.message()}. What has come is kept.")
            done = int(status.progress * metainfo.total_bytes)
            if done != last:
                moved_at, last = time.monotonic(), done
            if time.monotonic() - moved_at > stop_after:
                raise _failure(2, [])
            on_bytes(done, f"{status.num_peers} connections")
            time.sleep(_INTERVAL)
        # Pieces are written in another thread; it has been done once the cache was flushed.
        handle.flush_cache()
        session.pause()


@contextmanager
def _session() -> Iterator[tuple[Any, Any]]:
    try:
        import libtorrent
    except ImportError as err:
        detail = "Seeding needs libtorrent: 'pip install libtorrent' where the Jupyter server or the command runs."
        raise CatalogError("not_found", detail) from err
    session = libtorrent.session({"alert_mask": 0, "allow_multiple_connections_per_ip": True})
    try:
        yield libtorrent, session
    finally:
        session.pause()


def _added(libtorrent: Any, session: Any, torrent: Path, folder: Path, *, may_write: bool = False) -> Any:
    adding = libtorrent.add_torrent_params()
    adding.ti = libtorrent.torrent_info(str(torrent))
    adding.save_path = str(folder)
    adding.flags &= ~libtorrent.torrent_flags.auto_managed
    adding.flags &= ~libtorrent.torrent_flags.paused
    if not may_write:
        adding.flags |= libtorrent.torrent_flags.upload_mode
    return session.add_torrent(adding)


def _resuming(libtorrent: Any) -> Any:
    return libtorrent.torrent_status.checking_resume_data
