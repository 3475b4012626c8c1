from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import pytest

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.jobs.arguments import arguments_of, read_arguments, write_arguments


@dataclass(frozen=True)
class Inner:
    file_name: str
    text: str


@dataclass(frozen=True)
class Outer:
    name: str
    size: int = 1
    rate: float = 1.0
    loud: bool = False
    private: bool | None = None
    mode: Literal["fast", "whole"] = "fast"
    values: Mapping[str, Any] = field(default_factory=dict)
    paths: tuple[str, ...] = ()
    script: Inner | None = None


WHOLE = Outer("iris", 2, 0.5, True, False, "whole", {"tags": ["a"]}, ("x", "y"), Inner("load.py", "print()"))


@pytest.mark.parametrize("arguments", [Outer("iris"), WHOLE])
def test_what_is_written_is_read_again(arguments: Outer) -> None:
    import json

    assert read_arguments(Outer, json.loads(json.dumps(write_arguments(arguments)))) == arguments


def test_what_has_its_default_is_not_written() -> None:
    assert write_arguments(Outer("iris")) == {"name": "iris"}
    assert write_arguments(Outer("iris", private=False)) == {"name": "iris", "private": False}


@pytest.mark.parametrize(
    ("data", "pointer", "code", "detail"),
    [
        ({}, "/name", "required", "'name' is missing."),
        ({"name": 1}, "/name", "type", "'name' should be text."),
        ({"name": None}, "/name", "type", "'name' should be text."),
        ({"name": "a", "colour": 1}, "/colour", "unknown_field", "There is no field 'colour' here."),
        ({"name": "a", "size": True}, "/size", "type", "'size' should be a whole number."),
        ({"name": "a", "size": 1.5}, "/size", "type", "'size' should be a whole number."),
        ({"name": "a", "rate": "1"}, "/rate", "type", "'rate' should be a number."),
        ({"name": "a", "loud": 1}, "/loud", "type", "'loud' should be true or false."),
        ({"name": "a", "loud": None}, "/loud", "type", "'loud' should be true or false."),
        ({"name": "a", "mode": "slow"}, "/mode", "unknown_value", "'mode' should be one of fast, whole."),
        ({"name": "a", "mode": ["fast"]}, "/mode", "unknown_value", "'mode' should be one of fast, whole."),
        ({"name": "a", "values": []}, "/values", "type", "'values' should be an object."),
        ({"name": "a", "paths": "x"}, "/paths", "type", "'paths' should be a list of strings."),
        ({"name": "a", "paths": [1]}, "/paths", "type", "'paths' should be a list of strings."),
        ({"name": "a", "script": "x"}, "/script", "type", "'script' should be an object."),
        ({"name": "a", "script": {"text": ""}}, "/script/file_name", "required", "'file_name' is missing."),
    ],
)
def test_what_does_not_fit_is_told_at_its_place(data: dict[str, Any], pointer: str, code: str, detail: str) -> None:
    with pytest.raises(CatalogError) as refused:
        read_arguments(Outer, data)
    assert refused.value.code == "invalid_record"
    assert [(fault.pointer, fault.code, fault.detail) for fault in refused.value.fields] == [(pointer, code, detail)]


def test_every_fault_is_told_and_where_the_arguments_stand() -> None:
    with pytest.raises(
        CatalogError, match=r"^There is no field 'x' here\. \(and 1 more\) Nothing was started\.$"
    ) as refused:
        read_arguments(Outer, {"x": 1}, inside=("arguments",))
    assert [fault.pointer for fault in refused.value.fields] == ["/arguments/x", "/arguments/name"]


def test_null_stands_for_what_may_be_none_unless_it_is_to_be_left_out() -> None:
    assert read_arguments(Outer, {"name": "a", "private": None, "script": None}) == Outer("a")
    with pytest.raises(CatalogError) as refused:
        read_arguments(Outer, {"name": "a", "private": None}, allow_none=False)
    assert [fault.pointer for fault in refused.value.fields] == ["/private"]


def test_each_argument_has_a_schema() -> None:
    found = arguments_of(Outer)
    assert [name for name, argument in found.items() if argument.required] == ["name"]
    assert {name: argument.schema for name, argument in found.items()} == {
        "name": {"type": "string"},
        "size": {"type": "integer"},
        "rate": {"type": "number"},
        "loud": {"type": "boolean"},
        "private": {"type": "boolean"},
        "mode": {"enum": ["fast", "whole"]},
        "values": {"type": "object"},
        "paths": {"type": "array", "items": {"type": "string"}},
        "script": {"type": "object"},
    }


@dataclass(frozen=True)
class Bytes:
    when: bytes


@dataclass(frozen=True)
class TextOrNumber:
    when: int | str


@dataclass(frozen=True)
class TextOrNumberOrNone:
    when: int | str | None = None


@pytest.mark.parametrize(("wrong", "named"), [(Bytes, "bytes"), (TextOrNumber, "int"), (TextOrNumberOrNone, "int")])
def test_what_cannot_be_an_argument_is_a_fault_of_the_program(wrong: type[Any], named: str) -> None:
    with pytest.raises(TypeError, match=named):
        arguments_of(wrong)
