"""Merges the bodies of three cards section by section."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from huggingnersc_lab.render.merge.paragraphs import MergedText, merge_paragraphs
from huggingnersc_lab.render.merge.roles import USUAL_LEVEL, at_level, level_for_ours, wanted_in
from huggingnersc_lab.render.merge.sections import Section, join_sections, split_sections

UNKNOWN = Section("", 0, "", "")
"""The base version of a section, if unknown."""


@dataclass
class MergedBody:
    """A merged body; see :class:`huggingnersc_lab.render.merge.MergedCard`."""

    text: str = ""
    base: str = ""
    kept: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)


def merge_bodies(base: str | None, theirs: str, ours: str, *, prefer_theirs: bool) -> MergedBody:
    """Merge three bodies with Unix line endings; ``base`` is None if unknown."""
    made = split_sections(ours)
    level = level_for_ours(theirs, made, base or "")
    depth = max(USUAL_LEVEL, level)
    their = split_sections(theirs, depth)
    our = at_level(made, level)
    old = our if base is None else split_sections(base, depth)
    title = next((key for key, section in made.items() if section.level == 1), None)
    our = wanted_in(their, our, old, title)
    is_whole = list(our.items()) == list(made.items())
    merged = MergedBody(base=ours if is_whole else join_sections((f"{part.text}\n", False) for part in our.values()))
    chosen: dict[str, str] = {}
    for key in dict.fromkeys([*their, *our]):
        outcome = _merge(their.get(key), our.get(key), old.get(key) if base is not None else UNKNOWN, prefer_theirs)
        name = (their.get(key) or our[key]).title
        if outcome.keeps_theirs:
            merged.kept.append(name)
        if outcome.has_conflict:
            merged.conflicts.append(name)
        if outcome.text is not None:
            chosen[key] = outcome.text
    merged.text = _written(chosen, their, our, title)
    return merged


def known_part(ours: str, base: str) -> str:
    """Our sections that the base also has, at the heading level they have there."""
    made = split_sections(ours)
    level = level_for_ours(base, made, base)
    known = split_sections(base, max(USUAL_LEVEL, level))
    return join_sections((f"{part.text}\n", False) for key, part in at_level(made, level).items() if key in known)


def _merge(their: Section | None, our: Section | None, old: Section | None, prefer_theirs: bool) -> MergedText:
    """Merge one section; its text is None if it is removed."""
    theirs, ours, base = (None if section is None else section.text for section in (their, our, old))
    is_known = old is not UNKNOWN
    if their == our:
        return MergedText(theirs)
    if (our == old) if is_known else (our is None):
        return MergedText(theirs, keeps_theirs=bool(theirs or base))
    if (their == old) if is_known else (their is None):
        return MergedText(ours)
    if is_known and theirs and ours and base:
        return merge_paragraphs(base, theirs, ours, prefer_theirs=prefer_theirs)
    return MergedText(theirs if prefer_theirs else ours, has_conflict=True)


def _written(
    chosen: Mapping[str, str], theirs: Mapping[str, Section], ours: Mapping[str, Section], title: str | None
) -> str:
    """The sections in order. Unmoved ones are written unchanged, including blank lines."""
    order = _in_order(chosen, list(theirs), list(ours), title)
    was_there = list(theirs)
    parts: list[tuple[str, bool]] = []
    last: str | None = None
    for key in order:
        their, text = theirs.get(key), chosen[key]
        place = was_there.index(key) if their else None
        follows = place is not None and (was_there[place - 1] == last if place else last is None)
        tail = their.raw[len(their.raw.rstrip()) :] if their else "\n"
        lead = their.raw[: len(their.raw) - len(their.raw.lstrip("\n"))] if their and follows else ""
        written = their.raw if their and text == their.text and follows else f"{lead}{text.rstrip()}{tail}"
        if written.strip() or follows:
            parts.append((written, follows))
            last = key
    return join_sections(parts)


def _in_order(chosen: Mapping[str, str], theirs: list[str], ours: list[str], title: str | None) -> list[str]:
    """Their sections in order, plus our new ones: a title first, others next to our neighbouring ones, or else last."""
    order = [key for key in theirs if key in chosen]
    for position, key in enumerate(ours):
        if key not in chosen or key in order:
            continue
        if key == title:
            order.insert(0, key)
            continue
        before = next((other for other in reversed(ours[:position]) if other in order and other != title), None)
        after = next((other for other in ours[position + 1 :] if other in order), None)
        if before is not None:
            order.insert(order.index(before) + 1, key)
        else:
            order.insert(len(order) if after is None else order.index(after), key)
    return order
