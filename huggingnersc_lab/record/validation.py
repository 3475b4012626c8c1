"""Reports all errors of a record at once, each with its JSON pointer and the closest valid value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Any

from huggingnersc_lab.errors import CatalogError, FieldError, json_pointer
from huggingnersc_lab.record.naming import advise_name
from huggingnersc_lab.record.portable import what_no_file_takes, why_no_json
from huggingnersc_lab.record.schema import (
    MAX_HINTS,
    is_too_long,
    is_valid_name,
    member_errors,
    record_schema,
    schema_errors,
)
from huggingnersc_lab.record.vocabulary import Vocabulary, load_vocabulary

RESERVED_FILES = frozenset({"readme.md", "record.json", ".gitattributes"})
"""Names, in lower case, that a script in the repository cannot have."""


@dataclass(frozen=True)
class Findings:
    """Results of validation: ``errors`` prevent publishing, ``warnings`` do not."""

    errors: tuple[FieldError, ...] = ()
    warnings: tuple[FieldError, ...] = ()

    def raise_for_errors(self, what: str) -> None:
        """Raise ``invalid_record`` with all errors, if any; ``what`` names the document."""
        if self.errors:
            count = len(self.errors)
            detail = f"{what} has {count} error{'s' * (count > 1)}. Nothing was created: fix them and try again."
            raise CatalogError("invalid_record", detail, self.errors)


def validate(document: Mapping[str, Any], vocabulary: Vocabulary | None = None) -> Findings:
    """All errors and warnings of a record given as JSON values.

    Args:
        document: the record; see ``record.schema.json``.
        vocabulary: allowed values; the built-in ones if omitted.

    >>> findings = validate({"schema_version": 2, "name": "iris", "pretty_name": "Iris", "size_categories": ["n<1k"]})
    >>> [(error.pointer, error.suggestion) for error in findings.errors]
    [('/size_categories/0', 'n<1K')]
    """
    words = vocabulary or load_vocabulary()
    unwritable = {member: value for member, value in document.items() if why_no_json(member, value)}
    document = {member: value for member, value in document.items() if member not in unwritable}
    absent = set(map(json_pointer, unwritable))
    errors = [error for error in schema_errors(document) if error.pointer not in absent]
    errors += _unknown_values(record_schema(), document, words)
    errors += _script_names(document)
    errors += what_no_file_takes(document | unwritable)
    errors += _moments(record_schema(), document, "")
    return Findings(tuple(errors), tuple(_warnings(document, words)))


def member_faults(member: str, schema: Mapping[str, Any], value: object) -> Iterator[FieldError]:
    """All errors of one field by its own schema."""
    faults = what_no_file_takes({member: value})
    if not faults:
        yield from member_errors(member, schema, value)
        yield from _moments(schema, value, f"/{member}")
    yield from faults


def _unknown_values(schema: Mapping[str, Any], document: Mapping[str, Any], words: Vocabulary) -> Iterator[FieldError]:
    """Values that are not in their vocabulary; separate from the validator so that suggestions can be made."""
    hints = MAX_HINTS
    for pointer, terms, value in _from_vocabularies(schema, document, ""):
        if value in words.ids(terms):
            continue
        near = words.nearest(terms, value) if hints > 0 else None
        hints -= 1
        hint = f" Did you mean '{near}'?" if near else ""
        yield FieldError(pointer, "unknown_value", f"'{value}' is not in the list.{hint}", near)


def _from_vocabularies(schema: Mapping[str, Any], value: object, pointer: str) -> Iterator[tuple[str, str, str]]:
    """Pointer, vocabulary and value of everything that must be in a vocabulary."""
    if is_too_long(schema, value):
        return
    if isinstance(value, Mapping):
        for name, child in schema.get("properties", {}).items():
            if name in value:
                yield from _from_vocabularies(child, value[name], f"{pointer}/{name}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _from_vocabularies(schema.get("items", {}), item, f"{pointer}/{index}")
    elif isinstance(value, str) and (terms := schema.get("x-vocabulary")):
        yield pointer, str(terms), value


def _script_names(document: Mapping[str, Any]) -> Iterator[FieldError]:
    loader, batch = document.get("loader"), document.get("batch_script")
    for member, value in (("loader", loader), ("batch_script", batch)):
        if isinstance(value, str) and value.lower() in RESERVED_FILES:
            yield FieldError(f"/{member}", "reserved", f"A script cannot be named '{value}': rename it.")
    if isinstance(loader, str) and loader == batch:
        yield FieldError("/batch_script", "duplicate", "The batch script and the loader have the same file name.")
    if isinstance(loader, str) and loader == f"{document.get('name')}.py":
        detail = "A script named like the repository prevents the `datasets` library from opening it."
        yield FieldError("/loader", "reserved", detail, f"load_{loader}")
    yield from _companion_names(document)


def _companion_names(document: Mapping[str, Any]) -> Iterator[FieldError]:
    companions, name = document.get("companions"), document.get("name")
    taken = [document.get("loader"), document.get("batch_script"), f"{name}.py", f"{name}_loader.ipynb"]
    for index, value in enumerate(companions if isinstance(companions, list) else ()):
        if isinstance(value, str) and (value in taken or value.lower() in RESERVED_FILES):
            detail = f"A companion file cannot be named '{value}', which is the name of another file: rename it."
            yield FieldError(f"/companions/{index}", "reserved", detail)


def _moments(schema: Mapping[str, Any], value: object, pointer: str) -> Iterator[FieldError]:
    """Invalid dates, and dates in the future; with tolerance for time zones, where it may already be tomorrow."""
    if is_too_long(schema, value):
        return
    if isinstance(value, Mapping):
        for name, child in schema.get("properties", {}).items():
            if name in value:
                yield from _moments(child, value[name], f"{pointer}/{name}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _moments(schema.get("items", {}), item, f"{pointer}/{index}")
    elif schema.get("x-past") and isinstance(value, str) and _DAY.fullmatch(value):  # otherwise the schema reports it
        try:
            day = date.fromisoformat(value[:10])
        except ValueError:
            yield FieldError(pointer, "no_day", f"{value[:10]} is not a valid date.")
            return
        if day > datetime.now(timezone.utc).date() + timedelta(days=1):
            yield FieldError(pointer, "in_future", f"{schema['title']}: {value} is in the future.")


_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T.*)?")


def _warnings(document: Mapping[str, Any], words: Vocabulary) -> Iterator[FieldError]:
    name = document.get("name")
    if isinstance(name, str) and is_valid_name(name):
        yield from advise_name(name)
    if not document.get("license"):
        yield FieldError("/license", "recommended", "Without a licence, nobody knows how they may use the data.")
    elif document["license"] == "other" and not document.get("license_name"):
        yield FieldError("/license_name", "recommended", "Enter the name of the licence, since it is 'other'.")
    if not document.get("data_path") and not document.get("distributions"):
        yield FieldError("/data_path", "recommended", "This record does not say where the data is.")
    if document.get("is_distributed") and not document.get("batch_script"):
        detail = "If a distributed loader has no batch script, one is generated from the centre's defaults."
        yield FieldError("/batch_script", "recommended", detail)
    for index, tag in enumerate(_tags(document)):
        if tag not in words.known_tags:
            near = words.nearest("known_tags", tag)
            hint = f" Did you mean '{near}'?" if near else ""
            detail = f"The tag '{tag}' is your own: that is fine, but nobody else uses it yet.{hint}"
            yield FieldError(f"/tags/{index}", "free_tag", detail, near)


def _tags(document: Mapping[str, Any]) -> Iterable[str]:
    """The tags that can be checked individually."""
    tags, schema = document.get("tags"), record_schema()["properties"]["tags"]
    if not isinstance(tags, list) or is_too_long(schema, tags):
        return []
    return [tag for tag in tags if isinstance(tag, str) and not is_too_long(schema["items"], tag)]
