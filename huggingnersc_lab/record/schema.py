"""Validates a record against ``record.schema.json``, reporting every error in plain words.

``fastjsonschema`` decides in microseconds whether there is any error; only then is ``jsonschema`` used to list them
all, whose import alone can take a second.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from huggingnersc_lab.errors import FieldError, json_pointer
from huggingnersc_lab.record.naming import propose_name

if TYPE_CHECKING:
    from collections.abc import Callable

    from jsonschema.exceptions import ValidationError
    from jsonschema.protocols import Validator

_CODES = {
    "required": "required",
    "additionalProperties": "unknown_field",
    "x-vocabulary": "unknown_value",
    "const": "unknown_value",
    "enum": "unknown_value",
    "uniqueItems": "duplicate",
    "minItems": "too_short",
    "minLength": "too_short",
    "maxItems": "too_long",
    "maxLength": "too_long",
    "maxProperties": "too_long",
}
_QUOTED_LENGTH = 60
"""Longer values are not quoted in errors."""

MAX_HINTS = 50
"""After so many unknown values, no suggestions are made, since searching for them takes time."""

_MAX_UNKNOWN_FIELDS = 200
"""After so many unknown fields, no further ones are named."""

_TYPES = {
    "string": "text",
    "array": "a list",
    "object": "an object",
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
}


@cache
def record_schema() -> dict[str, Any]:
    """``record.schema.json`` (JSON Schema draft-07); do not modify the result."""
    text = files("huggingnersc_lab.record").joinpath("record.schema.json").read_text("utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


def schema_errors(document: Mapping[str, Any]) -> list[FieldError]:
    """All errors of ``document``, ordered by location; see ``record.schema.json``."""
    import fastjsonschema

    try:
        _is_valid()(document)
    except fastjsonschema.JsonSchemaException:
        return all_errors(record_schema(), document)
    return []


def member_errors(member: str, schema: Mapping[str, Any], value: object) -> list[FieldError]:
    """All errors of one field by its own schema."""
    import fastjsonschema

    around, document = {"type": "object", "properties": {member: schema}}, {member: value}
    try:
        fastjsonschema.validate(around, document, use_default=False)
    except fastjsonschema.JsonSchemaException:
        return all_errors(around, document)
    return []


def all_errors(schema: Mapping[str, Any], document: Mapping[str, Any]) -> list[FieldError]:
    """All errors of a document by any draft-07 schema, ordered by location. Imports ``jsonschema``."""
    found = sorted(_validator(schema).iter_errors(document), key=lambda error: list(map(str, error.absolute_path)))
    return [finding for error in found for finding in _field_errors(error)]


def is_too_long(schema: Mapping[str, Any], value: object) -> bool:
    """Whether a string or list is longer than its schema allows; its content is then not checked."""
    if isinstance(value, str):
        return len(value) > int(schema.get("maxLength", len(value)))
    return isinstance(value, list) and len(value) > int(schema.get("maxItems", len(value)))


def shortened(text: str) -> str:
    """A text short enough to quote in a sentence."""
    return text if len(text) <= _QUOTED_LENGTH else f"{text[:_QUOTED_LENGTH]}…"


def is_valid_name(name: str) -> bool:
    """Whether the Hub accepts ``name`` as the name of a repository."""
    return _matches(record_schema()["properties"]["name"]["pattern"], name)


@cache
def _is_valid() -> Callable[[object], object]:
    import fastjsonschema

    check: Callable[[object], object] = fastjsonschema.compile(record_schema(), use_default=False)
    return check


def _matches(pattern: str, text: str) -> bool:
    # ECMA 262's `$` matches only the very end; Python's also before a final newline.
    return re.search(re.sub(r"\$$", r"\\Z", pattern), text) is not None


def _pattern(_: Validator, pattern: str, instance: object, schema: Mapping[str, Any]) -> Iterator[ValidationError]:
    from jsonschema.exceptions import ValidationError

    if isinstance(instance, str) and not is_too_long(schema, instance) and not _matches(pattern, instance):
        yield ValidationError(schema.get("x-pattern-detail", "It has the wrong format."))


def _required(_: Validator, names: list[str], instance: object, schema: Mapping[str, Any]) -> Iterator[ValidationError]:
    # Points at the missing field, where a form shows the error, instead of at the object that lacks it.
    from jsonschema.exceptions import ValidationError

    if isinstance(instance, Mapping):
        for name in names:
            if name not in instance:
                # The pointer identifies the field for programs; people know it by its title.
                label = schema["properties"][name].get("title", f"'{name}'")
                yield ValidationError(f"{label} is missing.", path=[name])


def _validator(schema: Mapping[str, Any]) -> Validator:
    from jsonschema import Draft7Validator
    from jsonschema.validators import extend

    def unless_too_long(keyword: str) -> Any:
        check = Draft7Validator.VALIDATORS[keyword]
        return lambda own, value, instance, its: () if is_too_long(its, instance) else check(own, value, instance, its)

    checks = {
        "pattern": _pattern,
        "required": _required,
        "items": unless_too_long("items"),
        "uniqueItems": unless_too_long("uniqueItems"),
    }
    validator: Validator = extend(Draft7Validator, checks)(schema)  # type: ignore[no-untyped-call]
    return validator


def _field_errors(error: ValidationError) -> Iterator[FieldError]:
    pointer = json_pointer(*error.absolute_path)
    keyword = str(error.validator)
    code = _CODES.get(keyword, keyword)
    schema = error.schema if isinstance(error.schema, Mapping) else {}
    title = schema.get("title") or (pointer.rsplit("/", 1)[-1] if pointer else "The record")
    if keyword == "required":
        yield FieldError(pointer, code, error.message)
    elif keyword == "additionalProperties":
        known = schema["properties"]
        given = error.instance if isinstance(error.instance, Mapping) else {}
        for number, name in enumerate(sorted(set(given) - set(known))[:_MAX_UNKNOWN_FIELDS]):
            has_hint = number < MAX_HINTS and len(name) <= _QUOTED_LENGTH
            near = get_close_matches(name, known, n=1, cutoff=0.7) if has_hint else []
            hint = f" Did you mean '{near[0]}'?" if near else ""
            detail = f"There is no field '{shortened(name)}'.{hint}"
            yield FieldError(pointer + json_pointer(name), code, detail, near[0] if near else None)
    elif keyword == "type":
        value: Any = error.validator_value
        wanted = " or ".join(_TYPES.get(one, one) for one in ([value] if isinstance(value, str) else value))
        yield FieldError(pointer, code, f"{title} should be {wanted}{_such_as(schema, wanted, error.instance)}.")
    elif keyword == "pattern":
        value = str(error.instance)
        better = propose_name(value) if pointer == "/name" else None
        hint = f" Use '{better}'." if better else ""
        quoted = f"'{value}' is invalid. " if value.isprintable() and 0 < len(value) <= _QUOTED_LENGTH else ""
        yield FieldError(pointer, code, f"{quoted}{error.message}{hint}", better)
    else:
        yield FieldError(pointer, code, _sentence(error, keyword, str(title)))


def _such_as(schema: Mapping[str, Any], wanted: object, instance: object) -> str:
    """A list to suggest instead of another type: from the given value, or the schema's example."""
    if wanted != "a list":
        return ""
    if schema.get("items", {}).get("type") == "object":
        return "".join(f", such as {json.dumps(example)}" for example in schema.get("examples", ())[:1])
    is_quoted = isinstance(instance, str) and len(instance) <= _QUOTED_LENGTH
    return f", such as [{json.dumps(instance)}]" if is_quoted else ""


def _sentence(error: ValidationError, keyword: str, title: str) -> str:
    wanted: Any = error.validator_value
    if keyword == "enum":
        return f"'{shortened(str(error.instance))}' is not one of {', '.join(map(str, wanted))}."
    return {
        "const": f"{title} should be {wanted!r}, not {_shown(error.instance)}.",
        "minItems": f"{title} needs at least {wanted} {'entry' if wanted == 1 else 'entries'}.",
        "minLength": f"{title} needs at least {wanted} character{'s' * (wanted != 1)}.",
        "maxItems": f"{title} has more than {wanted} entries.",
        "maxLength": f"{title} has more than {wanted} characters.",
        "maxProperties": f"{title} has more than {wanted} fields.",
        "minimum": f"{title} should be at least {wanted}.",
        "maximum": f"{title} should be at most {wanted}.",
        "uniqueItems": f"{title} contains duplicates.",
    }.get(keyword, shortened(error.message))


def _shown(value: object) -> str:
    return "something else" if isinstance(value, (list, dict)) else shortened(repr(value))
