"""The life of a DOI at each service: reserved, published, updated, or withdrawn; and what may break on the way."""

from __future__ import annotations

import re

import pytest

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.record.identifiers import doi_address
from huggingnersc_lab.record.model import Distribution
from tests.channels.doi.places import Place


def fails(place: Place, action: str, **options: object) -> CatalogError:
    with pytest.raises(CatalogError) as raised:
        place.desk.run(action, **options)
    assert not any(secret in f"{raised.value} {raised.value.fields}" for secret in place.secrets)
    return raised.value


def test_from_reserving_to_publishing(place: Place) -> None:
    desk = place.desk
    assert desk.offered() == ["reserve", "enter", "hub"]
    assert desk.missing("reserve") == []
    reserved = desk.run("reserve")
    doi = str(desk.record.doi)
    assert re.fullmatch(place.doi, doi)
    assert f"{doi} is reserved" in reserved.text
    assert "does not resolve until you publish it" in reserved.text
    (way,) = desk.record.distributions
    assert (way.channel, way.url, way.state) == ("doi", doi_address(doi), "reserved")
    assert desk.offered() == ["publish", "withdraw"]
    status = desk.channel.status(desk.dataset, desk.ledger)
    assert (status.state, status.detail) == ("begun", f"{doi} is reserved and does not resolve until it is published.")

    published = desk.run("publish")
    assert published.text.startswith(f"{doi} is public.")
    assert desk.record.doi == doi
    (way,) = desk.record.distributions
    assert (way.url, way.state, way.data_fingerprint) == (doi_address(doi), None, "f1")
    assert (desk.offered(), place.count()) == (["update", "enter"], 1)
    assert desk.channel.status(desk.dataset, desk.ledger).state == "shared"

    desk.change(pretty_name="Sky maps, second edition")
    desk.run("update")
    assert (desk.record.doi, place.count()) == (doi, 1)
    assert fails(place, "withdraw").code == "conflict"
    assert not any(secret in desk.everything() for secret in place.secrets)
    assert not any(secret in seen.raw_path for secret in place.secrets for seen in place.service.seen)


def test_giving_it_back(place: Place) -> None:
    place.desk.run("reserve")
    outcome = place.desk.run("withdraw")
    assert (place.count(), place.desk.record.doi, place.desk.record.distributions) == (0, None, ())
    assert re.fullmatch(rf"{place.doi} is given back\. Nothing of it is left at \w+\.", outcome.text)
    assert place.desk.ledger.read() == {}
    assert place.desk.offered() == ["reserve", "enter", "hub"]
    place.desk.run("reserve")
    assert place.count() == 1


@pytest.mark.parametrize("kind", ["cut_after", "reply_after"])
def test_a_lost_answer_makes_no_second_one(place: Place, kind: str) -> None:
    place.service.fail(*place.make, kind=kind, status=500, data=b"<html>")
    assert fails(place, "reserve").code == "upstream"
    assert (place.count(), place.desk.record.doi) == (1, None)
    assert "reserve" in place.desk.offered()
    place.desk.run("reserve")
    assert (place.count(), place.service.asked("POST").count(place.make[1])) == (1, 1)
    assert re.fullmatch(place.doi, str(place.desk.record.doi))


def test_a_request_that_never_arrived_is_made_once(place: Place) -> None:
    place.service.fail(*place.make, kind="cut_before")
    assert "do it again, which looks there first" in fails(place, "reserve").detail
    assert place.count() == 0
    place.desk.run("reserve")
    assert place.count() == 1


def test_what_was_lost_before_the_entry_was_written_is_found(place: Place) -> None:
    former = place.desk.record
    place.desk.run("reserve")
    doi = place.desk.record.doi
    place.desk.record = former  # the job was killed before it wrote
    assert place.desk.channel.status(place.desk.dataset, place.desk.ledger).state == "begun"
    place.desk.run("reserve")
    assert (place.desk.record.doi, place.count()) == (doi, 1)


def test_a_title_that_changed_in_between_is_still_found(place: Place) -> None:
    place.service.fail(*place.make, kind="cut_after")
    fails(place, "reserve")
    place.desk.change(pretty_name="Another title")
    place.desk.run("reserve")
    assert place.count() == 1


def test_a_begun_reservation_can_be_given_back(place: Place) -> None:
    place.service.fail(*place.make, kind="cut_after")
    fails(place, "reserve")
    assert "withdraw" in place.desk.offered()
    place.desk.run("withdraw")
    assert (place.count(), place.desk.ledger.read()) == (0, {})


def test_a_published_one_whose_answer_was_lost_is_not_published_again(place: Place) -> None:
    place.desk.run("reserve")
    method, path = {"/dois": ("PUT", "/dois/.*")}.get(place.make[1], ("POST", ".*/publish"))
    if "elink" in place.make[1]:
        method, path = "PUT", ".*/submit"
    place.service.fail(method, path, kind="cut_after", times=9)
    assert fails(place, "publish").code == "upstream"
    place.service.faults.clear()
    asked = len(place.service.asked(method))
    place.desk.run("publish")
    assert len(place.service.asked(method)) == asked
    assert place.desk.record.distributions[0].state is None


def test_another_service_is_not_asked_while_one_has_it(place: Place) -> None:
    place.desk.run("reserve")
    requests = len(place.service.seen)
    other = "figshare" if place.desk.settings["service"] != "figshare" else "datacite"
    for action in ("publish", "withdraw"):
        error = fails(place, action, service=other)
        assert (error.code, "Nothing was sent to another service" in error.detail) == ("conflict", True)
    assert len(place.service.seen) == requests


def test_a_wrong_key(place: Place) -> None:
    name = next(iter(place.desk.keys))
    place.desk.keys[name] = "wrong:key-0123456789"
    error = fails(place, "reserve")
    assert (error.code, place.count(), place.desk.record.doi) == ("forbidden", 0, None)
    assert "key-0123456789" not in error.detail


def test_no_key(place: Place) -> None:
    place.desk.keys.clear()
    error = fails(place, "reserve")
    assert (error.code, error.hints[0].key, place.service.seen) == ("forbidden", "enter_key", [])


def test_a_key_does_not_follow_a_redirect(place: Place) -> None:
    from tests.channels.stand_ins.service import Reply, serve

    with serve(lambda _: Reply(200, [])) as elsewhere:
        place.service.fail(*place.make, status=307, headers={"Location": f"{elsewhere.url}/"})
        assert "sends to another address. Your key was not sent there" in fails(place, "reserve").detail
        assert elsewhere.seen == []


@pytest.mark.parametrize(
    "data",
    [b"<html>", b"[]", b"null", b"{}", b'{"entity_id": "1/../2", "osti_id": -1, "data": []}', b"[" * 5000],
)
def test_an_answer_of_another_form(place: Place, data: bytes) -> None:
    place.service.fail(*place.make, status=201, data=data)
    error = fails(place, "reserve")
    assert (error.code, "not of its documented form" in error.detail) == ("upstream", True)


def test_a_huge_answer(place: Place) -> None:
    place.service.fail(*place.make, status=201, data=b" " * (5 * 1024 * 1024))
    assert "more than is read" in fails(place, "reserve").detail


def test_a_busy_service_is_asked_again(place: Place) -> None:
    place.service.fail(*place.make, status=429, headers={"Retry-After": "1"}, times=2)
    place.desk.run("reserve")
    assert (place.count(), place.service.asked("POST").count(place.make[1])) == (1, 3)


def test_whoever_has_the_account_can_publish_what_another_reserved(place: Place) -> None:
    place.desk.run("reserve")
    place.desk.ledger.clear()
    detail = place.desk.channel.status(place.desk.dataset, place.desk.ledger).detail
    assert "is reserved with another account" in detail
    assert place.desk.offered() == ["publish", "withdraw"]
    place.desk.run("publish")
    assert (place.desk.record.distributions[0].state, place.count()) == (None, 1)


def test_a_draft_that_was_deleted_at_the_service(place: Place) -> None:
    place.desk.run("reserve")
    for of in ("items", "records", "dois"):
        getattr(place.account, of, {}).clear()
    assert fails(place, "publish").code == "not_found"
    place.desk.run("withdraw")
    assert (place.desk.record.doi, place.desk.ledger.read()) == (None, {})


def test_a_public_one_that_was_taken_out_of_the_entry_comes_back(place: Place) -> None:
    place.desk.run("reserve")
    place.desk.run("publish")
    doi = place.desk.record.doi
    place.desk.change(doi=None, distributions=())
    assert place.desk.run("reserve").text.startswith(f"{doi} is public.")
    assert (place.desk.record.public_doi, place.count()) == (doi, 1)


def test_a_doi_that_was_entered_later_is_not_updated(place: Place) -> None:
    place.desk.run("reserve")
    place.desk.run("publish")
    place.desk.run("enter", doi="10.1000/182")
    assert "update" not in place.desk.offered()
    requests = len(place.service.seen)
    assert fails(place, "update").code == "conflict"
    assert (place.desk.record.doi, len(place.service.seen)) == ("10.1000/182", requests)


def test_what_cannot_be_found_any_more_can_be_forgotten(place: Place) -> None:
    place.desk.run("reserve")
    place.desk.ledger.clear()
    for of in ("items", "records", "dois"):
        getattr(place.account, of, {}).clear()
    assert "ask whoever reserved it" in fails(place, "withdraw").detail
    place.service.seen.clear()
    assert "What the service has of it stays there." in place.desk.run("withdraw", forget=True).text
    assert (place.desk.record.doi, place.desk.record.distributions, place.service.seen) == (None, (), [])


def test_another_dataset_of_the_same_nickname_has_no_part_in_its_doi(place: Place) -> None:
    place.desk.run("reserve")
    place.desk.run("publish")
    former = place.desk.record.doi
    place.desk.change(doi=None, distributions=(), published_at="2026-11-01T00:00:00Z", pretty_name="Another sky")
    assert place.desk.offered() == ["reserve", "enter", "hub"]
    assert place.desk.channel.status(place.desk.dataset, place.desk.ledger).state == "none"
    place.desk.run("reserve")
    assert (place.desk.record.doi != former, place.count()) == (True, 2)
    assert place.desk.ledger.get("entry") == "2026-11-01T00:00:00Z"


def test_a_draft_of_another_dataset_of_the_same_nickname_is_withdrawn_first(place: Place) -> None:
    place.desk.run("reserve")
    former = place.desk.record.doi
    place.desk.change(doi=None, distributions=(), published_at="2026-11-01T00:00:00Z")
    for action in ("reserve", "publish"):
        error = fails(place, action)
        assert (error.code, f"{former} was reserved for another dataset" in error.detail) == ("conflict", True)
    assert "withdraw" in place.desk.offered()
    entered = (Distribution("doi", "https://doi.org/10.1000/182"),)
    place.desk.change(doi="10.1000/182", distributions=entered)
    place.desk.run("withdraw")
    assert (place.desk.record.doi, place.desk.record.distributions) == ("10.1000/182", entered)
    assert (place.count(), place.desk.ledger.read()) == (0, {})
