"""Parses and validates the JSON body of a request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from huggingnersc_lab.errors import CatalogError, FieldError, json_pointer

_DIGITS = 18


@dataclass(frozen=True)
class Member:
    """The type of a field.

    Attributes:
        kind: its Python type.
        form: its type, for people.
        required: whether it is required.
        choices: the allowed values; empty for any.
    """

    kind: type
    form: str
    required: bool = False
    choices: tuple[str, ...] = ()


def text(*choices: str, required: bool = False) -> Member:
    """A string, optionally with a set of choices."""
    return Member(str, "text", required, choices)


def flag() -> Member:
    """A boolean."""
    return Member(bool, "true or false")


def values() -> Member:
    """An object with any content."""
    return Member(dict, "an object", required=True)


def read_object(content: bytes) -> dict[str, Any]:
    """Parse the object; raises ``invalid_record`` with the position of a syntax error."""
    from huggingnersc_lab.record.metadata.document import parse_json

    return parse_json(content, "The request body")


def check_members(given: Mapping[str, Any], wanted: Mapping[str, Member]) -> None:
    """Raise ``invalid_record`` with all unknown, missing or mistyped fields."""
    faults = [
        FieldError(json_pointer(name), "unknown_field", f"There is no field '{name}' here.")
        for name in given
        if name not in wanted
    ]
    for name, member in wanted.items():
        if name not in given:
            if member.required:
                faults.append(FieldError(json_pointer(name), "required", f"'{name}' is missing."))
        elif not isinstance(given[name], member.kind):
            faults.append(FieldError(json_pointer(name), "type", f"'{name}' should be {member.form}."))
        elif member.choices and given[name] not in member.choices:
            known = ", ".join(member.choices)
            faults.append(FieldError(json_pointer(name), "unknown_value", f"'{name}' should be one of {known}."))
    if faults:
        first = faults[0].detail
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        raise CatalogError("invalid_record", f"{first}{more} Nothing was changed.", faults)


def read_number(name: str, given: str, lowest: int, highest: int) -> int:
    """Parse a number in the query; raises ``invalid_record`` if it is invalid or out of range."""
    # int() would reject more digits than this.
    if given.isascii() and given.isdigit() and len(given) <= _DIGITS and lowest <= int(given) <= highest:
        return int(given)
    fault = f"'{name}' should be a whole number from {lowest} to {highest}."
    raise CatalogError(
        "invalid_record", f"{fault} Nothing was changed.", [FieldError(json_pointer(name), "type", fault)]
    )
