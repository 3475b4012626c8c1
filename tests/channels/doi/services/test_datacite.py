"""What DataCite is sent, and how its answers are read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from huggingnersc_lab.errors import CatalogError
from tests.channels.doi.places import Place, at


@pytest.fixture
def datacite(tmp_path: Path) -> Iterator[Place]:
    with at("datacite", tmp_path / "desk") as found:
        yield found


def refused(place: Place, action: str, **options: object) -> CatalogError:
    with pytest.raises(CatalogError) as raised:
        place.desk.run(action, **options)
    return raised.value


def test_a_draft_and_what_makes_it_findable(datacite: Place) -> None:
    datacite.desk.run("reserve")
    datacite.desk.run("publish")
    first, look, last = datacite.service.seen
    doi = datacite.desk.record.doi
    assert (first.method, first.path, first.headers["content-type"]) == ("POST", "/dois", "application/vnd.api+json")
    attributes = first.body["data"]["attributes"]
    assert first.body["data"]["type"] == "dois"
    assert "event" not in attributes
    assert (attributes["doi"], attributes["publicationYear"]) == (doi, 2026)
    assert attributes["url"] == "https://huggingface.co/datasets/NERSC/sky"
    assert attributes["titles"] == [{"title": "Sky maps & <more>"}]
    assert [creator["name"] for creator in attributes["creators"]] == ["Doe, Jane Q", "Sand and Sea Lab"]
    assert attributes["fundingReferences"][0]["awardNumber"] == "DE-AC02-05CH11231"
    assert (look.method, look.path) == ("GET", f"/dois/{doi}")
    assert (last.method, last.path) == ("PUT", f"/dois/{doi}")
    assert last.body["data"]["attributes"] == {**attributes, "event": "publish"}
    assert datacite.account.dois[doi]["state"] == "findable"


def test_the_doi_is_written_down_before_it_is_asked_for(datacite: Place) -> None:
    datacite.service.fail(*datacite.make, kind="cut_after")
    refused(datacite, "reserve")
    marker = datacite.desk.ledger.get("marker")
    assert list(datacite.account.dois) == [f"10.5072/{marker[:5]}-{marker[5:]}"]
    datacite.desk.run("reserve")
    assert list(datacite.account.dois) == [datacite.desk.record.doi]


@pytest.mark.parametrize("prefix", [None, "", "10", "10.12", "11.1234", "10.1234/x"])
def test_a_site_needs_a_prefix(datacite: Place, prefix: str | None) -> None:
    datacite.desk.settings["datacite"]["prefix"] = prefix
    assert datacite.desk.missing("reserve") == ["/options/service"]
    assert "[channels.doi.datacite] prefix" in refused(datacite, "reserve").detail
    assert datacite.service.seen == []


def test_a_doi_leads_somewhere_public(datacite: Place) -> None:
    datacite.desk.change(revision=None, data_path=None)
    assert (datacite.desk.missing("reserve"), datacite.desk.missing("publish")) == ([], ["/portal_link"])
    datacite.desk.run("reserve")
    assert [fault.pointer for fault in refused(datacite, "publish").fields] == ["/portal_link"]
    assert datacite.account.dois[datacite.desk.record.doi]["state"] == "draft"


def test_what_datacite_refuses_is_named_at_its_field(datacite: Place) -> None:
    said = {"errors": [{"source": "creators", "title": "Missing child element(s).", "uid": "10.5072/x"}]}
    datacite.desk.run("reserve")
    datacite.service.fail("PUT", ".*", status=422, data=said)
    error = refused(datacite, "publish")
    assert [(fault.pointer, fault.detail) for fault in error.fields] == [("/authors", "Missing child element(s).")]
    assert "DataCite refuses what was sent: Missing child element(s)." in error.detail


@pytest.mark.parametrize(
    "data",
    [
        {"data": {"attributes": {"doi": "10.5072/other", "state": "draft"}}},
        {"data": {"attributes": {"state": "draft"}}},
        {"data": {"attributes": []}},
        {"data": []},
        [],
    ],
)
def test_an_answer_about_something_else(datacite: Place, data: Any) -> None:
    datacite.service.fail(*datacite.make, status=201, data=data)
    assert "not of its documented form" in refused(datacite, "reserve").detail


def test_a_prefix_of_somebody_elses(datacite: Place) -> None:
    datacite.desk.settings["datacite"]["prefix"] = "10.1234"
    error = refused(datacite, "reserve")
    assert (error.code, "DataCite does not allow it: You are not authorized" in error.detail) == ("forbidden", True)


def test_a_findable_doi_is_not_deleted(datacite: Place) -> None:
    datacite.desk.run("reserve")
    datacite.account.dois[datacite.desk.record.doi]["state"] = "findable"
    error = refused(datacite, "withdraw")
    assert error.code == "conflict"
    assert re.search(r"DataCite has published 10\.5072/\S+, or is about to", error.detail)
    assert "DELETE" not in {seen.method for seen in datacite.service.seen}
