"""A real swarm on loopback: opentracker, our seeder, aria2c or libtorrent as downloader; and a web seed by itself."""

from __future__ import annotations

import filecmp
import os
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from huggingnersc_lab.channels.torrent import engine, store
from huggingnersc_lab.channels.torrent.metainfo import read_metainfo
from huggingnersc_lab.errors import CatalogError
from tests.channels.desk import Desk
from tests.channels.torrent.scenarios.web import serve_folder

PATIENCE = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def tracker(folder: Path, port: int, infohash: str) -> Iterator[None]:
    """Debian's opentracker, which serves the torrents of a list."""
    program = shutil.which("opentracker")
    if not program:
        pytest.skip("opentracker is not installed: 'make test' installs it where it can")
    folder.mkdir()
    folder.chmod(0o755)
    (folder / "white").write_text(f"{infohash}\n")
    command = [program, "-i", "127.0.0.1", "-p", str(port), "-P", str(port), "-d", str(folder), "-w", "white"]
    if os.geteuid() == 0:
        command += ["-u", "nobody"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as child:
        try:
            yield
        finally:
            child.kill()


@contextmanager
def seeding(desk: Desk) -> Iterator[list[str]]:
    """Our own *seed* in a thread, until the end of the block."""
    stop = threading.Event()
    failures: list[str] = []

    def report(_peers: int, _sent: int) -> None:
        if stop.is_set():
            raise KeyboardInterrupt

    def work() -> None:
        ((_, metainfo, _),) = store.require_kept(desk.dataset)
        torrent = store.path_of(desk.dataset, metainfo)
        try:
            engine.seed(torrent, Path(str(desk.record.data_path)).parent, report, until=None)
        except KeyboardInterrupt:
            pass
        except CatalogError as err:
            failures.append(str(err))

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield failures
    finally:
        stop.set()
        thread.join(PATIENCE)


def same(left: Path, right: Path) -> bool:
    """Whether two folders hold the same files with the same content."""
    names = [str(path.relative_to(left)) for path in left.rglob("*") if path.is_file()]
    others = [str(path.relative_to(right)) for path in right.rglob("*") if path.is_file()]
    matching, wrong, odd = filecmp.cmpfiles(left, right, names, shallow=False)
    return sorted(names) == sorted(others) and len(matching) == len(names) and not wrong and not odd


@pytest.fixture(params=["aria2c", "libtorrent"])
def program(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Each of the programs that download."""
    if request.param == "libtorrent":
        monkeypatch.setattr(engine, "which", lambda _: None)
    elif not shutil.which("aria2c"):
        pytest.skip("aria2c is not installed: 'make test' installs it where it can")
    return str(request.param)


def test_a_swarm_brings_the_data_whole(desk: Desk, data: Path, tmp_path: Path, program: str) -> None:
    port = free_port()
    desk.run("create", tracker=[f"http://127.0.0.1:{port}/announce"])
    ((_, metainfo, _),) = store.require_kept(desk.dataset)
    target = tmp_path / "downloads"
    target.mkdir()
    with tracker(tmp_path / "tracker", port, metainfo.infohash), seeding(desk) as failures:
        outcome = desk.run("download", to=str(target), give_up=1)
    assert failures == []
    assert same(data, target / "sky")
    assert outcome.path == target / "sky"


def test_a_web_seed_is_enough(desk: Desk, data: Path, tmp_path: Path, program: str) -> None:
    target = tmp_path / "downloads"
    target.mkdir()
    with serve_folder(data.parent) as web:
        desk.run("create", tracker=["http://127.0.0.1:1/announce"], web_seed=[f"{web.url}/sky"])
        desk.run("download", to=str(target), give_up=1)
    assert same(data, target / "sky")


def test_what_is_there_is_kept_and_what_is_damaged_is_brought_again(desk: Desk, data: Path, tmp_path: Path) -> None:
    target = tmp_path / "downloads"
    target.mkdir()
    with serve_folder(data.parent) as web:
        desk.run("create", tracker=["http://127.0.0.1:1/announce"], web_seed=[f"{web.url}/sky"])
        desk.run("download", to=str(target), give_up=1)
        asked = web.asked
        desk.run("download", to=str(target), give_up=1)
        assert web.asked == asked
        damaged = target / "sky" / "maps" / "south.bin"
        damaged.write_bytes(b"x" * damaged.stat().st_size)
        desk.run("download", to=str(target), give_up=1)
    assert same(data, target / "sky")


def test_data_that_changed_is_not_seeded(desk: Desk, data: Path) -> None:
    desk.run("create", tracker=["http://127.0.0.1:1/announce"])
    (data / "maps" / "north.bin").write_bytes(b"y" * 512_000)
    with seeding(desk) as failures:
        deadline = time.monotonic() + PATIENCE
        while not failures and time.monotonic() < deadline:
            time.sleep(0.1)
    assert "of the data fits the torrent. Nothing was seeded" in failures[0]
    assert (data / "maps" / "north.bin").read_bytes() == b"y" * 512_000


def test_nobody_has_it(desk: Desk, tmp_path: Path) -> None:
    target = tmp_path / "downloads"
    target.mkdir()
    desk.run("create", tracker=["http://127.0.0.1:1/announce"])
    ((_, _, data),) = store.require_kept(desk.dataset)
    torrent = tmp_path / "sky.torrent"
    torrent.write_bytes(data)
    with pytest.raises(CatalogError, match="The download ended") as caught:
        engine.download(torrent, read_metainfo(data), target, lambda *_: None, stop_after=3)
    assert caught.value.code == "upstream"
    assert "What has come is kept" in caught.value.detail


def test_without_a_program_it_says_which_to_install(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "which", lambda _: None)
    monkeypatch.setattr(engine, "find_spec", lambda _: None)
    desk.run("create")
    with pytest.raises(CatalogError, match="install aria2") as caught:
        desk.run("download", to=".")
    assert caught.value.code == "not_found"


def test_seeding_is_for_sites_that_allow_it(desk: Desk) -> None:
    desk.run("create")
    assert "seed" not in desk.offered()
    with pytest.raises(CatalogError, match="does not allow seeding"):
        desk.run("seed", hours=0.0)
    desk.settings["seed"] = True
    assert "seed" in desk.offered()
    assert desk.run("seed", hours=0.0).text == "0 bytes were sent to peers."
