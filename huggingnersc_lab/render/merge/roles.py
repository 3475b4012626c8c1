"""Decides which of our sections to add to a card written by others: those it does not have already."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from html import unescape

from huggingnersc_lab.render.merge.paragraphs import blocks_of
from huggingnersc_lab.render.merge.sections import Heading, Section, headings, key_of

USUAL_LEVEL = 2
"""The heading level of our sections, unless the card uses another."""

_ADDRESS = re.compile(r"https?://[^\s<>()\[\]\"'`|]+")
_ROLES = {
    "licence": re.compile(r"licen[sc]", re.IGNORECASE),
    "citation": re.compile(r"\bcit(?:e|ing|ation)\b|\bcitations\b|bibtex", re.IGNORECASE),
    "papers": re.compile(r"\b(?:papers?|publications?|references)\b", re.IGNORECASE),
}


def level_for_ours(body: str, ours: Mapping[str, Section], base: str) -> int:
    """The heading level of our sections in a card: what they had there before, or that of the card's own sections.

    Args:
        body: the card's body.
        ours: our sections.
        base: the body of our sections added before.
    """
    titles = {section.title for section in ours.values() if section.level == USUAL_LEVEL}
    before = {found.level for found in headings(base) if found.title in titles}
    if before:
        return USUAL_LEVEL if USUAL_LEVEL in before else min(before)
    levels = [found.level for found in headings(body)]
    if levels.count(1) > 1 and 2 * (levels.count(1) - 1) >= levels.count(2):  # else it is one of a text that was pasted
        return 1
    return USUAL_LEVEL if not levels or min(levels) < USUAL_LEVEL else min(levels)


def at_level(sections: Mapping[str, Section], level: int) -> dict[str, Section]:
    """Our sections, with all but the title moved to another heading level."""
    moved = {}
    for key, section in sections.items():
        if section.level == USUAL_LEVEL != level:
            text = "#" * level + section.text.lstrip("#")
            moved[key_of(level, section.title)] = replace(section, level=level, text=text, raw=text)
        else:
            moved[key] = section
    return moved


def wanted_in(
    theirs: Mapping[str, Section], ours: Mapping[str, Section], base: Mapping[str, Section], title: str | None
) -> dict[str, Section]:
    """Our sections that belong in a card: those added before, and those it does not have in its own words.

    What we say below a title (the home page, a description that is not the card's own), and what a card with a title of
    its own does not say, leads the first of them.

    Args:
        theirs: the card's sections.
        ours: our newly generated sections.
        base: our sections added before.
        title: the key of our section that is the card's title.
    """
    written = [section for key, section in theirs.items() if key not in base]
    titles = [found for section in written for found in headings(section.raw)]
    known = {_folded(block) for section in written for block in blocks_of(section.raw)} - {""}
    wanted = {
        key: section
        for key, section in ours.items()
        if key in base or not _is_told(section, titles, is_title=key == title)
    }
    if title in wanted:
        placed = {_folded(block) for block in blocks_of(base[title].text)} if title in base else set()
        wanted[title] = _without(wanted[title], known - placed)
    elif title is not None and wanted:
        addresses = {address for section in written for address in _addresses(section.raw)}
        first = next(iter(wanted))
        wanted[first] = _led_by(wanted[first], _untold(ours[title], known, addresses))
    return wanted


def _is_told(section: Section, titles: Iterable[Heading], *, is_title: bool) -> bool:
    if is_title and any(found.level == 1 for found in titles):
        return True
    roles = [pattern for pattern in _ROLES.values() if pattern.search(section.title)]
    return any(
        any(pattern.search(found.title) for pattern in roles) or found.title.casefold() == section.title.casefold()
        for found in titles
    )


def _without(section: Section, known: set[str]) -> Section:
    """A section without the paragraphs that are elsewhere in the card, from which the description was read."""
    heading, *blocks = blocks_of(section.text)
    text = "".join([heading, *(block for block in blocks if _folded(block) not in known)]).rstrip()
    return replace(section, text=text, raw=text)


def _untold(section: Section, known: set[str], addresses: set[str]) -> list[str]:
    """The paragraphs below a section's heading that the card does not have, and that say more than links it has."""
    _, *blocks = blocks_of(section.text)
    return [
        block
        for block in blocks
        if _folded(block) not in known and not (addresses.issuperset(found := _addresses(block)) and found)
    ]


def _led_by(section: Section, blocks: list[str]) -> Section:
    heading, *rest = blocks_of(section.text)
    parts = (part.strip("\n") for part in (heading, *blocks, "".join(rest)))
    text = "\n\n".join(filter(None, parts)) if blocks else section.text
    return replace(section, text=text, raw=text)


def _addresses(text: str) -> set[str]:
    return {found.rstrip(".,;:/") for found in _ADDRESS.findall(text)}


def _folded(block: str) -> str:
    return re.sub(r"\W+", "", unescape(block)).casefold()
