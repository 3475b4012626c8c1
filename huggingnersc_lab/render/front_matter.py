"""YAML front matter of a card, written so that every reader finds the same values.

The Hub and its clients read cards by YAML 1.1 (PyYAML), others by YAML 1.2: a text that either would take for a
number, a date, a time, a truth value or nothing is quoted.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import cache
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.representer import RoundTripRepresenter
from ruamel.yaml.resolver import VersionedResolver

_TEXT = "tag:yaml.org,2002:str"


class _Representer(RoundTripRepresenter):
    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        return True

    def represent_text(self, text: str) -> ScalarNode:
        return self.represent_scalar(_TEXT, text, style=_style(text))

    def represent_nothing(self, _: None) -> ScalarNode:
        return self.represent_scalar("tag:yaml.org,2002:null", "null")

    def represent_number(self, number: float) -> ScalarNode:
        # YAML 1.1 takes 1e-05 for a text: it wants a point before the exponent.
        mantissa, mark, exponent = repr(number).partition("e")
        text = f"{mantissa}.0e{exponent}" if mark and "." not in mantissa else repr(number)
        return self.represent_scalar("tag:yaml.org,2002:float", text)


_Representer.add_representer(float, _Representer.represent_number)
_Representer.add_representer(str, _Representer.represent_text)
_Representer.add_representer(type(None), _Representer.represent_nothing)


@cache
def _yaml_1_1() -> VersionedResolver:
    return VersionedResolver(version=(1, 1))


def _style(text: str) -> str | None:
    """The scalar style to ask for; the emitter takes double quotes where it cannot be had."""
    if "\n" in text:
        return "|" if text.isprintable() or all(char == "\n" or char.isprintable() for char in text) else '"'
    if not text.isprintable():
        return '"'
    return None if _yaml_1_1().resolve(ScalarNode, text, (True, False)) == _TEXT else "'"


@cache
def _yaml() -> YAML:
    yaml = YAML(typ="rt")
    yaml.Representer = _Representer
    yaml.width = 2**31
    return yaml


def dump(data: Mapping[str, Any]) -> str:
    r"""JSON values as block YAML in their own order, a key a line, ending in a newline; empty text for no keys.

    >>> dump({"language": ["no"], "pretty_name": "Iris: a start", "version": "1.0"})
    "language:\n- 'no'\npretty_name: 'Iris: a start'\nversion: '1.0'\n"
    """
    if not data:
        return ""
    stream = io.StringIO()
    _yaml().dump(dict(data), stream)
    return stream.getvalue()


def render_front_matter(data: Mapping[str, Any]) -> str:
    """``data`` between the marks that tell front matter from the body."""
    return f"---\n{dump(data)}---\n"
