"""Warnings: what may be better and does not stand in the way. Errors are in ``examples/invalid``."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from huggingnersc_lab.errors import CatalogError, FieldError
from huggingnersc_lab.record.term import Term
from huggingnersc_lab.record.validation import Findings, validate
from huggingnersc_lab.record.vocabulary import Vocabulary

GOOD: dict[str, Any] = {
    "schema_version": 2,
    "name": "iris",
    "pretty_name": "Iris",
    "size_categories": ["n<1K"],
    "license": "mit",
    "data_path": "/data/iris",
}


NEW = ("distributions", "contents", "verification", "code", "funding")


@pytest.mark.parametrize(
    ("change", "warnings"),
    [
        ({}, []),
        ({"license": None}, [("/license", "recommended", None)]),
        ({"license": "other"}, [("/license_name", "recommended", None)]),
        ({"license": "other", "license_name": "Ours"}, []),
        ({"data_path": None}, [("/data_path", "recommended", None)]),
        ({"data_path": None, "distributions": [{"channel": "link", "url": "https://example.org"}]}, []),
        ({"is_distributed": True}, [("/batch_script", "recommended", None)]),
        ({"is_distributed": True, "batch_script": "run.sh"}, []),
        ({"name": "Iris"}, [("/name", "name_advice", "iris")]),
        ({"tags": ["csv", "biolgy", "my own"]}, [("/tags/1", "free_tag", "biology"), ("/tags/2", "free_tag", None)]),
    ],
)
def test_warnings(change: dict[str, Any], warnings: list[tuple[str, str, str | None]]) -> None:
    document = {key: value for key, value in (GOOD | change).items() if value is not None}
    findings = validate(document)
    assert findings.errors == ()
    assert [(one.pointer, one.code, one.suggestion) for one in findings.warnings] == warnings


@pytest.mark.parametrize(
    ("at", "codes"),
    [
        ("2026-01-31", []),
        ("2024-02-29T23:59:59.123456789+14:00", []),
        ("2026-02-29T10:00:00Z", ["no_day"]),
        ("2026-01-31T24:00:00Z", ["pattern"]),
        ("2026-01-31T10:00:00", ["pattern"]),
        ("2026-01-31 10:00:00Z", ["pattern"]),
        ("2026-13-01", ["pattern", "no_day"]),
        ("2026-01-31\n", ["pattern"]),
        ("9999-12-31T00:00:00Z", ["in_future"]),
    ],
)
def test_moments(at: str, codes: list[str]) -> None:
    places = {
        "/verification/at": {"verification": {"status": "passed", "at": at}},
        "/contents/at": {"contents": {"at": at}},
        "/distributions/0/created_at": {
            "distributions": [{"channel": "link", "url": "https://a.org", "created_at": at}]
        },
    }
    for pointer, change in places.items():
        assert [(one.pointer, one.code) for one in validate(GOOD | change).errors] == [(pointer, it) for it in codes]


def test_it_may_be_tomorrow_already_but_not_the_day_after() -> None:
    today = datetime.now(timezone.utc).date()
    for days, count in ((1, 0), (3, 1)):
        at = f"{today + timedelta(days=days)}T10:00:00Z"
        assert len(validate(GOOD | {"verification": {"status": "failed", "at": at}}).errors) == count


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"description": "\ud800"}, "/description"),
        ({"authors": [{"name": "\ud800"}]}, "/authors/0/name"),
        ({"card_data": {"a": {"\ud800": 1}}}, "/card_data/a"),
        ({"funding": [{"funder": "\udfff"}]}, "/funding/0/funder"),
    ],
)
def test_halves_of_a_character_anywhere(change: dict[str, Any], pointer: str) -> None:
    assert (pointer, "not_utf8") in [(one.pointer, one.code) for one in validate(GOOD | change).errors]


def test_a_name_that_is_refused_gets_no_advice_besides() -> None:
    assert validate(GOOD | {"name": "A B"}).warnings == ()


def test_a_vocabulary_with_more_in_it() -> None:
    words = Vocabulary({"licenses": (Term("moon-1.0", "Moon"),)})
    assert validate(GOOD | {"license": "moon-1.0"}).errors != ()
    assert validate(GOOD | {"license": "moon-1.0"}, words).errors == ()


def test_values_of_wrong_types_are_no_reason_to_stumble() -> None:
    for member in (*GOOD, "tags", "authors", "loader", "batch_script", "papers", "is_distributed", "card_data", *NEW):
        for value in (None, 3, "x", [], {}, [None], [[]], {"a": []}, True):
            validate(GOOD | {member: value})


def test_errors_are_raised_all_at_once() -> None:
    one, two = FieldError("/a", "x", "A."), FieldError("/b", "y", "B.")
    Findings().raise_for_errors("It")
    with pytest.raises(CatalogError, match=r"^It has 1 error\. Nothing was created: fix them and try again\.$"):
        Findings((one,)).raise_for_errors("It")
    with pytest.raises(CatalogError, match="It has 2 errors") as raised:
        Findings((one, two)).raise_for_errors("It")
    assert raised.value.fields == (one, two)
