from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from huggingnersc_lab.channels.torrent import fetch, store
from huggingnersc_lab.channels.torrent.metainfo import Metainfo, bencode, read_metainfo
from huggingnersc_lab.errors import CatalogError
from tests.channels.desk import Desk
from tests.channels.stand_ins.academic_torrents import academic_torrents
from tests.channels.stand_ins.service import Reply, serve

SKY = Metainfo("sky.bin", (((), 5),), 16 * 1024, b"x" * 20)


def test_an_infohash_is_looked_for_at_academic_torrents() -> None:
    with academic_torrents() as (index, service):
        index.files[SKY.infohash] = SKY.to_bytes()
        assert fetch.torrent_of(SKY.infohash.upper(), None, service.url) == [SKY.to_bytes()]
        with pytest.raises(CatalogError) as caught:
            fetch.torrent_of("0" * 40, None, service.url)
    assert caught.value.code == "not_found"


def test_what_comes_under_another_infohash_is_refused() -> None:
    with academic_torrents() as (index, service):
        index.files["0" * 40] = SKY.to_bytes()
        with pytest.raises(CatalogError, match="another infohash") as caught:
            fetch.torrent_of("0" * 40, None, service.url)
    assert caught.value.code == "upstream"


def test_a_file_and_an_address_are_read(tmp_path: Path) -> None:
    path = tmp_path / "sky.torrent"
    path.write_bytes(SKY.to_bytes())
    assert fetch.torrent_of(str(path), None) == [SKY.to_bytes()]
    with serve(lambda _: Reply(200, SKY.to_bytes())) as service:
        assert fetch.torrent_of(f"{service.url}/sky.torrent", None) == [SKY.to_bytes()]


@pytest.mark.parametrize(
    ("content", "code"),
    [(None, "not_found"), (b"<html>", "invalid_record"), (bencode.encode({"info": {"name": ".."}}), "invalid_record")],
)
def test_what_is_no_torrent_is_refused(content: bytes | None, code: str, tmp_path: Path) -> None:
    path = tmp_path / "some.torrent"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CatalogError) as caught:
        fetch.torrent_of(str(path), None)
    assert caught.value.code == code


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.torrent"
    with path.open("wb") as stream:
        stream.truncate(65 * 1024 * 1024)
    with pytest.raises(CatalogError, match="too large"):
        fetch.torrent_of(str(path), None)


@pytest.mark.parametrize(("status", "code"), [(404, "not_found"), (403, "upstream"), (500, "upstream")])
def test_an_address_that_refuses(status: int, code: str) -> None:
    with serve(lambda _: Reply(status, b"no")) as service, pytest.raises(CatalogError) as caught:
        fetch.fetch(f"{service.url}/sky.torrent")
    assert (caught.value.code, str(status) in caught.value.detail) == (code, True)


def test_an_address_that_does_not_answer() -> None:
    with pytest.raises(CatalogError, match="try again later") as caught:
        fetch.fetch("http://127.0.0.1:1/sky.torrent")
    assert caught.value.code == "upstream"


def test_a_dataset_has_those_of_its_record(desk: Desk) -> None:
    with pytest.raises(CatalogError, match="not shared as a torrent"):
        fetch.torrent_of("sky", desk.dataset)
    desk.run("create")
    ((way, metainfo, data),) = store.require_kept(desk.dataset)
    assert fetch.torrent_of("sky", desk.dataset) == [data]
    # Somebody else's, who has it at an address or at Academic Torrents only.
    store.path_of(desk.dataset, metainfo).unlink()
    with academic_torrents() as (index, service):
        index.files[metainfo.infohash] = data
        assert fetch.torrent_of("sky", desk.dataset, service.url) == [data]
        desk.change(distributions=(replace(way, url=f"{service.url}/download/{metainfo.infohash}.torrent"),))
        assert fetch.torrent_of("sky", desk.dataset, "http://127.0.0.1:1") == [data]
    assert read_metainfo(data).infohash == way.infohash
