"""What is too much, or cannot be written, is told at its field in plain words, and at once."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.record.metadata.document import parse_json, read_changes, read_metadata
from huggingnersc_lab.record.model import DatasetRecord, dump_record
from huggingnersc_lab.record.schema import record_schema
from huggingnersc_lab.record.strict_json import loads, with_shown_halves
from huggingnersc_lab.record.validation import Findings, validate

GOOD: dict[str, Any] = {
    "schema_version": 2,
    "name": "iris",
    "pretty_name": "Iris",
    "size_categories": ["n<1K"],
    "license": "mit",
    "data_path": "/data/iris",
}

BOUNDED_BY_PATTERN = ("name", "orcid", "access_group", "kernel_name")
"""Their patterns end: a longer one is told in the words that say what it should look like."""

MANY = 100_000


def told(findings: Findings) -> list[tuple[str, str]]:
    return [(error.pointer, error.code) for error in findings.errors]


def _members(schema: Mapping[str, Any], name: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    yield name, schema
    for child, inner in schema.get("properties", {}).items():
        yield from _members(inner, child)
    for short, inner in schema.get("x-shorthands", {}).items():
        yield from _members(inner, short)
    for part in ("items", "additionalProperties", "propertyNames"):
        if isinstance(inner := schema.get(part), Mapping):
            yield from _members({"type": "string"} | inner if part == "propertyNames" else inner, f"{name}/{part}")


def test_every_text_and_every_list_has_a_bound() -> None:
    for name, schema in _members(record_schema()):
        bound = {"string": "maxLength", "array": "maxItems"}.get(schema.get("type", ""))
        if schema.get("type") == "object" and schema.get("additionalProperties") is not False and name:
            bound = "maxProperties"
        if schema.get("type") in ("integer", "number"):
            bound = "maximum"
        assert bound is None or bound in schema or name in BOUNDED_BY_PATTERN, name
    for name in BOUNDED_BY_PATTERN:
        document = {**GOOD, "authors": [{"name": "A", "orcid": "0" * 5000}]} if name == "orcid" else {**GOOD}
        if name != "orcid":
            document[name] = "a" * 5000
        assert [code for _, code in told(validate(document))] == ["pattern"], name


@pytest.mark.parametrize(
    ("member", "value", "detail"),
    [
        ("tags", [f"tag {number}" for number in range(MANY)], "Tags has more than 200 entries."),
        ("tags", ["x"] * MANY, "Tags has more than 200 entries."),
        ("tags", [number if number % 2 else f"t{number}" for number in range(MANY)], "Tags has more than 200 entries."),
        ("authors", [{"name": f"A {number}"} for number in range(MANY // 2)], "Authors has more than 500 entries."),
        ("authors", [{"nome": number} for number in range(MANY // 2)], "Authors has more than 500 entries."),
        ("papers", [f"p{number}" for number in range(MANY)], "Papers has more than 200 entries."),
        ("language", [f"l{number}" for number in range(MANY)], "Languages has more than 5000 entries."),
        ("size_categories", ["n<1K"] * MANY, "Size has more than 20 entries."),
        ("source_datasets", [f"a/b{number}" for number in range(MANY)], "Source datasets has more than 200 entries."),
        ("license", "x" * 1_000_000, "Licence has more than 100 characters."),
        ("description", "x" * 1_000_000, "Description has more than 50000 characters."),
        ("data_path", "/" + "../" * 300_000, "Path of the data has more than 4096 characters."),
        ("homepage", "https://" + "x" * 1_000_000, "Home page has more than 2000 characters."),
        ("card_data", {f"k{number}": 1 for number in range(MANY)}, "Further card data has more than 200 fields."),
        ("code", [f"https://x.org/{number}" for number in range(MANY)], "Code has more than 50 entries."),
        ("funding", [{"funder": f"F {number}"} for number in range(MANY)], "Funding has more than 50 entries."),
        (
            "distributions",
            [{"channel": "link", "url": f"s3://{number}"} for number in range(MANY)],
            "Distributions has more than 100 entries.",
        ),
        ("card_data", {"a": ["x" * 100] * 11_000}, "Further card data has more than 1,000,000 characters."),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 20 else "",
)
def test_too_much_is_told_at_its_field_at_once(member: str, value: Any, detail: str) -> None:
    start = time.monotonic()
    findings = validate({**GOOD, member: value})
    assert [(error.pointer, error.code, error.detail) for error in findings.errors] == [
        (f"/{member}", "too_long", detail)
    ]
    assert len(json.dumps([error.to_dict() for error in findings.warnings])) < 10_000
    assert time.monotonic() - start < 20  # a second on a machine that does nothing else


def test_as_many_as_fit_are_looked_at_each(monkeypatch: pytest.MonkeyPatch) -> None:
    most = record_schema()["properties"]["tags"]["maxItems"]
    assert told(validate({**GOOD, "tags": [f"t{number}" for number in range(most)]})) == []
    languages = [f"l{number}" for number in range(5000)]
    findings = validate({**GOOD, "language": languages})
    assert [error.code for error in findings.errors] == ["unknown_value"] * 5000


def test_members_that_nobody_knows_are_told_some_at_a_time() -> None:
    start = time.monotonic()
    findings = validate(GOOD | {f"licen{number}": 1 for number in range(20_000)})
    assert 0 < len(findings.errors) <= 200
    assert time.monotonic() - start < 20
    (fault,) = validate(GOOD | {"x" * 100_000: 1}).errors
    assert len(fault.detail) < 200


@pytest.mark.parametrize(
    ("members", "pointer", "code"),
    [
        ({"description": "a\ud800"}, "/description", "not_utf8"),
        ({"tags": ["a", "\udfff"]}, "/tags/1", "not_utf8"),
        ({"authors": [{"name": "A"}, {"name": "\ud800b"}]}, "/authors/1/name", "not_utf8"),
        ({"card_data": {"a": [{"b/c": "\udc00"}]}}, "/card_data/a/0/b~1c", "not_utf8"),
        ({"card_data": {"a": {"\ud800": 1}}}, "/card_data/a", "not_utf8"),
        ({"card_data": {"a": float("nan")}}, "/card_data/a", "no_number"),
        ({"card_data": {"a": [float("inf")]}}, "/card_data/a/0", "no_number"),
        ({"card_data": {"a": 10**400}}, "/card_data/a", "no_number"),
        ({"card_data": {"a": {1, 2}}}, "/card_data/a", "type"),
    ],
)
def test_what_no_file_could_take_is_told_at_its_place(members: dict[str, Any], pointer: str, code: str) -> None:
    assert (pointer, code) in told(validate(GOOD | members))


def test_levels_without_end_are_told() -> None:
    deep: Any = 1
    for _ in range(100_000):
        deep = [deep]
    assert told(validate(GOOD | {"card_data": {"a": deep}})) == [("/card_data", "too_deep")]
    for member in GOOD:
        assert told(validate(GOOD | {member: deep}))


@pytest.mark.parametrize("number", ["1e999", "-1e999", "NaN", "Infinity", "-Infinity", "9" * 5000])
def test_numbers_that_json_has_not_are_refused(number: str) -> None:
    with pytest.raises(CatalogError, match="cannot be read as JSON") as refused:
        parse_json(f'{{"card_data": {{"x": {number}}}}}'.encode(), "It")
    assert [field.code for field in refused.value.fields] == ["not_json"]
    assert len(refused.value.detail) < 200


def test_nothing_but_json_is_ever_written() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        dump_record({"card_data": {"x": float("inf")}})


@pytest.mark.parametrize(
    ("members", "words"),
    [({"card_data": {"x": float("nan")}}, "a number"), ({"card_data": {"x": [[[]]] * 1}}, None)],
)
def test_a_record_that_could_not_be_written_again_is_damaged(members: dict[str, Any], words: str | None) -> None:
    if words is None:
        assert DatasetRecord.from_dict(GOOD | members).card_data == members["card_data"]
        return
    with pytest.raises(TypeError, match=words):
        DatasetRecord.from_dict(GOOD | members)


def test_a_record_that_is_longer_than_what_is_taken_today_is_still_read() -> None:
    members = {
        "tags": [f"t{number}" for number in range(MANY)],
        "doi": "10.1/" + "x" * 10_000,
        "language": ["x"] * 6000,
    }
    record = DatasetRecord.from_dict(GOOD | members)
    assert (len(record.tags), len(record.language)) == (MANY, 6000)
    assert DatasetRecord.from_dict(json.loads(dump_record(record.to_dict()))) == record


def test_half_a_character_is_shown_as_its_escape() -> None:
    assert loads(with_shown_halves(r'["\ud800", "\uD83D\uDE00", "\\ud800", "a\udc00b\ud800"]')) == [
        "\\ud800",
        "😀",
        "\\ud800",
        "a\\udc00b\\ud800",
    ]


_TEXTS = st.one_of(
    st.text(max_size=30),
    st.text(st.characters(categories=["Cs", "Cc", "Cf", "Zs", "Lu"]), max_size=5),
    st.sampled_from(["", "n<1K", "mit", "en", "csv", "iris", "../x", "https://x.org", "10.1234/x", "\ud800"]),
)
_NUMBERS = st.one_of(st.integers(), st.floats(), st.sampled_from([10**400]), st.builds(lambda: 10**5000))
_VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), _NUMBERS, _TEXTS),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(_TEXTS, inner, max_size=4)),
    max_leaves=12,
)
_NAMES = st.one_of(st.sampled_from(sorted(record_schema()["properties"])), _TEXTS)
_DOCUMENTS = st.dictionaries(_NAMES, _VALUES, max_size=8)


@settings(max_examples=300, deadline=None)
@given(_DOCUMENTS)
def test_whatever_is_handed_in_is_told_about_or_can_be_written(members: dict[str, Any]) -> None:
    findings = read_metadata(GOOD | members).findings
    json.dumps([error.to_dict() for error in (*findings.errors, *findings.warnings)], allow_nan=False)
    assert all(error.pointer == "" or error.pointer.startswith("/") for error in findings.errors)
    if not findings.errors:
        record = read_metadata(GOOD | members).to_record("it")
        written = parse_json(dump_record(record.to_dict()), "it")
        assert DatasetRecord.from_dict(written) == record


@settings(max_examples=200, deadline=None)
@given(_DOCUMENTS, st.dictionaries(_TEXTS.filter(str.isascii), st.integers(0, 3) | st.lists(_TEXTS), max_size=2))
def test_so_is_whatever_takes_the_place_of_a_record_with_more(members: dict[str, Any], more: dict[str, Any]) -> None:
    try:
        former = DatasetRecord.from_dict({**more, **GOOD, "instrument": 1})
    except TypeError:
        return
    for found in (
        read_metadata(GOOD | more | members, former=former),
        read_changes(more | members | {"name": "iris"}, former),
    ):
        json.dumps([error.to_dict() for error in found.findings.errors], allow_nan=False)
        if not found.findings.errors:
            written = parse_json(dump_record(found.to_record("it").to_dict()), "it")
            assert DatasetRecord.from_dict(written) == found.to_record("it")


def test_levels_without_end_in_the_place_of_a_record_with_more() -> None:
    deep: Any = 1
    for _ in range(100_000):
        deep = [deep]
    former = DatasetRecord.from_dict(GOOD | {"instrument": 1})
    for member in ("tags", "instrument", "card_data", "distributions", "download_link"):
        assert read_metadata(GOOD | {member: deep}, former=former).findings.errors
        assert read_changes({member: deep}, former).findings.errors


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=60), st.binary(max_size=60))
def test_whatever_a_file_holds_is_an_object_or_refused(text: str, content: bytes) -> None:
    for data in (text.encode(), content, b'{"a": ' + content + b"}", b'{"a": "' + content + b'"}'):
        try:
            document = parse_json(data, "It")
        except CatalogError:
            continue
        assert isinstance(document, dict)
