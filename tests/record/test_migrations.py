"""Records of earlier versions, as today's."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.record.migrations import SCHEMA_VERSION, STEPS, migrate, newer
from huggingnersc_lab.record.model import MEMBERS, DatasetRecord
from huggingnersc_lab.record.parts import LINK, PASSED
from huggingnersc_lab.record.scripts import Script
from huggingnersc_lab.record.validation import validate
from huggingnersc_lab.render.card import render_card
from huggingnersc_lab.render.entry import Entry
from huggingnersc_lab.sites import load_site

V1 = Path(__file__).parents[1] / "compat" / "v1" / "catalog"


def test_steps_lead_from_every_version_to_todays() -> None:
    assert set(STEPS) == set(range(1, SCHEMA_VERSION))
    document = {"schema_version": SCHEMA_VERSION, "name": "a"}
    assert migrate(document) == document
    assert migrate(document) is not document
    assert migrate({"name": "a"}) == {"name": "a", "schema_version": SCHEMA_VERSION}
    assert migrate({"schema_version": "1"}) == {"schema_version": "1"}


def test_a_newer_one_is_left_alone() -> None:
    reason = f"This record has schema version 3; this program knows up to {SCHEMA_VERSION}."
    assert (newer({"schema_version": 3}) or "").startswith(reason)
    assert [newer({"schema_version": version}) for version in (1, 2, True, "3", None)] == [None] * 5
    with pytest.raises(CatalogError, match="Update huggingnersc_lab to change it"):
        migrate({"schema_version": 3})


@pytest.mark.parametrize("name", ["ocean", "moon", "sky"])
def test_a_record_that_version_1_wrote_is_one_of_today(name: str) -> None:
    written = json.loads((V1 / name / "record.json").read_text())
    before = copy.deepcopy(written)
    found = migrate(written)
    assert written == before
    assert validate({k: v for k, v in found.items() if v is not None}).errors == ()
    same = before.keys() - {"schema_version", "download_link", "verified_at"}
    assert {member: found[member] for member in same} == {member: before[member] for member in same}
    assert DatasetRecord.from_dict(written) == DatasetRecord.from_dict(found)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"download_link": "s3://a/b"}, {"distributions": [{"channel": "link", "url": "s3://a/b"}]}),
        ({"verified_at": "2026-01-31"}, {"verification": {"status": "passed", "at": "2026-01-31"}}),
        ({"download_link": None, "verified_at": None}, {}),
        # Names that version 1 did not know, as somebody may have used them: what has today's form is taken for it.
        ({"code": ["https://a.org"]}, {"code": ["https://a.org"]}),
        ({"code": "https://a.org"}, {"code_v1": "https://a.org"}),
        ({"funding": [{"funder": 3}]}, {"funding_v1": [{"funder": 3}]}),
        ({"code": 1, "code_v1": 2}, {"code_v1": 2, "code_v1_v1": 1}),
        ({"verification": "yes", "verified_at": "2026-01-31"}, {
            "verification_v1": "yes",
            "verification": {"status": "passed", "at": "2026-01-31"},
        }),
        ({"distributions": {}, "download_link": "s3://a/b"}, {
            "distributions_v1": {},
            "distributions": [{"channel": "link", "url": "s3://a/b"}],
        }),
    ],
)  # fmt: skip
def test_version_1(before: dict[str, Any], after: dict[str, Any]) -> None:
    assert migrate({"schema_version": 1, **before}) == {"schema_version": 2, **after}
    assert migrate(before) == {"schema_version": 2, **after}


_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | _TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXTS, inner, max_size=3),
    max_leaves=6,
)
_LINKS = st.sampled_from(["https://example.org/a_b(c).zip", "s3://bucket/a|b`c", "globus://end/x"])
_DAYS = st.dates().map(str)
_NEW = ("distributions", "verification", "contents", "code", "funding")
_OLD = st.fixed_dictionaries(
    {"name": st.just("a"), "pretty_name": st.sampled_from(["A", "a | b", "*a*"])},
    optional={
        "schema_version": st.just(1),
        "download_link": _LINKS | st.none(),
        "verified_at": _DAYS | st.none(),
        "loader": st.just("load.py"),
        "license": st.sampled_from(["mit", "other"]),
        "tags": st.lists(st.sampled_from(["csv", "cosmology"]), unique=True),
        "data_path": st.just("/data/a"),
        "authors": st.just([{"name": "Ann", "orcid": "0000-0002-1825-0097"}]),
    },
)


_OTHERS = st.dictionaries(
    st.sampled_from(_NEW) | _TEXTS.filter(lambda name: name not in MEMBERS and not name.endswith("_v1")),
    _JSON,
    max_size=4,
)


@given(_OLD, _OTHERS)
def test_migrating_changes_nothing_that_it_is_given_and_twice_is_once(
    known: dict[str, Any], others: dict[str, Any]
) -> None:
    document = others | known
    before = copy.deepcopy(document)
    found = migrate(document)
    assert document == before
    assert migrate(copy.deepcopy(document)) == found
    assert migrate(found) == found
    # Nothing is lost: what is no member by another name is there as it was, and what had another form stands aside.
    same = before.keys() - {"schema_version", "download_link", "verified_at", *_NEW}
    assert {name: found[name] for name in same} == {name: before[name] for name in same}
    for name in before.keys() & set(_NEW):
        if f"{name}_v1" in found:
            assert found[f"{name}_v1"] == before[name]
        elif name == "distributions":  # behind which the link has come
            assert found[name][: len(before[name])] == before[name]
        else:
            assert found[name] == before[name]


@given(_OLD)
def test_a_migrated_record_says_the_same_on_its_card(known: dict[str, Any]) -> None:
    link, day = known.get("download_link"), known.get("verified_at")
    today = {key: value for key, value in known.items() if key not in ("download_link", "verified_at")}
    today |= {"schema_version": 2}
    today |= {"distributions": [{"channel": LINK, "url": link}]} if link else {}
    today |= {"verification": {"status": PASSED, "at": day}} if day else {}
    record = DatasetRecord.from_dict(known)
    assert record == DatasetRecord.from_dict(today)
    assert DatasetRecord.from_dict(record.to_dict()) == record
    assert (record.download_link, record.verified_at) == (link, day)
    loader = Script("load.py", "print(1)\n") if record.loader else None
    card = render_card(Entry(record, load_site("nersc", environ={}), loader))
    assert card == render_card(Entry(DatasetRecord.from_dict(today), load_site("nersc", environ={}), loader))
    assert ("| Download |" in card) is (link is not None)
    assert (f"It last ran successfully on {day}." in card) is (day is not None and loader is not None)
