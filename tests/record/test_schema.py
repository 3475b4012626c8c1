"""The schema itself, its twin the dataclass, and its two validators."""

from __future__ import annotations

from dataclasses import MISSING, fields
from typing import Any, get_type_hints

import pytest
from jsonschema import Draft7Validator

from huggingnersc_lab.record.model import CATALOG_ONLY, PUBLICATION, SCHEMA_VERSION, Author, DatasetRecord
from huggingnersc_lab.record.schema import is_valid_name, record_schema, schema_errors
from huggingnersc_lab.record.vocabulary import LISTS
from huggingnersc_lab.sites import site_schema

GOOD: dict[str, Any] = {"schema_version": 1, "name": "iris", "pretty_name": "Iris", "size_categories": ["n<1K"]}
TYPES = {
    str | None: "string",
    str: "string",
    bool | None: "boolean",
    bool: "boolean",
    tuple[str, ...]: "array",
    tuple[Author, ...]: "array",
}


@pytest.mark.parametrize("schema", [record_schema(), site_schema()], ids=["record", "site"])
def test_it_is_draft_07(schema: dict[str, Any]) -> None:
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    Draft7Validator.check_schema(schema)


def test_dataclass_and_schema_have_the_same_members_of_the_same_types() -> None:
    properties = record_schema()["properties"]
    hints = get_type_hints(DatasetRecord)
    assert {item.name for item in fields(DatasetRecord)} == set(properties)
    for item in fields(DatasetRecord):
        if item.name == "schema_version":
            assert properties[item.name]["const"] == item.default == SCHEMA_VERSION
        elif item.name == "card_data":
            assert properties[item.name]["type"] == "object"
        else:
            assert properties[item.name]["type"] == TYPES[hints[item.name]], item.name
    author = properties["authors"]["items"]
    assert [item.name for item in fields(Author)] == list(author["properties"])
    assert [item.name for item in fields(Author) if item.default is MISSING] == author["required"]


def test_what_has_no_default_is_required() -> None:
    needed = [
        item.name for item in fields(DatasetRecord) if item.default is MISSING and item.default_factory is MISSING
    ]
    assert {*needed, "schema_version", "size_categories"} == set(record_schema()["required"])


def test_what_publishing_fills_in_is_read_only() -> None:
    read_only = {name for name, member in record_schema()["properties"].items() if member.get("readOnly")}
    assert read_only == set(PUBLICATION)
    assert set(CATALOG_ONLY) < read_only


def test_every_member_can_be_shown_in_a_form() -> None:
    for name, member in record_schema()["properties"].items():
        assert member["title"], name
        assert member["description"].endswith("."), name
        assert member.get("readOnly") or name == "schema_version" or member["x-section"] in ("about", "where", "loader")
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
        ({"size_categories": []}, "Size needs at least 1."),
        ({"pretty_name": "x" * 201}, "Official name has more than 200 characters."),
        ({"authors": [{"name": "a"}] * 501}, "Authors has more than 500 entries."),
        ({"schema_version": 2}, "Schema version should be 1, not 2."),
        ({"tags": ["a", "a"]}, "Tags names something twice."),
        ({"licence": "mit"}, "There is no field 'licence'. Did you mean 'license'?"),
        ({"zzz": 1}, "There is no field 'zzz'."),
        ({"authors": [{}]}, "Name is missing."),
        ({"doi": "x"}, "'x' cannot be taken. A DOI looks like 10.6084/m9.figshare.2066037."),
        ({"doi": "x" * 61}, "A DOI looks like 10.6084/m9.figshare.2066037."),
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
