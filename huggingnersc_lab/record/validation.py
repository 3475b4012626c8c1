"""Every fault of a record at once, each with its JSON pointer and the nearest value that would do."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Any

from jsonschema import Draft7Validator
from jsonschema.exceptions import ValidationError
from jsonschema.protocols import Validator
from jsonschema.validators import extend

from huggingnersc_lab.errors import CatalogError, FieldError
from huggingnersc_lab.record.naming import advise_name, propose_name
from huggingnersc_lab.record.vocabulary import Vocabulary, load_vocabulary

RESERVED_FILES = frozenset({"readme.md", "record.json", ".gitattributes"})
"""Names, in lower case, that a script in the repository cannot have."""

_CODES = {
    "required": "required",
    "additionalProperties": "unknown_field",
    "x-vocabulary": "unknown_value",
    "const": "unknown_value",
    "uniqueItems": "duplicate",
    "minItems": "too_short",
    "minLength": "too_short",
    "maxItems": "too_long",
    "maxLength": "too_long",
}
_TYPES = {
    "string": "text",
    "array": "a list",
    "object": "an object",
    "boolean": "true or false",
    "integer": "a whole number",
}


@dataclass(frozen=True)
class Findings:
    """What validation found: ``errors`` forbid publishing, ``warnings`` do not."""

    errors: tuple[FieldError, ...] = ()
    warnings: tuple[FieldError, ...] = ()

    def raise_for_errors(self, what: str) -> None:
        """Raise ``invalid_record`` with every error when there is one; ``what`` names the document."""
        if self.errors:
            count = len(self.errors)
            detail = f"{what} has {count} {'error' if count == 1 else 'errors'}; nothing was made. Mend and try again."
            raise CatalogError("invalid_record", detail, self.errors)


@cache
def record_schema() -> dict[str, Any]:
    """``record.schema.json`` (JSON Schema draft-07); do not change what is returned."""
    text = files("huggingnersc_lab.record").joinpath("record.schema.json").read_text("utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


def validate(document: Mapping[str, Any], vocabulary: Vocabulary | None = None) -> Findings:
    """All errors and warnings of a record given as JSON values.

    Args:
        document: the record; see ``record.schema.json``.
        vocabulary: allowed values; the shipped ones when left out.

    >>> findings = validate({"schema_version": 1, "name": "iris", "pretty_name": "Iris", "size_categories": ["n<1k"]})
    >>> [(error.pointer, error.suggestion) for error in findings.errors]
    [('/size_categories/0', 'n<1K')]
    """
    words = vocabulary or load_vocabulary()
    found = sorted(_validator().iter_errors(document), key=lambda error: [str(part) for part in error.absolute_path])
    errors = [finding for error in found for finding in _field_errors(error)]
    errors += _unknown_values(record_schema(), document, "", words)
    errors += _script_names(document)
    return Findings(tuple(errors), tuple(_warnings(document, words)))


def _pattern(_: Validator, pattern: str, instance: object, schema: Mapping[str, Any]) -> Iterator[ValidationError]:
    # ECMA 262's `$` is the very end; Python's also matches before a last newline.
    if isinstance(instance, str) and not re.search(re.sub(r"\$$", r"\\Z", pattern), instance):
        yield ValidationError(schema.get("x-pattern-detail", f"'{instance}' does not look as it should."))


def _required(_: Validator, names: list[str], instance: object, schema: Mapping[str, Any]) -> Iterator[ValidationError]:
    # Points at the missing member, where a form shows the error, instead of at the object that misses it.
    if isinstance(instance, Mapping):
        for name in names:
            if name not in instance:
                label = schema["properties"][name].get("title", name)
                yield ValidationError(f"'{name}' ({label}) is missing.", path=[name])


@cache
def _validator() -> Validator:
    checks = {"pattern": _pattern, "required": _required}
    validator: Validator = extend(Draft7Validator, checks)(record_schema())  # type: ignore[no-untyped-call]
    return validator


def _field_errors(error: ValidationError) -> Iterator[FieldError]:
    pointer = "".join(f"/{_escape(part)}" for part in error.absolute_path)
    keyword = str(error.validator)
    code = _CODES.get(keyword, keyword)
    schema = error.schema if isinstance(error.schema, Mapping) else {}
    title = schema.get("title") or (pointer.rsplit("/", 1)[-1] if pointer else "The record")
    if keyword == "required":
        yield FieldError(pointer, code, error.message)
    elif keyword == "additionalProperties":
        known = schema["properties"]
        given = error.instance if isinstance(error.instance, Mapping) else {}
        for name in sorted(set(given) - set(known)):
            near = get_close_matches(name, known, n=1, cutoff=0.7)
            hint = f" Did you mean '{near[0]}'?" if near else ""
            yield FieldError(
                f"{pointer}/{_escape(name)}", code, f"There is no field '{name}'.{hint}", near[0] if near else None
            )
    elif keyword == "type":
        detail = f"{title} should be {_TYPES.get(str(error.validator_value), error.validator_value)}."
        yield FieldError(pointer, code, detail)
    elif keyword == "pattern":
        better = propose_name(str(error.instance)) if pointer == "/name" else None
        hint = f" '{better}' would do." if better else ""
        yield FieldError(pointer, code, f"{error.message}{hint}", better)
    elif keyword == "const":
        yield FieldError(pointer, code, f"{title} should be {error.validator_value!r}, not {error.instance!r}.")
    elif keyword in ("minItems", "minLength"):
        yield FieldError(pointer, code, f"{title} needs at least {error.validator_value}.")
    elif keyword in ("maxItems", "maxLength"):
        unit = "entries" if keyword == "maxItems" else "characters"
        yield FieldError(pointer, code, f"{title} has more than {error.validator_value} {unit}.")
    elif keyword == "uniqueItems":
        yield FieldError(pointer, code, f"{title} names something twice.")
    else:
        yield FieldError(pointer, code, error.message)


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


def _warnings(document: Mapping[str, Any], words: Vocabulary) -> Iterator[FieldError]:
    name = document.get("name")
    if isinstance(name, str) and not list(_validator().evolve(schema=_property("name")).iter_errors(name)):
        yield from advise_name(name)
    if not document.get("license"):
        yield FieldError("/license", "recommended", "Without a licence nobody knows what they may do with the data.")
    elif document["license"] == "other" and not document.get("license_name"):
        yield FieldError("/license_name", "recommended", "Name the licence, since it is 'other'.")
    if not document.get("data_path") and not document.get("download_link"):
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


def _property(name: str) -> Any:
    return record_schema()["properties"][name]


def _strings(value: object) -> Iterable[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _escape(part: object) -> str:
    return str(part).replace("~", "~0").replace("/", "~1")
