"""Fields that are not in our schema: finds them in a document, and which of them came with a record.

A record written by another version may contain some. They are preserved, while unknown fields entered by a user are
errors, most likely typos.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from huggingnersc_lab.record.portable import MAX_DEPTH, depth_of
from huggingnersc_lab.record.schema import record_schema

_Place = tuple[str, str | None]
"""The location of a field, the same for all items of a list, and its value."""


def without_carried(document: Mapping[str, Any], record: Mapping[str, Any]) -> dict[str, Any]:
    """A document without the unknown fields that ``record`` also has, in the same kind of place with the same value."""
    carried = frozenset(_foreign(record_schema(), record, ""))
    if not carried or depth_of(document) > MAX_DEPTH:  # which is an error in any case
        return dict(document)
    found: dict[str, Any] = _without(record_schema(), document, "", carried)
    return found


def _foreign(schema: Mapping[str, Any], value: object, place: str) -> Iterator[_Place]:
    if isinstance(value, list):
        for item in value:
            yield from _foreign(schema.get("items", {}), item, f"{place}/*")
    elif isinstance(value, Mapping) and _is_closed(schema):
        for name, child in value.items():
            known = schema["properties"].get(name)
            if known is None:
                yield f"{place}/{name}", _text(child)
            else:
                yield from _foreign(known, child, f"{place}/{name}")


def _without(schema: Mapping[str, Any], value: object, place: str, carried: frozenset[_Place]) -> Any:
    if isinstance(value, list):
        return [_without(schema.get("items", {}), item, f"{place}/*", carried) for item in value]
    if not isinstance(value, Mapping) or not _is_closed(schema):
        return value
    return {
        name: _without(schema["properties"].get(name, {}), child, f"{place}/{name}", carried)
        for name, child in value.items()
        if name in schema["properties"] or (f"{place}/{name}", _text(child)) not in carried
    }


def _is_closed(schema: Mapping[str, Any]) -> bool:
    """Whether an object of this schema allows only the fields it lists."""
    return schema.get("additionalProperties") is False


def _text(value: object) -> str | None:
    """A value in comparable form; None if no record can contain it."""
    try:
        return json.dumps(value, sort_keys=True)
    except (TypeError, ValueError):
        return None
