"""YAML front matter of a card, written so that all readers find the same values.

The Hub and its clients parse cards as YAML 1.1 (PyYAML), others as YAML 1.2: strings that either would parse as a
number, date, time, boolean or null are quoted.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.events import (
    DocumentEndEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    StreamStartEvent,
)
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.resolver import VersionedResolver
from ruamel.yaml.tag import Tag

_TEXT = Tag(suffix="tag:yaml.org,2002:str")
# Whether the tag is implied: for a plain scalar, and for a quoted one.
_PLAIN = (True, True)
_ONLY_PLAIN = (True, False)


def render_front_matter(data: Mapping[str, Any]) -> str:
    """``data`` between the ``---`` lines that separate front matter from the body."""
    return f"---\n{dump(data)}---\n"


def dump(data: Mapping[str, Any]) -> str:
    r"""JSON values as block YAML in the given order, one key per line, with a final newline; empty for no keys.

    >>> dump({"language": ["no"], "pretty_name": "Iris: a start", "version": "1.0"})
    "language:\n- 'no'\npretty_name: 'Iris: a start'\nversion: '1.0'\n"
    """
    if not data:
        return ""
    yaml = YAML(typ="rt", pure=True)
    yaml.width = 2**31
    stream = io.StringIO()
    yaml.emit(_document(data), stream)
    return stream.getvalue()


def _document(data: Mapping[str, Any]) -> Iterator[Event]:
    # Directly to events: creating nodes first would double the time, and a card needs no anchors.
    yield StreamStartEvent()
    yield DocumentStartEvent(explicit=False)
    yield from _value(data)
    yield DocumentEndEvent(explicit=False)
    yield StreamEndEvent()


def _value(value: Any) -> Iterator[Event]:
    if isinstance(value, Mapping):
        yield MappingStartEvent(None, None, True, flow_style=not value, nr_items=len(value))
        for key, item in value.items():
            yield from _value(key)
            yield from _value(item)
        yield MappingEndEvent()
    elif isinstance(value, (list, tuple)):
        yield SequenceStartEvent(None, None, True, flow_style=not value)
        for item in value:
            yield from _value(item)
        yield SequenceEndEvent()
    elif isinstance(value, str):
        yield ScalarEvent(None, _TEXT, _PLAIN, value, style=_style(value))
    else:
        yield ScalarEvent(None, None, _PLAIN, _number_or_word(value))


def _number_or_word(value: float | None) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    # YAML 1.1 reads 1e-05 as a string: it requires a decimal point before the exponent.
    mantissa, mark, exponent = repr(value).partition("e")
    return f"{mantissa}.0e{exponent}" if mark and "." not in mantissa else repr(value)


@lru_cache(maxsize=4096)
def _style(text: str) -> str | None:
    """The scalar style to request; the emitter falls back to double quotes if needed."""
    if not text.replace("\n", "").isprintable():
        return '"'
    if "\n" in text:
        return "|"
    is_text = (resolver.resolve(ScalarNode, text, _ONLY_PLAIN) == _TEXT for resolver in _resolvers())
    return None if all(is_text) else "'"


@cache
def _resolvers() -> tuple[VersionedResolver, VersionedResolver]:
    return VersionedResolver(version=(1, 1)), VersionedResolver(version=(1, 2))
