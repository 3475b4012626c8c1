"""The body of a card as sections that can be merged one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from markdown_it import MarkdownIt

INTRODUCTION = "introduction"
"""What comes before the first section: the title and the description."""


@dataclass(frozen=True)
class Section:
    """A heading of level 1 or 2 and what follows it, without blank lines at its ends.

    Two are equal when their texts are.
    """

    title: str = field(compare=False)
    text: str


def split_sections(body: str) -> dict[str, Section]:
    """Sections by their headings, in their order; a heading that comes again has a number after it.

    Headings inside fences, comments and lists begin no section; nor does the first one of level 1 in the
    introduction, which is the card's title.
    """
    body = _closed(body)
    lines = body.split("\n")
    starts = [(0, INTRODUCTION)]
    has_title = False
    tokens = MarkdownIt("commonmark").parse(body)
    for position, token in enumerate(tokens):
        if token.type != "heading_open" or token.level or token.tag not in ("h1", "h2") or token.map is None:
            continue
        if token.tag == "h1" and not has_title and len(starts) == 1:
            has_title = True
            continue
        starts.append((token.map[0], " ".join(tokens[position + 1].content.split())))
    ends = [start for start, _ in starts[1:]] + [len(lines)]
    sections: dict[str, Section] = {}
    seen: Counter[str] = Counter()
    for (start, title), end in zip(starts, ends, strict=True):
        text = "\n".join(lines[start:end]).rstrip().lstrip("\n")
        if not text:
            continue
        seen[title] += 1
        # A line feed is in no heading, so that no heading reads like the second of another.
        sections[title if seen[title] == 1 else f"{title}\n{seen[title]}"] = Section(title, text)
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
