"""What OSTI is sent through ``elinkapi``, and how its answers are read."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from huggingnersc_lab.errors import CatalogError
from tests.channels.doi.places import Place, at


@pytest.fixture
def osti(tmp_path: Path) -> Iterator[Place]:
    with at("osti", tmp_path / "desk") as found:
        yield found


def refused(place: Place, action: str, **options: object) -> CatalogError:
    with pytest.raises(CatalogError) as raised:
        place.desk.run(action, **options)
    return raised.value


def test_no_address_has_two_slashes_and_a_deletion_says_why(osti: Place) -> None:
    osti.desk.run("reserve")
    osti.desk.run("withdraw")
    assert [(seen.method, seen.path) for seen in osti.service.seen] == [
        ("POST", "/elink2api/records/save"),
        ("GET", "/elink2api/records/2300001"),
        ("DELETE", "/elink2api/records/2300001"),
    ]
    assert osti.account.deleted == {2300001: "Reserved and not needed"}


@pytest.mark.parametrize("slash", ["", "/"])
def test_an_address_with_and_without_a_slash_at_its_end(osti: Place, slash: str) -> None:
    osti.desk.settings["osti"]["url"] = osti.desk.settings["osti"]["url"].rstrip("/") + slash
    osti.desk.run("reserve")
    osti.desk.run("publish")
    assert osti.account.records[2300001]["workflow_status"] == "R"


def test_publishing_is_a_new_revision_of_the_same_record(osti: Place) -> None:
    osti.desk.run("reserve")
    osti.desk.run("publish")
    (record,) = osti.account.records.values()
    assert (record["osti_id"], record["revision"]) == (2300001, 2)
    assert "site_unique_id" not in record


def test_the_id_is_written_down_before_anything_else_is_asked(osti: Place) -> None:
    osti.desk.run("reserve")
    assert osti.desk.ledger.get("id") == "2300001"
    assert osti.desk.ledger.get("doi") == osti.desk.record.doi == "10.15485/2300001"


def test_osti_looks_at_it_before_it_resolves(osti: Place) -> None:
    osti.account.after_submit = "SV"
    osti.desk.run("reserve")
    assert "OSTI has it and looks at it now" in osti.desk.run("publish").text
    assert osti.desk.record.distributions[0].state == "reserved"
    assert "the service looks at it now" in osti.desk.channel.status(osti.desk.dataset, osti.desk.ledger).detail
    error = refused(osti, "withdraw")
    assert (error.code, len(osti.account.records)) == ("conflict", 1)
    osti.account.records[2300001]["workflow_status"] = "R"
    assert "is public" in osti.desk.run("check").text
    assert osti.desk.record.distributions[0].state is None


def test_what_osti_could_not_release_is_told_and_can_be_sent_again(osti: Place) -> None:
    osti.account.after_submit = "SF"
    osti.desk.run("reserve")
    error = refused(osti, "publish")
    assert "OSTI could not release it: Sponsor is unknown. Nothing was changed" in error.detail
    osti.account.after_submit = "R"
    osti.desk.run("publish")
    assert osti.desk.record.distributions[0].state is None


def test_of_too_many_records_with_its_title_none_is_taken_and_none_made(osti: Place) -> None:
    other = {"title": osti.desk.record.pretty_name, "product_type": "DA", "workflow_status": "SA"}
    osti.account.records.update({n: {**other, "osti_id": n, "site_unique_id": "x"} for n in range(1, 31)})
    osti.service.fail(*osti.make, kind="cut_before")
    refused(osti, "reserve")
    error = refused(osti, "reserve")
    assert (error.code, "OSTI has 30 records with this title" in error.detail) == ("conflict", True)
    assert len(osti.account.records) == 30


def test_what_osti_refuses_is_named_at_its_field(osti: Place) -> None:
    error = refused(osti, "reserve", site_code="XXXX")
    assert [(fault.pointer, fault.detail) for fault in error.fields] == [
        ("/options/site_code", "Site Code is not valid.")
    ]
    assert "OSTI refuses what was sent: Site Code is not valid." in error.detail


@pytest.mark.parametrize(
    "data",
    [
        {"osti_id": "x", "title": "T", "product_type": "DA"},
        {"osti_id": 1, "title": "T"},
        {"osti_id": 1, "title": "T", "product_type": "??"},
        [[]],
        "text",
        7,
    ],
)
def test_a_record_of_another_form(osti: Place, data: Any) -> None:
    osti.service.fail(*osti.make, status=201, data=data)
    assert "not of its documented form" in refused(osti, "reserve").detail


def test_a_record_without_a_doi(osti: Place) -> None:
    osti.service.fail(*osti.make, status=201, data={"osti_id": 5, "title": "T", "product_type": "DA"})
    osti.account.records[5] = {"osti_id": 5, "title": "T", "product_type": "DA", "workflow_status": "SA"}
    assert "not of its documented form" in refused(osti, "reserve").detail
    osti.account.records[5]["doi"] = "10.15485/5"
    osti.desk.run("reserve")
    assert (osti.desk.record.doi, len(osti.account.records)) == ("10.15485/5", 1)


def test_the_review_service_has_a_key_of_its_own_and_leaves_the_entry_alone(
    osti: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    from huggingnersc_lab.channels.doi import choice

    url = osti.desk.settings["osti"].pop("url")
    osti.desk.settings["osti"]["target"] = "review"
    monkeypatch.setattr(choice, "OSTI_URLS", {"review": url, "production": "https://www.osti.gov/elink2api/"})
    monkeypatch.setattr(choice, "REHEARSALS", (url,))
    error = refused(osti, "reserve")
    assert (error.code, error.hints[0].name) == ("forbidden", "osti-review")
    osti.desk.keys["osti-review"] = osti.desk.keys.pop("osti")
    described = osti.desk.action("reserve").describe(osti.desk.dataset, osti.desk.action("reserve").options())
    assert described == [f"It goes to osti, {url}: a service to try it out, whose DOIs never resolve."]
    former = osti.desk.record
    assert "the entry says nothing of it" in osti.desk.run("reserve").text
    assert "such a DOI never resolves" in osti.desk.run("publish").text
    assert osti.desk.record == former
    assert osti.account.records[2300001]["workflow_status"] == "R"
    assert osti.desk.offered() == ["reserve", "withdraw", "enter", "hub"]
    assert "is forgotten here" in osti.desk.run("withdraw").text
    assert (osti.desk.record, osti.desk.ledger.read()) == (former, {})


def test_without_the_package(osti: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "elinkapi", None)
    monkeypatch.setattr("huggingnersc_lab.channels.doi.services.osti_record.find_spec", lambda _: None)
    error = refused(osti, "reserve")
    assert "pip install 'huggingnersc_lab[osti]'" in error.detail
    assert [fault.pointer for fault in error.fields] == ["/options/service"]
