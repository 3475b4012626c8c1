"""Torrents that other programs accept, and that are the same each time."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import libtorrent
import pytest
from torrentool.api import Torrent

from huggingnersc_lab.channels.torrent import store
from huggingnersc_lab.channels.torrent.metainfo import bencode, read_metainfo
from huggingnersc_lab.errors import CatalogError
from tests.channels.desk import Desk


def torrent_of(desk: Desk) -> Path:
    ((_, metainfo, _),) = store.require_kept(desk.dataset)
    return store.path_of(desk.dataset, metainfo)


def said(*command: str | Path) -> str:
    return subprocess.run(list(map(str, command)), check=True, capture_output=True, text=True).stdout


def require(program: str) -> str:
    found = shutil.which(program)
    if not found:
        pytest.skip(f"{program} is not installed: 'make test' installs it where it can")
    return found


def test_four_programs_accept_it_and_agree_on_its_infohash(desk: Desk, data: Path) -> None:
    outcome = desk.run("create", tracker=["http://127.0.0.1:1/announce"], web_seed=["http://127.0.0.1:2/share/sky"])
    (way,) = desk.record.distributions
    assert (way.channel, way.bytes, way.label, way.state) == ("torrent", 1_012_067, None, None)
    path = torrent_of(desk)
    assert outcome.path == path
    found = libtorrent.torrent_info(str(path))
    assert str(found.info_hashes().v1) == way.infohash
    assert Torrent.from_file(path).info_hash == way.infohash
    assert f"Info Hash: {way.infohash}" in said(require("aria2c"), "--show-files", path)
    assert f"Hash: {way.infohash}" in said(require("transmission-show"), path)
    assert way.url.startswith(f"magnet:?xt=urn:btih:{way.infohash}&dn=sky&xl=1012067&tr=")


def test_its_infohash_is_that_of_mktorrent_where_the_order_is_the_same(desk: Desk, data: Path, tmp_path: Path) -> None:
    single = data / "maps" / "north.bin"
    desk.change(data_path=str(single))
    desk.run("create", tracker=["http://127.0.0.1:1/announce"])
    other = tmp_path / "other.torrent"
    said(require("mktorrent"), "-l", "18", "-a", "http://127.0.0.1:1/announce", "-o", other, single)
    assert read_metainfo(other.read_bytes()).infohash == desk.record.distributions[0].infohash
    # Of a folder mktorrent has an order of its own: in that order the pieces, and so the infohash, are equal.
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "only.bin").write_bytes(b"x" * 1_000_000)
    desk.change(data_path=str(folder), distributions=())
    desk.run("create")
    other.unlink()
    said(require("mktorrent"), "-l", "18", "-a", "http://127.0.0.1:1/announce", "-o", other, folder)
    assert read_metainfo(other.read_bytes()).infohash == desk.record.distributions[0].infohash


def test_the_files_are_in_the_order_of_their_bytes(desk: Desk) -> None:
    desk.run("create")
    metainfo = read_metainfo(torrent_of(desk).read_bytes())
    assert ["/".join(path) for path, _ in metainfo.files] == [
        "maps.txt",
        "maps/empty.txt",
        "maps/north.bin",
        "maps/south.bin",
        "read me \u00fc.txt",
    ]


def test_it_is_the_same_each_time_and_reads_nothing_again(desk: Desk) -> None:
    desk.run("create")
    first = torrent_of(desk).read_bytes()
    desk.logged.clear()
    desk.run("create")
    assert torrent_of(desk).read_bytes() == first
    assert not any("'bytes_done': 1" in line for line in desk.logged)


def test_the_data_is_known_from_then_on_and_a_change_shows(desk: Desk, data: Path) -> None:
    desk.run("create", tracker=["udp://tracker.example.org:1"])
    contents = desk.record.contents
    assert contents is not None
    assert (contents.files, contents.bytes) == (5, 1_012_067)
    assert desk.record.distributions[0].data_fingerprint == contents.fingerprint
    assert desk.channel.status(desk.dataset, desk.ledger).state == "shared"
    desk.change(contents=replace(contents, fingerprint="data-blake3:other"))
    assert desk.channel.status(desk.dataset, desk.ledger).state == "outdated"
    (data / "maps.txt").write_text("changed\n")
    before = desk.record.distributions[0].infohash
    desk.run("create", tracker=["udp://tracker.example.org:1"])
    assert desk.record.distributions[0].infohash != before
    assert desk.channel.status(desk.dataset, desk.ledger).state == "shared"


def test_a_split_dataset_has_a_torrent_for_each_part(desk: Desk, data: Path) -> None:
    desk.change(portal_link="https://portal.nersc.gov/cfs/m1/sky")
    outcome = desk.run("create", split=True)
    ways = desk.record.distributions
    assert [way.label for way in ways] == ["maps", "maps.txt", "read me \u00fc.txt"]
    assert len({way.infohash for way in ways}) == 3
    assert outcome.text.startswith("3 torrents were created")
    seeds = {way.label: metainfo.web_seeds for way, metainfo, _ in store.require_kept(desk.dataset)}
    assert seeds["maps"] == ("https://portal.nersc.gov/cfs/m1/sky/",)
    assert seeds["maps.txt"] == ("https://portal.nersc.gov/cfs/m1/sky/maps.txt",)


def test_a_private_one_says_so(desk: Desk) -> None:
    desk.run("create", private=True)
    assert bencode.decode(torrent_of(desk).read_bytes())[b"info"][b"private"] == 1


def test_a_public_folder_gets_a_copy_for_readers(desk: Desk, tmp_path: Path) -> None:
    public = tmp_path / "www"
    public.mkdir()
    desk.settings.update(folder=str(public), url="https://portal.nersc.gov/torrents/")
    desk.run("create")
    (copy,) = public.iterdir()
    assert copy.read_bytes() == torrent_of(desk).read_bytes()
    assert desk.record.distributions[0].url == f"https://portal.nersc.gov/torrents/{copy.name}"
    assert copy.stat().st_mode & 0o777 == 0o644
    desk.run("create", private=True)
    assert len(list(public.iterdir())) == 1


def test_a_passkey_never_gets_into_it(desk: Desk) -> None:
    address = "https://academictorrents.com/announce.php?passkey=0123456789abcdef"
    assert desk.missing("create", {"tracker": [address]}) == ["/options/tracker/0"]


@pytest.mark.parametrize(
    ("name", "content"), [("new\nline.txt", b"a"), ("x" * 255, b"a"), ("UPPER", b"a"), ("upper", b"b")]
)
def test_odd_names_are_shared_as_they_are(desk: Desk, data: Path, name: str, content: bytes) -> None:
    (data / name).write_bytes(content)
    desk.run("create")
    files = [path[-1] for path, _ in read_metainfo(torrent_of(desk).read_bytes()).files]
    assert name in files


def test_a_name_that_is_not_utf_8_is_refused_by_name(desk: Desk, data: Path) -> None:
    (data / b"caf\xe9.txt".decode("utf-8", "surrogateescape")).write_text("a")
    with pytest.raises(CatalogError, match=r"caf\\xe9.txt' is not UTF-8") as caught:
        desk.run("create")
    assert caught.value.code == "invalid_record"
    assert desk.record.distributions == ()


def test_a_file_that_cannot_be_read_is_named(desk: Desk, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from huggingnersc_lab.channels.torrent import parts

    listed = parts.walk

    def walk(root: Path) -> list[object]:
        found = list(listed(root))
        (data / "maps" / "south.bin").unlink(missing_ok=True)
        return found

    monkeypatch.setattr(parts, "walk", walk)
    with pytest.raises(CatalogError, match=r"maps/south\.bin") as caught:
        desk.run("create")
    assert caught.value.code == "conflict"
    assert "Nothing was made" in caught.value.detail


def test_without_data_there_is_nothing_to_share(desk: Desk, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    (empty / "nothing.txt").write_text("")
    desk.change(data_path=str(empty))
    with pytest.raises(CatalogError, match="nothing to share"):
        desk.run("create")
    desk.change(data_path=str(tmp_path / "gone"))
    with pytest.raises(CatalogError) as caught:
        desk.run("create")
    assert caught.value.code == "not_found"
    desk.change(data_path=None)
    assert desk.missing("create") == ["/data_path"]
    assert desk.missing("create", {"piece_size": "3MiB"}) == ["/data_path", "/options/piece_size"]
