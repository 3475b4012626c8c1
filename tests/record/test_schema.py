"""The schema itself, its twin the dataclass, and its two validators."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import MISSING, fields
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from jsonschema import Draft7Validator

from huggingnersc_lab.record.codec import members
from huggingnersc_lab.record.model import (
    CATALOG_ONLY,
    MEMBERS,
    PUBLICATION,
    SCHEMA_VERSION,
    Author,
    Contents,
    DatasetRecord,
    Distribution,
    Funding,
    Verification,
)
from huggingnersc_lab.record.schema import is_valid_name, record_schema, schema_errors
from huggingnersc_lab.record.vocabulary import LISTS
from huggingnersc_lab.sites import site_schema

GOOD: dict[str, Any] = {"schema_version": 2, "name": "iris", "pretty_name": "Iris", "size_categories": ["n<1K"]}
PARTS = (Author, Contents, Distribution, Funding, Verification)
TYPES = {str: "string", bool: "boolean", int: "integer", float: "number"}


def json_type(hint: Any) -> str:
    """What a member of that type is in JSON."""
    if get_origin(hint) is not tuple and type(None) in get_args(hint):
        (hint,) = (one for one in get_args(hint) if one is not type(None))
    if get_origin(hint) is tuple:
        return "array"
    return "object" if hint in PARTS or get_origin(hint) is Mapping else TYPES[hint]


@pytest.mark.parametrize("schema", [record_schema(), site_schema()], ids=["record", "site"])
def test_it_is_draft_07(schema: dict[str, Any]) -> None:
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    Draft7Validator.check_schema(schema)


def test_dataclass_and_schema_have_the_same_members_of_the_same_types() -> None:
    properties = dict(record_schema()["properties"])
    assert properties.pop("schema_version")["const"] == SCHEMA_VERSION == DatasetRecord("a", "A").schema_version
    hold_together(DatasetRecord, properties, optional={"schema_version"})
    assert set(MEMBERS) == set(record_schema()["properties"])


@pytest.mark.parametrize(
    ("member", "cls"),
    [
        ("authors", Author),
        ("distributions", Distribution),
        ("contents", Contents),
        ("verification", Verification),
        ("funding", Funding),
    ],
)
def test_so_have_the_parts(member: str, cls: type) -> None:
    schema = record_schema()["properties"][member]
    schema = schema.get("items", schema)
    hold_together(cls, schema["properties"])
    needed = [item.name for item in fields(cls) if item.default is item.default_factory is MISSING]
    assert needed == schema.get("required", [])
    assert schema["additionalProperties"] is False


def hold_together(cls: type, properties: Mapping[str, Any], optional: Collection[str] = ()) -> None:
    hints = get_type_hints(cls)
    assert set(members(cls)) - set(optional) == set(properties)
    for name, member in properties.items():
        assert member.get("type", "string") == json_type(hints[name]), name


def test_every_new_member_is_bounded() -> None:
    """Other people write records: no list, text or object of these grows without an end."""
    for name in ("distributions", "contents", "verification", "code", "funding"):
        for part in parts_of(record_schema()["properties"][name]):
            kind = part.get("type")
            assert kind != "array" or "maxItems" in part, (name, part)
            assert kind != "integer" or {"minimum", "maximum"} <= part.keys(), (name, part)
            assert kind != "string" or part.keys() & {"maxLength", "pattern"}, (name, part)
            assert kind != "object" or "maxProperties" in part or part["additionalProperties"] is False, (name, part)


def parts_of(schema: Any) -> Iterator[dict[str, Any]]:
    yield schema
    for child in (schema.get("items"), schema.get("additionalProperties"), *schema.get("properties", {}).values()):
        if isinstance(child, dict):
            yield from parts_of(child)


def test_what_has_no_default_is_required() -> None:
    needed = [
        item.name for item in fields(DatasetRecord) if item.default is MISSING and item.default_factory is MISSING
    ]
    assert {*needed, "schema_version", "size_categories"} == set(record_schema()["required"])


def test_what_nobody_writes_by_hand_is_read_only() -> None:
    read_only = {name for name, member in record_schema()["properties"].items() if member.get("readOnly")}
    assert read_only == {*PUBLICATION, "companions", "contents", "verification"}
    assert set(CATALOG_ONLY) < read_only


BY_SHORTHAND = {its["x-for"] for its in record_schema()["x-shorthands"].values() if "x-section" in its}


def test_every_member_can_be_shown_in_a_form() -> None:
    for name, member in record_schema()["properties"].items():
        assert member["title"], name
        assert member["description"].endswith("."), name
        is_drawn = member.get("x-section") in ("about", "where", "loader") or name in BY_SHORTHAND
        assert member.get("readOnly") or name == "schema_version" or is_drawn
        for part in (member, member.get("items", {}), *member.get("items", {}).get("properties", {}).values()):
            assert ("pattern" in part) == ("x-pattern-detail" in part), name
            assert part.get("x-vocabulary", LISTS[0]) in LISTS


def test_the_examples_in_it_fit() -> None:
    for name, member in record_schema()["properties"].items():
        for example in member.get("examples", ()):
            assert schema_errors(GOOD | {name: example}) == []


@pytest.mark.parametrize(
    ("change", "detail"),
    [
        ({"tags": "csv"}, 'Tags should be a list, such as ["csv"].'),
        ({"tags": 3}, "Tags should be a list."),
        ({"is_distributed": "yes"}, "Distributed should be true or false."),
        ({"description": []}, "Description should be text."),
        ({"size_categories": []}, "Size needs at least 1 entry."),
        ({"pretty_name": "x" * 201}, "Official name has more than 200 characters."),
        ({"authors": [{"name": "a"}] * 501}, "Authors has more than 500 entries."),
        ({"schema_version": 3}, "Schema version should be 2, not 3."),
        ({"tags": ["a", "a"]}, "Tags contains duplicates."),
        ({"licence": "mit"}, "There is no field 'licence'. Did you mean 'license'?"),
        ({"zzz": 1}, "There is no field 'zzz'."),
        ({"authors": [{}]}, "Name is missing."),
        ({"doi": "x"}, "'x' is invalid. A DOI looks like 10.6084/m9.figshare.2066037."),
        ({"doi": "x" * 61}, "A DOI looks like 10.6084/m9.figshare.2066037."),
        (
            {"distributions": "https://a.org"},
            'Distributions should be a list, such as [{"channel": "link", "url": "https://example.org/iris.zip"}].',
        ),
        (
            {"funding": {"funder": "NSF"}},
            f"Funding should be a list, such as {json.dumps(record_schema()['properties']['funding']['examples'][0])}.",
        ),
        ({"funding": [{"award_number": "1"}]}, "Funder is missing."),
        ({"contents": {"rows": 10**16}}, "Rows should be at most 1000000000000000."),
        ({"contents": {"rows": -1}}, "Rows should be at least 0."),
        ({"contents": {"rows": 1.5}}, "Rows should be a whole number."),
        (
            {"verification": {"status": "maybe", "at": "2026-01-31"}},
            "'maybe' is not one of passed, failed.",
        ),
        (
            {"verification": {"status": "passed", "at": "2026-01-31", "packages": {f"p{n}": "1" for n in range(501)}}},
            "Packages has more than 500 fields.",
        ),
        ({"doi": "a\nb"}, "A DOI looks like 10.6084/m9.figshare.2066037."),
    ],
)
def test_errors_are_sentences(change: dict[str, Any], detail: str) -> None:
    assert [error.detail for error in schema_errors(GOOD | change)] == [detail]


def test_both_validators_agree_on_what_is_valid(monkeypatch: pytest.MonkeyPatch) -> None:
    """The quick one must not let pass what the thorough one refuses: a last newline is the classic."""
    from huggingnersc_lab.record import schema

    for change in ({"name": "iris\n"}, {"doi": "10.1000/1\n"}, {"is_distributed": 1}, {"schema_version": True}):
        document = GOOD | change
        quick = schema_errors(document)
        thorough = schema.all_errors(record_schema(), document)
        assert bool(quick) == bool(thorough) is True, change


@pytest.mark.parametrize("name", ["iris", "a", "A", "0", "_x_", "a.b", "a-b_c", "a" * 96])
def test_names_that_the_hub_takes(name: str) -> None:
    from huggingface_hub.utils import validate_repo_id

    assert is_valid_name(name)
    validate_repo_id(f"NERSC/{name}")


@pytest.mark.parametrize("name", ["", "-a", "a-", ".a", "a.", "a--b", "a..b", "a b", "a/b", "é", "a.git", "a\n", "٣"])
def test_names_that_the_hub_refuses(name: str) -> None:
    assert not is_valid_name(name)


def test_our_rules_are_never_laxer_than_the_clients() -> None:
    from huggingface_hub.errors import HFValidationError
    from huggingface_hub.utils import validate_repo_id

    letters = ["a", "-", ".", "_", "Z", "0", " ", "é"]
    names = [a + b + c for a in letters for b in letters for c in letters] + ["a" * 96, "a" * 97, "a.git"]
    for name in names:
        if is_valid_name(name):
            try:
                validate_repo_id(f"NERSC/{name}"[:96])
            except HFValidationError:
                pytest.fail(f"the client refuses '{name}'")
