"""The front matter of a card as keys whose texts can be merged one by one, comments and layout included."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from huggingnersc_lab.render.front_matter import dump

_HEAD = re.compile(r"\s*---[ \t]*\n(?P<head>.*?)(?:^|(?<=\n))---[ \t]*(?:\n|\Z)", re.DOTALL)


@dataclass(frozen=True)
class FrontMatter:
    """A YAML mapping, cut into the texts of its keys.

    Attributes:
        values: key → value.
        texts: key → the lines of key and value.
        comments: key → the comment lines before it.
        inner: key → the comment lines between the items of its value.
        notes: key → item of its value → the comment behind that on its line; of a value that is no list, under "".
        end: lines after the last key.
    """

    values: dict[str, Any]
    texts: dict[str, str]
    comments: dict[str, str]
    inner: dict[str, str]
    notes: dict[str, dict[str, str]]
    end: str

    def replaced(self, key: str, text: str) -> str:
        """``text`` as the new lines of ``key``, with its comments; one behind an item that is gone goes with it."""
        node = _compose(text)
        lines = text.split("\n")
        if isinstance(node, MappingNode):
            for name, scalar in _scalars(node.value[0][1]):
                lines[scalar.end_mark.line] += self.notes[key].get(name, "")
        return self.comments[key] + self.inner[key] + "\n".join(lines)


def split_card(card: str) -> tuple[str | None, str]:
    """The YAML of the front matter, None when there is none, and the body; ``card`` has Unix line ends."""
    match = _HEAD.match(card)
    if match is None:
        return None, card.lstrip("\n")
    return match["head"], card[match.end() :].lstrip("\n")


def parse_front_matter(text: str) -> FrontMatter | None:
    """``text`` in its parts; None when it is no YAML mapping with texts as keys, or of a form that cannot be cut."""
    try:
        node = _compose(text)
        values = YAML(typ="safe", pure=True).load(text)
    except (YAMLError, ValueError, RecursionError):
        return None
    if node is None:
        return FrontMatter({}, {}, {}, {}, {}, text)
    if not isinstance(node, MappingNode) or not isinstance(values, dict):
        return None
    if not all(isinstance(key, str) for key in values):
        return None
    if node.flow_style:
        return parse_front_matter(dump(values))
    return _cut(text, node, values)


def _cut(text: str, node: MappingNode, values: dict[str, Any]) -> FrontMatter | None:
    lines = text.splitlines(keepends=True)
    keys = [str(key.value) for key, _ in node.value]
    if len(set(keys)) != len(values) or set(keys) != set(values):
        return None
    begins = [key.start_mark.line for key, _ in node.value]
    if any(key.start_mark.column for key, _ in node.value) or len(set(begins)) != len(begins):
        return None
    tops = [0, *(_comment_top(lines, low, begin) for low, begin in pairwise(begins))]
    bottom = _comment_top(lines, begins[-1], len(lines))
    stops = [*tops[1:], bottom]
    texts = {key: "".join(lines[begin:stop]) for key, begin, stop in zip(keys, begins, stops, strict=True)}
    comments = {key: "".join(lines[top:begin]) for key, top, begin in zip(keys, tops, begins, strict=True)}
    notes = {key: dict(_notes(lines, value)) for key, (_, value) in zip(keys, node.value, strict=True)}
    inner = {key: _inner(texts[key], value) for key, (_, value) in zip(keys, node.value, strict=True)}
    return FrontMatter(values, texts, comments, inner, notes, "".join(lines[bottom:]))


def _comment_top(lines: list[str], low: int, begin: int) -> int:
    """The line where the comments above line ``begin`` start; they begin in the first column, and follow ``low``."""
    top = begin
    for line in range(begin - 1, low, -1):
        if lines[line].startswith("#"):
            top = line
        elif lines[line].strip():
            break
    return top


def _notes(lines: list[str], value: Node) -> Iterator[tuple[str, str]]:
    for name, scalar in _scalars(value):
        mark = scalar.end_mark
        rest = lines[mark.line][mark.column :].rstrip("\n") if mark.line < len(lines) else ""
        if re.match(r"\s+#", rest):
            yield name, rest


def _inner(text: str, value: Node) -> str:
    # In a text of several lines, a line that begins with "#" may be no comment.
    if any(scalar.start_mark.line != scalar.end_mark.line for _, scalar in _scalars(value)):
        return ""
    if not isinstance(value, SequenceNode) or len(list(_scalars(value))) != len(value.value):
        return ""
    return "".join(f"{line.strip()}\n" for line in text.splitlines() if line.lstrip().startswith("#"))


def _scalars(value: Node) -> Iterator[tuple[str, ScalarNode]]:
    """The items of a list in block form by their texts, or the value itself under ""; none that is a block of text."""
    named: list[tuple[str, Node]] = [("", value)]
    if isinstance(value, SequenceNode):
        named = [] if value.flow_style else [(str(item.value), item) for item in value.value]
    for name, node in named:
        # A block of text ends below its last line, where a comment would be a part of it or of nothing.
        if isinstance(node, ScalarNode) and node.style not in ("|", ">"):
            yield name, node


def _compose(text: str) -> Node | None:
    node: Node | None = YAML(typ="rt", pure=True).compose(text)
    return node
