"""Suggestions of several files for one field: what agrees is one choice, what disagrees are several."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from huggingnersc_lab.inspection.prefill.suggestion import Suggestion
from huggingnersc_lab.record.identifiers import with_plain_identifiers
from huggingnersc_lab.record.metadata.shorthands import enterable, form_schema
from huggingnersc_lab.record.model import SCHEMA_VERSION
from huggingnersc_lab.record.schema import record_schema
from huggingnersc_lab.record.validation import validate

MAX_CHOICES = 10
"""Maximum number of choices for a field."""

MAX_ITEMS = 500
"""Maximum number of items of a list."""

_NEVER = frozenset(
    {"schema_version", "name", "data_path", "batch_script", "kernel_name", "is_distributed", "card_data"}
)
"""Fields that no file decides: they are about this entry, not about the data."""

_REST = {"schema_version": SCHEMA_VERSION, "name": "x", "pretty_name": "x", "size_categories": ["n<1K"]}
"""What a record needs besides a field, so that only the field can be wrong."""

_JOINED = frozenset({"tags", "papers", "code", "language", "task_categories", "task_ids"})
"""Lists in which the values of several files complement each other."""


@dataclass(frozen=True)
class Origin:
    """Where a value was found.

    Attributes:
        file: the file's name, in the folder of the data.
        passage: the part of it that says so, on one line.
    """

    file: str
    passage: str


@dataclass(frozen=True)
class Choice:
    """A valid value of a field, and where it was found, the most trusted origin first."""

    value: Any
    origins: tuple[Origin, ...]


def choices_of(found: Iterable[tuple[str, Suggestion]]) -> dict[str, tuple[Choice, ...]]:
    """The choices for each field, in the order of the form; the first is preferred.

    Args:
        found: file and suggestion, the most trusted first. Values that a record cannot have are left out, and so are
        invalid items of a list.
    """
    allowed = enterable() - _NEVER
    by_member: dict[str, list[Choice]] = {}
    for file, one in sorted(found, key=lambda item: not item[1].is_explicit):
        if one.member in allowed and (value := valid_value(one.member, one.value)) is not None:
            _add(by_member.setdefault(one.member, []), one.member, Choice(value, (Origin(file, one.passage),)))
    _without_own_doi(by_member)
    return {
        member: tuple(by_member[member][:MAX_CHOICES])
        for member in form_schema()["properties"]
        if by_member.get(member)
    }


def valid_value(member: str, value: Any) -> Any:
    """A value in the form that a record stores; None if the record cannot have it.

    >>> valid_value("license", "CC BY"), valid_value("doi", "https://doi.org/10.5072/1"), valid_value("tags", ["a", ""])
    (None, '10.5072/1', ['a'])
    """
    value = with_plain_identifiers({member: value})[member]
    if isinstance(value, list):
        limit = record_schema()["properties"].get(member, {}).get("maxItems", MAX_ITEMS)
        value = [one for index, one in enumerate(value[:MAX_ITEMS]) if one not in value[:index]][:limit]
        if not _is_valid(member, value):
            value = [one for one in value if _is_valid(member, [one])]
    return value if value not in ("", [], {}, None) and _is_valid(member, value) else None


def _is_valid(member: str, value: Any) -> bool:
    return not validate({**_REST, member: value}).errors


def _add(choices: list[Choice], member: str, new: Choice) -> None:
    for index, old in enumerate(choices):
        if member in _JOINED:
            value = valid_value(member, _joined(old.value, new.value))
        elif _key(old.value) == _key(new.value):
            value = old.value if len(json.dumps(old.value)) >= len(json.dumps(new.value)) else new.value
        else:
            continue
        files = {origin.file for origin in old.origins}
        added = tuple(origin for origin in new.origins if origin.file not in files)
        choices[index] = Choice(value, old.origins + added if _adds(old, value, new) else old.origins)
        return
    choices.append(new)


def _adds(old: Choice, value: Any, new: Choice) -> bool:
    """Whether a file belongs to the origins of a value: it says the same, or has added something."""
    return bool(value != old.value) or _key(old.value) == _key(new.value)


def _joined(old: list[Any], new: list[Any]) -> list[Any]:
    known = {str(one).casefold() for one in old}
    return old + [one for one in new if str(one).casefold() not in known]


def _key(value: Any) -> Any:
    """What two values that say the same have in common."""
    if isinstance(value, str):
        return "".join(sign for sign in value.casefold() if sign.isalnum()) or value
    if isinstance(value, list):
        return [
            _key(one.get("name", one.get("funder", ""))) if isinstance(one, Mapping) else _key(one) for one in value
        ]
    return json.dumps(value, sort_keys=True)


def _without_own_doi(by_member: dict[str, list[Choice]]) -> None:
    """The dataset's own DOI is not a paper about it."""
    own = {choice.value.casefold() for choice in by_member.get("doi", ())}
    papers = []
    for choice in by_member.get("papers", ()):
        value = [one for one in choice.value if one.casefold() not in own]
        papers += [Choice(value, choice.origins)] if value else []
    if "papers" in by_member:
        by_member["papers"] = papers
