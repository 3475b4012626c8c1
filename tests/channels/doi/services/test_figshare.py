"""What figshare is sent, and how its answers are read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from huggingnersc_lab.channels.doi.choice import Choice
from huggingnersc_lab.channels.doi.description import describe
from huggingnersc_lab.channels.doi.services.figshare import missing
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.record.model import Author, Funding
from huggingnersc_lab.render.entry import cataloged
from tests.channels.desk import RECORD, Desk
from tests.channels.doi.places import Place, at


@pytest.fixture
def figshare(tmp_path: Path) -> Iterator[Place]:
    with at("figshare", tmp_path / "desk") as found:
        yield found


def refused(place: Place, action: str, **options: object) -> CatalogError:
    with pytest.raises(CatalogError) as raised:
        place.desk.run(action, **options)
    return raised.value


def test_the_item_is_as_documented(figshare: Place) -> None:
    figshare.desk.run("reserve")
    (made,) = (seen for seen in figshare.service.seen if (seen.method, seen.path) == figshare.make)
    assert made.headers["authorization"].startswith("token ")
    reason = made.body.pop("metadata_reason")
    assert made.body == {
        "title": "Sky maps & <more>",
        "description": "<p>Maps of all of it.</p><p>alert(1) Made at 5 &lt; 6 GHz.</p>",
        "defined_type": "dataset",
        "is_metadata_record": True,
        "keywords": ["astronomy", "cosmology"],
        "categories": [2],
        "authors": [
            {"first_name": "Jane Q", "last_name": "Doe", "orcid_id": "0000-0002-1825-0097"},
            {"name": "Sand and Sea Lab"},
        ],
        "license": 1,
        "references": [
            "https://huggingface.co/datasets/NERSC/sky",
            "https://portal.nersc.gov/cfs/m1234/sky",
            "https://arxiv.org/abs/2106.09685",
            "https://doi.org/10.1000/abc",
            "https://example.org/paper",
            "https://github.com/example/sky",
        ],
        "funding_list": [
            {"title": "U.S. Department of Energy DE-AC02-05CH11231"},
            {"title": "National Science Foundation AST-0614213"},
        ],
    }
    where = "The data is kept at NERSC: https://huggingface.co/datasets/NERSC/sky."
    assert reason == f"{where} [{figshare.desk.ledger.get('marker')}]"
    figshare.desk.run("publish")
    assert next(iter(figshare.account.items.values()))["metadata_reason"] == where


@pytest.mark.parametrize(
    ("licence", "number"),
    [("cc-by-4.0", 1), ("cc0-1.0", 2), ("mit", 3), ("apache-2.0", 7), ("cc-by-nc-sa-4.0", 12)],
)
def test_licences_are_found_by_address_or_name(figshare: Place, licence: str, number: int) -> None:
    figshare.desk.change(license=licence)
    figshare.desk.run("reserve")
    assert next(iter(figshare.account.items.values()))["license"] == number


@pytest.mark.parametrize("licence", ["cc-by-3.0", "cc-by-nc-4.0", "odbl", "other", "gpl"])
def test_a_licence_that_figshare_does_not_know_stops_publishing_only(figshare: Place, licence: str) -> None:
    figshare.desk.change(license=licence)
    figshare.desk.run("reserve")
    assert "license" not in next(iter(figshare.account.items.values()))
    error = refused(figshare, "publish")
    assert [(fault.pointer, fault.code) for fault in error.fields] == [("/license", "unknown_value")]
    assert "It knows CC BY 4.0, CC0, MIT, Apache 2.0, CC BY-NC-SA 4.0. Nothing was made." in error.detail


def test_categories_by_name(figshare: Place) -> None:
    figshare.desk.run("reserve", categories=["ecology", "9"])
    assert next(iter(figshare.account.items.values()))["categories"] == [2, 9]


@pytest.mark.parametrize(("name", "near"), [("Ecologie", "ecology"), ("Physics", None), ("Zzz", None)])
def test_a_category_that_there_is_not(figshare: Place, name: str, near: str | None) -> None:
    error = refused(figshare, "reserve", categories=[name])
    assert [(fault.pointer, fault.suggestion) for fault in error.fields] == [("/options/categories", near)]
    assert len(figshare.account.items) == 0


def test_what_is_missing_is_named_at_its_field() -> None:
    def pointers(is_final: bool, **members: object) -> list[str]:
        record = replace(RECORD, **members)  # type: ignore[arg-type]
        of = describe(cataloged(record, Desk(None, Path()).site))  # type: ignore[arg-type]
        return [fault.pointer for fault in missing(of, Choice(service="figshare"), is_final=is_final)]

    bare = {"pretty_name": "ab", "authors": (), "description": " ", "tags": (), "license": None}
    assert pointers(False) == []
    assert pointers(True) == ["/options/categories"]
    assert pointers(False, **bare) == ["/pretty_name", "/authors"]
    assert pointers(True, **bare) == [
        *("/pretty_name", "/authors", "/description", "/tags", "/license", "/options/categories"),
    ]


def test_nothing_is_sent_while_something_is_missing(figshare: Place) -> None:
    figshare.desk.change(authors=(Author(" "),))
    assert figshare.desk.missing("reserve") == ["/authors"]
    assert [fault.pointer for fault in refused(figshare, "reserve").fields] == ["/authors"]
    assert figshare.service.seen == []


def test_what_figshare_refuses_is_named_at_its_field(figshare: Place) -> None:
    said = {"code": 3, "message": "Missing required fields", "data": {"missing_fields": ["keywords", "group"]}}
    figshare.desk.run("reserve")
    figshare.service.fail("POST", ".*/publish", status=400, data=said)
    error = refused(figshare, "publish")
    assert [fault.pointer for fault in error.fields] == ["/tags"]
    assert (
        "figshare refuses what was sent: Missing required fields; keywords is missing; group is missing."
        in error.detail
    )
    assert figshare.desk.record.distributions[0].state == "reserved"


def test_an_institution_may_look_at_it_first(figshare: Place) -> None:
    figshare.account.reviews = True
    figshare.desk.run("reserve")
    outcome = figshare.desk.run("publish")
    assert "figshare has it and looks at it now." in outcome.text
    assert figshare.desk.record.distributions[0].state == "reserved"
    assert figshare.desk.offered() == ["check"]
    item = next(iter(figshare.account.items.values()))
    assert "looks at it now" in figshare.desk.run("check").text
    item |= {"status": "public", "is_public": True, "curation": "approved"}
    assert "is public" in figshare.desk.run("check").text
    assert figshare.desk.record.distributions[0].state is None


def test_the_id_may_stand_in_the_location_alone(figshare: Place) -> None:
    figshare.service.fail(*figshare.make, kind="reply_after", status=201, headers={"Location": "http://x/2000001"})
    figshare.desk.run("reserve")
    assert figshare.desk.ledger.get("id") == "2000001"


def test_the_draft_is_found_on_a_later_page(figshare: Place) -> None:
    other = {"title": RECORD.pretty_name, "defined_type": "dataset", "doi": "", "is_public": False}
    figshare.account.items.update({1 + n: {"id": 1 + n, **other, "metadata_reason": "x"} for n in range(3)})
    figshare.account.items.update({10 + n: {"id": 10 + n, **other, "title": "Other"} for n in range(150)})
    figshare.service.fail(*figshare.make, kind="cut_after")
    refused(figshare, "reserve")
    figshare.desk.run("reserve")
    assert len(figshare.account.items) == 154


def test_money_without_a_number(figshare: Place) -> None:
    figshare.desk.change(funding=(Funding("Somebody"),))
    figshare.desk.run("reserve")
    assert next(iter(figshare.account.items.values()))["funding_list"] == [{"title": "Somebody"}]


@pytest.mark.parametrize("kind", ["cut_before", "cut_after"])
def test_an_item_without_its_doi_gets_one_later(figshare: Place, kind: str) -> None:
    figshare.service.fail("POST", ".*/reserve_doi", kind=kind)
    refused(figshare, "reserve")
    assert figshare.desk.ledger.get("id") == "2000001"
    figshare.desk.run("reserve")
    assert (figshare.desk.record.doi, len(figshare.account.items)) == ("10.5072/FK2.FIGSHARE.2000001", 1)


def test_an_update_that_broke_off_publishes_nothing(figshare: Place) -> None:
    figshare.desk.run("reserve")
    figshare.service.fail("PUT", ".*", status=403, data={"code": 1, "message": "No"})
    assert refused(figshare, "publish").code == "forbidden"
    assert not any(path.endswith("/publish") for path in figshare.service.asked("POST"))
    figshare.desk.run("publish")
    assert figshare.account.items[2000001]["is_public"] is True
