"""Dataclasses as JSON objects."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huggingnersc_lab.record.codec import MAX_UNKNOWN_BYTES, fits, members
from huggingnersc_lab.record.migrations import SCHEMA_VERSION
from huggingnersc_lab.record.model import MEMBERS, DatasetRecord
from huggingnersc_lab.record.parts import Author, Contents, Distribution, Verification
from huggingnersc_lab.record.portable import MAX_DEPTH, depth_of

LEAST = {"schema_version": SCHEMA_VERSION, "name": "a", "pretty_name": "A"}
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda children: st.lists(children, max_size=3) | st.dictionaries(TEXTS, children, max_size=3),
    max_leaves=10,
)


def foreign(cls: type) -> st.SearchStrategy[dict[str, Any]]:
    """Members that a class does not know."""
    return st.dictionaries(TEXTS.filter(lambda name: name not in members(cls)), JSON, max_size=3)


AUTHORS = st.lists(foreign(Author).map(lambda more: {"name": "Ann", **more}), max_size=2)
WAYS = st.lists(foreign(Distribution).map(lambda more: {"channel": "link", "url": "s3://a", **more}), max_size=2)
RUNS = foreign(Verification).map(lambda more: {"status": "passed", "at": "2026-01-31", **more})
CONTENTS = foreign(Contents).map(lambda more: {"bytes": 0, **more})


@given(foreign(DatasetRecord), AUTHORS, WAYS, RUNS, CONTENTS)
def test_what_is_not_known_comes_back_whole(
    more: dict[str, Any], authors: list[Any], ways: list[Any], run: dict[str, Any], contents: dict[str, Any]
) -> None:
    document = {**LEAST, **more, "authors": authors, "distributions": ways, "verification": run, "contents": contents}
    record = DatasetRecord.from_dict(document)
    assert record.unknown == more
    written = {"authors": [], "distributions": []} | record.to_dict()  # an empty list is not written
    assert written == document
    assert DatasetRecord.from_dict(record.to_dict()) == record


def test_a_member_may_be_called_unknown() -> None:
    document = {**LEAST, "unknown": {"unknown": 1}, "authors": [{"name": "Ann", "unknown": None}]}
    assert DatasetRecord.from_dict(document).to_dict() == document
    assert "unknown" not in MEMBERS


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"name": None}, "'name' is missing"),
        ({"name": 7}, "'name' should be text"),
        ({"private": "yes"}, "'private' should be true or false"),
        ({"tags": ["a", 1]}, "'tags/1' should be text"),
        ({"card_data": []}, "'card_data' should be an object"),
        ({"authors": ["Ann"]}, "'authors/0' should be an object"),
        ({"authors": [{"orcid": "x"}]}, "'authors/0/name' is missing"),
        ({"authors": [{"name": "a", "orcid": 1}]}, "'authors/0/orcid' should be text"),
        ({"contents": {"bytes": True}}, "'contents/bytes' should be a whole number"),
        ({"contents": {"bytes": 1.5}}, "'contents/bytes' should be a whole number"),
        ({"contents": []}, "'contents' should be an object"),
        ({"verification": {"status": "passed"}}, "'verification/at' is missing"),
        ({"verification": {"status": "passed", "at": "x", "duration_s": "1"}}, "duration_s' should be a number"),
        ({"verification": {"status": "passed", "at": "x", "packages": {"a": 1}}}, "should be an object of strings"),
    ],
)
def test_another_form_is_named_with_its_place(values: dict[str, Any], words: str) -> None:
    with pytest.raises(TypeError, match=words):
        DatasetRecord.from_dict(LEAST | values)


def test_zero_is_a_value_and_null_is_none() -> None:
    record = DatasetRecord.from_dict({**LEAST, "contents": {"bytes": 0, "rows": None}})
    assert record.to_dict()["contents"] == {"bytes": 0}


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ("x" * MAX_UNKNOWN_BYTES, "larger than 1024 KiB"),
        ("\ud800", "cannot be written"),
        (float("inf"), "a number that JSON cannot represent"),
        (10**400, "a number that JSON cannot represent"),
        ([[[]]], None),
    ],
)
def test_what_is_not_known_has_its_limits(more: object, words: str | None) -> None:
    for values in ({"more": more}, {"authors": [{"name": "Ann", "more": more}]}):
        if words is None:
            assert DatasetRecord.from_dict(LEAST | values).to_dict() == LEAST | values
            continue
        with pytest.raises(TypeError, match=words):
            DatasetRecord.from_dict(LEAST | values)


def test_nesting_has_its_limits_too() -> None:
    deep: object = []
    for _ in range(MAX_DEPTH):
        deep = [deep]
    assert depth_of(deep) == MAX_DEPTH + 1
    with pytest.raises(TypeError, match="nested deeper than 50 levels"):
        DatasetRecord.from_dict(LEAST | {"more": deep})


def test_fits() -> None:
    assert fits(tuple[Author, ...], [{"name": "Ann"}])
    assert not fits(tuple[Author, ...], {"name": "Ann"})
    assert fits(tuple[str, ...], [])
