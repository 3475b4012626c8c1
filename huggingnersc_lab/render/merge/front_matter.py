"""A card's front matter as keys with text that can be merged individually, preserving comments and layout."""

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
    """A YAML mapping, split into the text of its keys.

    Attributes:
        values: key → value.
        texts: key → the lines of key and value.
        comments: key → the comment lines before it.
        inner: key → the comment lines between the items of its value.
        notes: key → item of its value → the comment after it on its line; for a value that is not a list, under "".
        end: lines after the last key.
    """

    values: dict[str, Any]
    texts: dict[str, str]
    comments: dict[str, str]
    inner: dict[str, str]
    notes: dict[str, dict[str, str]]
    end: str

    def replaced(self, key: str, text: str) -> str:
        """``text`` as the new lines of ``key``, with its comments; those after removed items are dropped."""
        node = _compose(text)
        lines = text.split("\n")
        if isinstance(node, MappingNode):
            for name, scalar in _scalars(node.value[0][1]):
                lines[scalar.end_mark.line] += self.notes[key].get(name, "")
        return self.comments[key] + self.inner[key] + "\n".join(lines)


@dataclass(frozen=True)
class CutCard:
    """A card split into parts, whose concatenation is the card.

    Attributes:
        opening: the text before the YAML.
        head: the YAML; None if there is none: the other parts are then those for inserting one.
        closing: the ``---`` line after it.
        gap: blank lines below that.
        body: the rest.
    """

    opening: str
    head: str | None
    closing: str
    gap: str
    body: str


def cut_card(card: str) -> CutCard:
    """Split a card with Unix line endings into front matter and body."""
    match = _HEAD.match(card)
    if match is None:
        return CutCard("---\n", None, "---\n", "", card)
    rest = card[match.end() :]
    body = rest.lstrip("\n")
    opening, closing = card[: match.start("head")], card[match.end("head") : match.end()]
    return CutCard(opening, match["head"], closing, rest[: len(rest) - len(body)], body)


def split_card(card: str) -> tuple[str | None, str]:
    """The YAML of the front matter, None if there is none, and the body; ``card`` has Unix line endings."""
    parts = cut_card(card)
    return parts.head, parts.body.lstrip("\n")


def parse_front_matter(text: str) -> FrontMatter | None:
    """Parse ``text``; None if it is not a YAML mapping with string keys, or cannot be split."""
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
    """The first line of the comments above line ``begin``; they start in the first column, after ``low``."""
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
    # In a multi-line string, a line that starts with "#" may not be a comment.
    if any(scalar.start_mark.line != scalar.end_mark.line for _, scalar in _scalars(value)):
        return ""
    if not isinstance(value, SequenceNode) or len(list(_scalars(value))) != len(value.value):
        return ""
    return "".join(f"{line.strip()}\n" for line in text.splitlines() if line.lstrip().startswith("#"))


def _scalars(value: Node) -> Iterator[tuple[str, ScalarNode]]:
    """The items of a block list by their text, or the value itself under ""; none that is a block scalar."""
    named: list[tuple[str, Node]] = [("", value)]
    if isinstance(value, SequenceNode):
        named = [] if value.flow_style else [(str(item.value), item) for item in value.value]
    for name, node in named:
        # A block scalar ends below its last line, where a comment would belong to it or to nothing.
        if isinstance(node, ScalarNode) and node.style not in ("|", ">"):
            yield name, node


def _compose(text: str) -> Node | None:
    node: Node | None = YAML(typ="rt", pure=True).compose(text)
    return node
