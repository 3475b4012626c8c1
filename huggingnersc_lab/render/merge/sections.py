"""Splits the body of a card into sections that can be merged individually and written back unchanged."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from markdown_it import MarkdownIt

INTRODUCTION = "introduction"
"""The text before the first heading."""


@dataclass(frozen=True)
class Section:
    """A heading and the text after it. Sections are equal if their texts are, ignoring surrounding blank lines.

    Attributes:
        title: text of the heading; :data:`INTRODUCTION` if there is none.
        level: level of the heading; 0 if there is none.
        text: heading and the text after it, without surrounding blank lines.
        raw: the same, exactly as in the card.
    """

    title: str = field(compare=False)
    level: int = field(compare=False)
    text: str
    raw: str = field(compare=False)


@dataclass(frozen=True)
class Heading:
    """A heading outside lists and quotations: its level, its text, and the line it starts on."""

    level: int
    title: str
    line: int


def headings(body: str) -> Iterator[Heading]:
    """The headings of a Markdown text, including underlined ones and HTML titles."""
    tokens = MarkdownIt("commonmark").parse(body)
    for position, token in enumerate(tokens):
        if token.level or not token.map:
            continue
        if token.type == "heading_open":
            yield Heading(int(token.tag[1]), " ".join(tokens[position + 1].content.split()), token.map[0])
        elif token.type == "html_block" and (found := _HTML_TITLE.search(_COMMENT.sub("", token.content))):
            yield Heading(1, " ".join(re.sub(r"<[^>]*>", " ", found[1]).split()), token.map[0])


_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_HTML_TITLE = re.compile(r"<h1(?:\s[^<>]*)?>(.*?)</h1\s*>", re.IGNORECASE | re.DOTALL)


def split_sections(body: str, depth: int = 2) -> dict[str, Section]:
    """Sections by level and heading, in order; repeated headings get a number.

    Their raw texts add up to the body. The text before the first heading has the key "".

    Args:
        body: Markdown with Unix line endings.
        depth: the lowest heading level that starts a section.
    """
    lines = body.split("\n")
    starts = [Heading(0, INTRODUCTION, 0), *(found for found in headings(body) if found.level <= depth)]
    ends = [found.line for found in starts[1:]] + [len(lines)]
    sections: dict[str, Section] = {}
    seen: Counter[str] = Counter()
    for start, end in zip(starts, ends, strict=True):
        raw = "\n".join([*lines[start.line : end], ""]) if end < len(lines) else "\n".join(lines[start.line :])
        if start.level or raw:
            key = key_of(start.level, start.title) if start.level else ""
            seen[key] += 1
            # No heading contains a line feed, so no heading looks like a numbered duplicate of another.
            numbered = key if seen[key] == 1 else f"{key}\n{seen[key]}"
            sections[numbered] = Section(start.title, start.level, _bare(raw, indented=not key), raw)
    return sections


def key_of(level: int, title: str) -> str:
    """The key of a section with this heading."""
    return f"h{level} {title}"


def join_sections(parts: Iterable[tuple[str, bool]]) -> str:
    """Join sections to a body.

    Args:
        parts: the text of each, and whether it directly follows the same section as before, so that no separator is
        needed.
    """
    body = ""
    for text, follows in parts:
        if body.strip() and not follows:
            body = f"{_closed(body).rstrip()}\n\n"
        body += text
    return body


def _bare(raw: str, *, indented: bool) -> str:
    # A heading moved after a list must not become part of its last item.
    return raw.rstrip().lstrip("\n" if indented else "\n ")


def _closed(body: str) -> str:
    """``body`` with open fences or comments closed, so that no section disappears in them."""
    body = body.rstrip()
    end = MarkdownIt("commonmark").parse(f"{body}\n\n# end\n")
    if not end or end[-1].type == "heading_close":
        return body
    last = end[-1]
    closing = last.markup if last.type == "fence" else "-->" if last.content.lstrip().startswith("<!--") else ""
    return f"{body}\n{closing}" if closing else body
