"""YAML front matter of a card, written so that every reader finds the same values.

The Hub and its clients read cards by YAML 1.1 (PyYAML), others by YAML 1.2: a text that either would take for a
number, a date, a time, a truth value or nothing is quoted.
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
# Whether the tag goes without saying: of a plain scalar, and of a quoted one.
_PLAIN = (True, True)
_ONLY_PLAIN = (True, False)


def render_front_matter(data: Mapping[str, Any]) -> str:
    """``data`` between the marks that tell front matter from the body."""
    return f"---\n{dump(data)}---\n"


def dump(data: Mapping[str, Any]) -> str:
    r"""JSON values as block YAML in their own order, a key a line, ending in a newline; empty text for no keys.

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
    # Straight to events: nodes between them and the values would double the time, and a card needs no anchors.
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
    # YAML 1.1 takes 1e-05 for a text: it wants a point before the exponent.
    mantissa, mark, exponent = repr(value).partition("e")
    return f"{mantissa}.0e{exponent}" if mark and "." not in mantissa else repr(value)


@lru_cache(maxsize=4096)
def _style(text: str) -> str | None:
    """The scalar style to ask for; the emitter takes double quotes where it cannot be had."""
    if not text.replace("\n", "").isprintable():
        return '"'
    if "\n" in text:
        return "|"
    is_text = (resolver.resolve(ScalarNode, text, _ONLY_PLAIN) == _TEXT for resolver in _resolvers())
    return None if all(is_text) else "'"


@cache
def _resolvers() -> tuple[VersionedResolver, VersionedResolver]:
    return VersionedResolver(version=(1, 1)), VersionedResolver(version=(1, 2))
