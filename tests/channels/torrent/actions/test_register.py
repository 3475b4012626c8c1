from __future__ import annotations

from collections.abc import Iterator

import pytest

from huggingnersc_lab.channels import client
from huggingnersc_lab.channels.torrent import store
from huggingnersc_lab.errors import CatalogError
from tests.channels.desk import Desk
from tests.channels.stand_ins.academic_torrents import KEY, Index, academic_torrents
from tests.channels.stand_ins.service import Service


@pytest.fixture
def service(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Index, Service]]:
    monkeypatch.setattr(client, "wait_for", lambda _: None)
    with academic_torrents() as (index, service):
        desk.settings["academic_torrents_url"] = service.url
        desk.keys["academic-torrents"] = KEY
        desk.run("create")
        yield index, service


def test_a_torrent_is_registered_with_all_that_is_known(desk: Desk, service: tuple[Index, Service]) -> None:
    index, served = service
    outcome = desk.run("register")
    (way,) = desk.record.distributions
    assert way.state is None
    assert way.url == outcome.url == f"{served.url}/details/{way.infohash}"
    entry = index.entries[str(way.infohash)]
    assert entry["name"] == "Sky maps & <more>"
    assert entry["authors"] == "Doe, Jane Q and Sand and Sea Lab"
    assert entry["descr"].startswith("@")
    assert "Maps of all of it." in entry["descr"]
    assert (entry["category"], entry["tags"]) == ("6", "astronomy, cosmology")
    assert index.files[str(way.infohash)] == store.require_kept(desk.dataset)[0][2]


def test_doing_it_again_changes_what_is_shown(desk: Desk, service: tuple[Index, Service]) -> None:
    index, served = service
    desk.run("register")
    desk.change(pretty_name="Sky maps, second edition")
    desk.run("register")
    (entry,) = index.entries.values()
    assert entry["name"] == "Sky maps, second edition"
    assert served.asked("POST") == ["/apiv2/entry", f"/apiv2/entry/{desk.record.distributions[0].infohash}"]


def test_a_lost_answer_makes_no_second_entry(desk: Desk, service: tuple[Index, Service]) -> None:
    index, served = service
    served.fail("POST", "/apiv2/entry", "cut_after")
    with pytest.raises(CatalogError, match="It may have been done all the same") as caught:
        desk.run("register")
    assert caught.value.code == "upstream"
    desk.run("register")
    assert len(index.entries) == 1
    assert served.asked("POST").count("/apiv2/entry") == 1


def test_the_key_is_in_no_address_body_log_or_record(desk: Desk, service: tuple[Index, Service]) -> None:
    _, served = service
    desk.run("register")
    for seen in served.seen:
        assert "s3cret" not in seen.raw_path
        assert "s3cret" not in str(seen.body)
    assert "s3cret" not in desk.everything()


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ({"status": 403, "data": {"message": "no s3cret-of-jane"}}, "forbidden"),
        ({"status": 429, "data": None}, "upstream"),
        ({"status": 500, "data": b"<html>"}, "upstream"),
        ({"status": 200, "data": b"<html>"}, "upstream"),
        ({"status": 200, "data": {"error": "Not an academic torrent"}}, "upstream"),
        ({"status": 302, "headers": {"Location": "http://127.0.0.1:9/"}}, "upstream"),
    ],
)
def test_a_service_that_refuses_says_why(
    desk: Desk, service: tuple[Index, Service], fault: dict[str, object], code: str
) -> None:
    _, served = service
    served.fail("POST", "/apiv2/entry", times=9, **fault)
    before = desk.record
    with pytest.raises(CatalogError) as caught:
        desk.run("register")
    assert caught.value.code == code
    assert "s3cret" not in str(caught.value)
    assert desk.record == before


def test_a_wrong_key_is_told_before_anything_is_sent(desk: Desk, service: tuple[Index, Service]) -> None:
    index, _ = service
    desk.keys["academic-torrents"] = "42:wrong"
    with pytest.raises(CatalogError, match="Invalid login") as caught:
        desk.run("register")
    assert (caught.value.code, index.entries) == ("forbidden", {})


def test_without_a_key_there_is_a_text_for_the_form(desk: Desk, service: tuple[Index, Service]) -> None:
    _, served = service
    desk.keys.clear()
    outcome = desk.run("register")
    assert outcome.url == f"{served.url}/upload.php"
    assert served.seen == []
    text = str(outcome.copy_text)
    assert "Title:\nSky maps & <more>" in text
    assert "Authors:\nDoe, Jane Q and Sand and Sea Lab" in text
    ((_, metainfo, _),) = store.require_kept(desk.dataset)
    assert str(store.path_of(desk.dataset, metainfo)) in text


def test_what_the_page_shows_is_asked_for(desk: Desk, service: tuple[Index, Service]) -> None:
    desk.change(authors=(), license=None, description=None)
    assert desk.missing("register") == ["/authors", "/description", "/license"]


def test_it_is_offered_once_there_is_a_torrent(desk: Desk) -> None:
    assert desk.offered() == ["create"]
    desk.run("create")
    assert desk.offered() == ["create", "register", "download"]


def test_a_torrent_of_somebody_elses_is_made_again_first(desk: Desk, service: tuple[Index, Service]) -> None:
    ((_, metainfo, _),) = store.require_kept(desk.dataset)
    store.path_of(desk.dataset, metainfo).unlink()
    with pytest.raises(CatalogError, match="Create the torrent again") as caught:
        desk.run("register")
    assert caught.value.code == "not_found"
