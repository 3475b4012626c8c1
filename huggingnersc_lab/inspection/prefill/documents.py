"""Reads YAML and JSON that others wrote, and takes texts out of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.inspection.prefill.suggestion import UnreadableSourceError, one_line, text_of
from huggingnersc_lab.record.metadata.document import parse_json

MAX_YAML_BYTES = 64 * 1024
"""Longest YAML that is read: its parser is slow."""

_MAX_EVENTS = 20_000
_MAX_DEPTH = 30
_TAG = re.compile(r"<[^<>]*>")


def yaml_object(text: str) -> dict[str, Any]:
    """A YAML mapping whose scalars are all strings.

    Raises:
        UnreadableSourceError: it is not one, it is too large, nested too deeply, or uses aliases: a few lines of them
        can stand for gigabytes.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    if len(text) > MAX_YAML_BYTES:
        raise UnreadableSourceError(f"has more than {MAX_YAML_BYTES // 1024} KiB of YAML")
    try:
        _check_events(text)
        found = YAML(typ="base", pure=True).load(text)
    except (YAMLError, ValueError, RecursionError, TypeError, AttributeError, LookupError) as err:
        raise UnreadableSourceError("is not valid YAML") from err
    if not isinstance(found, dict):
        raise UnreadableSourceError("is not a YAML mapping")
    return found


def _check_events(text: str) -> None:
    from ruamel.yaml import YAML
    from ruamel.yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent

    depth = 0
    for count, event in enumerate(YAML(typ="base", pure=True).parse(text)):
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        if isinstance(event, AliasEvent):
            raise UnreadableSourceError("uses YAML aliases, which are not followed")
        if depth > _MAX_DEPTH or count > _MAX_EVENTS:
            raise UnreadableSourceError("is too large or nested too deeply")


def json_object(content: bytes) -> dict[str, Any]:
    """A JSON object.

    Raises:
        UnreadableSourceError: it is not one.
    """
    try:
        return parse_json(text_of(content).encode(), "The file")
    except (CatalogError, UnicodeEncodeError) as err:
        raise UnreadableSourceError("is not a JSON object") from err


def text_at(value: object, *keys: str) -> str:
    """The first non-empty text among some members of an object; empty if there is none.

    >>> text_at({"title": " Rain "}, "name", "title")
    'Rain'
    """
    if isinstance(value, Mapping):
        for key in keys:
            if isinstance(found := value.get(key), str) and (line := one_line(found)):
                return line
    return ""


def as_list(value: object) -> list[Any]:
    """A list; one of a single value if it is none, as JSON-LD allows.

    >>> as_list("a"), as_list(None), as_list(["b"])
    (['a'], [], ['b'])
    """
    if value is None or value == "":
        return []
    return value if isinstance(value, list) else [value]


def words_of(value: object) -> list[str]:
    """Keywords: a list of texts or of objects with a name, or one text with commas or semicolons.

    >>> words_of("rain, snow; wind"), words_of([{"name": "rain"}, "snow"])
    (['rain', 'snow', 'wind'], ['rain', 'snow'])
    """
    return list(dict.fromkeys(_words(value)))


def _words(value: object) -> Iterator[str]:
    for one in as_list(value):
        text = one if isinstance(one, str) else text_at(one, "name", "subject", "@value")
        parts = re.split(r"[,;\n]", text) if isinstance(value, str) else [text.replace(",", " ")]
        yield from filter(None, map(one_line, parts))


def paragraphs_of(value: object) -> str:
    """A description without HTML, with its paragraphs."""
    if not isinstance(value, str):
        return ""
    text = _TAG.sub(" ", re.sub(r"(?i)</?(?:p|br|div)\b[^<>]*>", "\n\n", value))
    return "\n\n".join(filter(None, (one_line(part) for part in re.split(r"\n\s*\n", text))))
