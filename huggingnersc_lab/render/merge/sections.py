"""The body of a card as sections that can be merged one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from markdown_it import MarkdownIt

INTRODUCTION = "introduction"
"""What comes before the first heading."""


@dataclass(frozen=True)
class Section:
    """A heading of level 1 or 2 and what follows it, without blank lines at its ends.

    Two are equal when their texts are.
    """

    title: str = field(compare=False)
    text: str


def split_sections(body: str) -> dict[str, Section]:
    """Sections by level and heading, in their order; one that comes again has a number after it.

    Headings inside fences, comments and lists begin no section. What comes before the first has the key "".
    """
    body = _closed(body)
    lines = body.split("\n")
    tokens = MarkdownIt("commonmark").parse(body)
    starts = [(0, "", INTRODUCTION)]
    for position, token in enumerate(tokens):
        if token.type == "heading_open" and not token.level and token.tag in ("h1", "h2") and token.map:
            title = " ".join(tokens[position + 1].content.split())
            starts.append((token.map[0], f"{token.tag} {title}", title))
    ends = [start for start, _, _ in starts[1:]] + [len(lines)]
    sections: dict[str, Section] = {}
    seen: Counter[str] = Counter()
    for (start, key, title), end in zip(starts, ends, strict=True):
        # A heading that is moved behind a list must not become a part of its last item.
        text = "\n".join(lines[start:end]).rstrip().lstrip("\n " if key else "\n")
        if text:
            seen[key] += 1
            # A line feed is in no heading, so that no heading reads like the second of another.
            sections[key if seen[key] == 1 else f"{key}\n{seen[key]}"] = Section(title, text)
    return sections


def join_sections(sections: Iterable[Section]) -> str:
    """The body, its sections parted by one blank line."""
    text = "\n\n".join(section.text for section in sections)
    return f"{text}\n" if text else ""


def _closed(body: str) -> str:
    """``body`` with a fence or comment that was left open closed, so that no section can vanish in it."""
    body = body.rstrip()
    parser = MarkdownIt("commonmark")
    end = parser.parse(f"{body}\n\n# end\n")
    if not end or end[-1].type == "heading_close":
        return body
    last = end[-1]
    closing = last.markup if last.type == "fence" else "-->" if last.content.lstrip().startswith("<!--") else ""
    return f"{body}\n{closing}" if closing else body
