"""Every fault of a record at once, each with its JSON pointer and the nearest value that would do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Any

from huggingnersc_lab.errors import CatalogError, FieldError
from huggingnersc_lab.record.naming import advise_name
from huggingnersc_lab.record.schema import is_valid_name, member_errors, record_schema, schema_errors
from huggingnersc_lab.record.vocabulary import Vocabulary, load_vocabulary

RESERVED_FILES = frozenset({"readme.md", "record.json", ".gitattributes"})
"""Names, in lower case, that a script in the repository cannot have."""


@dataclass(frozen=True)
class Findings:
    """What validation found: ``errors`` forbid publishing, ``warnings`` do not."""

    errors: tuple[FieldError, ...] = ()
    warnings: tuple[FieldError, ...] = ()

    def raise_for_errors(self, what: str) -> None:
        """Raise ``invalid_record`` with every error when there is one; ``what`` names the document."""
        if self.errors:
            count = len(self.errors)
            detail = f"{what} has {count} error{'s' * (count > 1)}. Nothing was made: mend and try again."
            raise CatalogError("invalid_record", detail, self.errors)


def validate(document: Mapping[str, Any], vocabulary: Vocabulary | None = None) -> Findings:
    """All errors and warnings of a record given as JSON values.

    Args:
        document: the record; see ``record.schema.json``.
        vocabulary: allowed values; the shipped ones when left out.

    >>> findings = validate({"schema_version": 2, "name": "iris", "pretty_name": "Iris", "size_categories": ["n<1k"]})
    >>> [(error.pointer, error.suggestion) for error in findings.errors]
    [('/size_categories/0', 'n<1K')]
    """
    words = vocabulary or load_vocabulary()
    errors = schema_errors(document)
    errors += _unknown_values(record_schema(), document, "", words)
    errors += _script_names(document)
    errors += _broken_texts(document)
    errors += _moments(record_schema(), document, "")
    return Findings(tuple(errors), tuple(_warnings(document, words)))


def member_faults(member: str, schema: Mapping[str, Any], value: object) -> Iterator[FieldError]:
    """Every fault of one member by its own schema."""
    yield from member_errors(member, schema, value)
    yield from _broken_texts({member: value})
    yield from _moments(schema, value, f"/{member}")


def _unknown_values(schema: Mapping[str, Any], value: object, pointer: str, words: Vocabulary) -> Iterator[FieldError]:
    """Values that a vocabulary does not hold; apart from the validator so that a nearest match can be found."""
    if isinstance(value, Mapping):
        for name, child in schema.get("properties", {}).items():
            if name in value:
                yield from _unknown_values(child, value[name], f"{pointer}/{name}", words)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _unknown_values(schema.get("items", {}), item, f"{pointer}/{index}", words)
    elif isinstance(value, str) and (terms := schema.get("x-vocabulary")) and value not in words.ids(terms):
        near = words.nearest(terms, value)
        hint = f" Did you mean '{near}'?" if near else " 'huggingnersc vocabulary' lists what there is."
        yield FieldError(pointer, "unknown_value", f"'{value}' is not in the list.{hint}", near)


def _script_names(document: Mapping[str, Any]) -> Iterator[FieldError]:
    loader, batch = document.get("loader"), document.get("batch_script")
    for member, value in (("loader", loader), ("batch_script", batch)):
        if isinstance(value, str) and value.lower() in RESERVED_FILES:
            yield FieldError(f"/{member}", "reserved", f"A script cannot be called '{value}': rename it.")
    if isinstance(loader, str) and loader == batch:
        yield FieldError("/batch_script", "duplicate", "The batch script and the loader have the same file name.")
    if isinstance(loader, str) and loader == f"{document.get('name')}.py":
        detail = "A script named like the repository stops the `datasets` library from opening it."
        yield FieldError("/loader", "reserved", detail, f"load_{loader}")


def _broken_texts(document: Mapping[str, Any]) -> Iterator[FieldError]:
    """Halves of a character, as JSON's escapes and file names may hold them; no file could take them."""
    for member, value in document.items():
        if any(map(_is_broken, _texts(value))):
            yield FieldError(f"/{member}", "not_utf8", f"'{member}' holds what is no character in UTF-8.")


def _is_broken(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def _texts(value: object) -> Iterator[str]:
    """Every text in a value, names of members among them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, child in value.items():
            yield from _texts(name)
            yield from _texts(child)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)


def _moments(schema: Mapping[str, Any], value: object, pointer: str) -> Iterator[FieldError]:
    """Moments that no calendar has, or that are still to come; east of here it may be tomorrow already."""
    if isinstance(value, Mapping):
        for name, child in schema.get("properties", {}).items():
            if name in value:
                yield from _moments(child, value[name], f"{pointer}/{name}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _moments(schema.get("items", {}), item, f"{pointer}/{index}")
    elif schema.get("x-past") and isinstance(value, str) and _DAY.fullmatch(value):  # else the schema tells
        try:
            day = date.fromisoformat(value[:10])
        except ValueError:
            yield FieldError(pointer, "no_day", f"No calendar has the day {value[:10]}.")
            return
        if day > datetime.now(timezone.utc).date() + timedelta(days=1):
            yield FieldError(pointer, "in_future", f"{schema['title']}: {value} is still to come.")


_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T.*)?")


def _warnings(document: Mapping[str, Any], words: Vocabulary) -> Iterator[FieldError]:
    name = document.get("name")
    if isinstance(name, str) and is_valid_name(name):
        yield from advise_name(name)
    if not document.get("license"):
        yield FieldError("/license", "recommended", "Without a licence nobody knows what they may do with the data.")
    elif document["license"] == "other" and not document.get("license_name"):
        yield FieldError("/license_name", "recommended", "Name the licence, since it is 'other'.")
    if not document.get("data_path") and not document.get("distributions"):
        yield FieldError("/data_path", "recommended", "Nobody can tell from this record where the data is.")
    if document.get("is_distributed") and not document.get("batch_script"):
        detail = "A distributed loader without a batch script gets a plain one with the centre's defaults."
        yield FieldError("/batch_script", "recommended", detail)
    for index, tag in enumerate(_strings(document.get("tags"))):
        if tag not in words.known_tags:
            near = words.nearest("known_tags", tag)
            hint = f" Did you mean '{near}'?" if near else ""
            detail = f"The tag '{tag}' is a word of your own: fine, but nobody looks for it yet.{hint}"
            yield FieldError(f"/tags/{index}", "free_tag", detail, near)


def _strings(value: object) -> Iterable[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
