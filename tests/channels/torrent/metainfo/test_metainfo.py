from __future__ import annotations

from typing import Any

import libtorrent
import pytest

from huggingnersc_lab.channels.torrent.metainfo import Metainfo, bencode, read_metainfo
from huggingnersc_lab.errors import CatalogError

KIB = 1024
FOLDER = Metainfo(
    "sky",
    ((("a.txt",), 5), (("maps", "b.bin"), 0), (("maps", "c \u00fc.bin"), 20 * KIB)),
    16 * KIB,
    b"x" * 40,
    ("http://127.0.0.1:1/announce", "udp://127.0.0.1:2"),
    ("http://127.0.0.1:3/data/",),
    comment="https://example.org",
)
SINGLE = Metainfo("sky.bin", (((), 5),), 16 * KIB, b"x" * 20, is_private=True)


@pytest.mark.parametrize("metainfo", [FOLDER, SINGLE])
def test_libtorrent_reads_what_is_written(metainfo: Metainfo) -> None:
    found = libtorrent.torrent_info(libtorrent.bdecode(metainfo.to_bytes()))
    assert str(found.info_hashes().v1) == metainfo.infohash
    assert (found.name(), found.total_size(), found.priv()) == (
        metainfo.name,
        metainfo.total_bytes,
        metainfo.is_private,
    )
    files = found.layout() if hasattr(found, "layout") else found.files()
    paths = [files.file_path(index) for index in range(files.num_files())]
    assert paths == ["/".join((metainfo.name, *path)) for path, _ in metainfo.files]


@pytest.mark.parametrize("metainfo", [FOLDER, SINGLE])
def test_what_is_written_is_read(metainfo: Metainfo) -> None:
    found = read_metainfo(metainfo.to_bytes())
    assert found == metainfo
    assert (found.infohash, found.is_single_file) == (metainfo.infohash, metainfo is SINGLE)


def test_a_magnet_link_has_all_that_finds_it() -> None:
    magnet = libtorrent.parse_magnet_uri(FOLDER.magnet())
    assert str(magnet.info_hashes.v1) == FOLDER.infohash
    assert (magnet.name, magnet.trackers, magnet.url_seeds) == (
        "sky",
        list(FOLDER.trackers),
        list(FOLDER.web_seeds),
    )


def test_what_stands_further_in_the_info_counts_for_the_infohash() -> None:
    data = bencode.decode(FOLDER.to_bytes())
    data[b"info"][b"source"] = b"elsewhere"
    found = read_metainfo(bencode.encode(data))
    assert found.infohash != FOLDER.infohash
    assert found.infohash == str(libtorrent.torrent_info(libtorrent.bdecode(bencode.encode(data))).info_hashes().v1)


def changed(path: tuple[Any, ...], value: Any) -> bytes:
    """The torrent of the folder with one thing changed; None takes it away."""
    data = bencode.decode(FOLDER.to_bytes())
    inner = data
    for step in path[:-1]:
        inner = inner[step]
    if value is None:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value
    return bencode.encode(data)


@pytest.mark.parametrize(
    ("path", "value", "reason"),
    [
        ((b"info",), None, "'info' is missing"),
        ((b"info",), b"text", "'info' is missing"),
        ((b"info", b"name"), b"..", "leads out"),
        ((b"info", b"name"), b"", "leads out"),
        ((b"info", b"name"), b"a/b", "leads out"),
        ((b"info", b"name"), b"a\0b", "leads out"),
        ((b"info", b"name"), b"x" * 256, "leads out"),
        ((b"info", b"name"), b"\xff", "not UTF-8"),
        ((b"info", b"files", 0, b"path"), [b"..", b"etc", b"passwd"], "leads out"),
        ((b"info", b"files", 0, b"path"), [b"/etc/passwd"], "leads out"),
        ((b"info", b"files", 0, b"path"), [b"..\\evil"], "leads out"),
        ((b"info", b"files", 0, b"path"), [], "has no name"),
        ((b"info", b"files", 0, b"path"), b"a.txt", "'path' is missing"),
        ((b"info", b"files", 0, b"path"), [b"maps", b"b.bin"], "a file twice"),
        ((b"info", b"files", 0, b"length"), -5, "negative"),
        ((b"info", b"files", 0, b"length"), 10**15, "do not fit"),
        ((b"info", b"files"), [], "no data"),
        ((b"info", b"piece length"), 1, "its pieces have 1 bytes"),
        ((b"info", b"piece length"), 2**60, "its pieces have"),
        ((b"info", b"piece length"), -16384, "its pieces have"),
        ((b"info", b"pieces"), b"x" * 41, "do not fit"),
        ((b"info", b"pieces"), b"", "do not fit"),
    ],
)
def test_a_hostile_torrent_is_refused(path: tuple[Any, ...], value: Any, reason: str) -> None:
    with pytest.raises(CatalogError, match=reason) as caught:
        read_metainfo(changed(path, value))
    assert caught.value.code == "invalid_record"


@pytest.mark.parametrize("data", [b"", b"<html>", b"d", b"le", b"i1e", b"d4:infod", b"l" * 10_000])
def test_what_is_no_torrent_is_refused(data: bytes) -> None:
    with pytest.raises(CatalogError, match="not a torrent file"):
        read_metainfo(data)


def test_one_of_version_2_only_is_refused() -> None:
    data = bencode.encode({"info": {"name": "a", "meta version": 2, "piece length": 16384, "file tree": {}}})
    with pytest.raises(CatalogError, match="version 2 only"):
        read_metainfo(data)


def test_odd_addresses_are_left_out() -> None:
    data = changed(
        (b"url-list",), [b"file:///etc", b"http://a/\x1b[2J", b"http://ok/", [b"http://too/"], 5, b"http://ok/"]
    )
    assert read_metainfo(data).web_seeds == ("http://ok/", "http://too/")
