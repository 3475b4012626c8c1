from __future__ import annotations

import pytest

from huggingnersc_lab.channels import client
from huggingnersc_lab.channels.torrent.academic_torrents import AcademicTorrents, Entry, entry_of, file_of, page_of
from huggingnersc_lab.channels.torrent.metainfo import Metainfo
from huggingnersc_lab.errors import CatalogError
from tests.channels.desk import Desk
from tests.channels.stand_ins.academic_torrents import KEY, academic_torrents

SKY = Metainfo("sky.bin", (((), 5),), 16 * 1024, b"x" * 20)
ENTRY = Entry("Sky", "Doe, Jane", "@misc{sky}", "astronomy", "https://example.org/sky.bin")


def test_an_entry_is_made_of_the_record(desk: Desk) -> None:
    desk.change(citation="@article{sky, title={Sky}}\n")
    entry = entry_of(desk.dataset, "north", ("https://a.example/", "https://b.example/"))
    assert entry.name == "Sky maps & <more> (north)"
    assert entry.descr.startswith("@article{sky, title={Sky}}\n\nMaps of all of it.")
    assert "alert(1)" not in entry.descr or "<script>" not in entry.descr
    assert entry.urllist == "https://a.example/, https://b.example/"
    assert entry.form()["category"] == "6"
    assert "file" not in entry.form()
    assert entry.form(b"d")["file"] == "data:application/x-bittorrent;base64,ZA=="


def test_a_dataset_of_which_little_is_known_has_a_short_text() -> None:
    assert Entry("Sky", "", "", "", "").text() == "Title:\nSky"


def test_addresses() -> None:
    assert page_of("0" * 40) == f"https://academictorrents.com/details/{'0' * 40}"
    assert file_of("0" * 40) == f"https://academictorrents.com/download/{'0' * 40}.torrent"


def test_adding_finding_and_changing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "wait_for", lambda _: None)
    with academic_torrents() as (index, service):
        at = AcademicTorrents(KEY, lambda text: text, service.url)
        at.check_key()
        assert not at.has(SKY.infohash)
        at.add(ENTRY, SKY.to_bytes())
        assert at.has(SKY.infohash)
        with pytest.raises(CatalogError, match="This torrent was uploaded before"):
            at.add(ENTRY, SKY.to_bytes())
        at.edit(SKY.infohash, Entry("Sea", "", "", "", ""))
        assert index.entries[SKY.infohash]["name"] == "Sea"
        with pytest.raises(CatalogError) as caught:
            AcademicTorrents("42:other", lambda text: text, service.url).check_key()
    assert caught.value.code == "forbidden"
