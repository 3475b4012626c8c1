"""An update of a card that somebody has edited on the Hub by hand.

Three cards are looked at, key by key of the front matter and section by section of the body: the one we made last
(``base``), the one on the Hub (``theirs``) and the one we make now (``ours``). What only one side has changed is
taken from that side; what both have changed is taken from ours, and named.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from huggingnersc_lab.render.merge.front_matter import FrontMatter, parse_front_matter, split_card
from huggingnersc_lab.render.merge.sections import Section, join_sections, split_sections


@dataclass(frozen=True)
class MergedCard:
    """The merged card.

    Attributes:
        text: the card.
        kept: keys, and headings of sections, that are as people made them on the Hub, deleted ones included.
        overridden: those that people had changed too, but are ours now.
    """

    text: str
    kept: list[str]
    overridden: list[str]


def merge_card(base: str | None, theirs: str, ours: str) -> MergedCard:
    """Bring what people changed on the Hub into a newly made card.

    Line ends become those of Unix. A front matter that was taken out on the Hub, or is no YAML mapping, gives way to
    ours: without one the Hub knows nothing of the dataset.

    Args:
        base: the card as it was made last; None when that is not known. Then all that both cards have is ours, and
            all that only the Hub's has is kept.
        theirs: the card on the Hub now.
        ours: the card as it is made now.
    """
    base, theirs, ours = None if base is None else _plain(base), _plain(theirs), _plain(ours)
    if theirs in (base, ours):
        return MergedCard(ours, [], [])
    outcome = MergedCard("", [], [])
    base_head, base_body = (None, None) if base is None else split_card(base)
    their_head, their_body = split_card(theirs)
    our_head, our_body = split_card(ours)
    head = _merge_heads(base_head, their_head, our_head, outcome)
    sections = _merge_sections(
        None if base_body is None else split_sections(base_body),
        split_sections(their_body),
        split_sections(our_body),
        outcome,
    )
    body = join_sections(sections)
    text = body if head is None else f"---\n{head}---\n\n{body}"
    return MergedCard(text, outcome.kept, outcome.overridden)


def base_of_adopted(theirs: str, ours: str) -> str:
    """The base with which :func:`merge_card` leaves every section of a card that was never ours as it is.

    Of the body only what that card lacks is added, and no second title. Of the front matter both have, ours goes in.

    Args:
        theirs: the card on the Hub.
        ours: the card as it is made now.
    """
    their_sections = split_sections(split_card(_plain(theirs))[1])
    our_sections = split_sections(split_card(_plain(ours))[1])
    has_title = any(key.startswith("h1 ") for key in their_sections)
    known = {key for key in our_sections if key in their_sections or (has_title and key.startswith("h1 "))}
    return join_sections(section for key, section in our_sections.items() if key in known)


def _plain(card: str) -> str:
    return card.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _merge_heads(base: str | None, theirs: str | None, ours: str | None, outcome: MergedCard) -> str | None:
    our_front = parse_front_matter(ours or "")
    their_front = None if theirs is None else parse_front_matter(theirs)
    if our_front is None or ours is None:
        return theirs
    if their_front is None:
        outcome.overridden.append("front matter")
        return ours
    base_front = None if base is None else parse_front_matter(base)
    keys = _decide(
        None if base_front is None else base_front.values,
        their_front.values,
        our_front.values,
        outcome,
        str,
    )
    merged = _assemble(keys, their_front, our_front)
    if (read := parse_front_matter(merged)) is None or read.values != {
        key: (our_front if is_ours else their_front).values[key] for key, is_ours in keys
    }:
        # An anchor was taken from under its alias, or the like: better none of theirs than a broken card.
        del outcome.kept[:], outcome.overridden[:]
        outcome.overridden.append("front matter")
        return ours
    return merged


def _assemble(keys: list[tuple[str, bool]], theirs: FrontMatter, ours: FrontMatter) -> str:
    parts = []
    for key, is_ours in keys:
        if not is_ours:
            parts.append(theirs.comments[key] + theirs.texts[key])
        elif key in theirs.texts:
            parts.append(theirs.replaced(key, ours.texts[key]))
        else:
            parts.append(ours.texts[key])
    return "".join(parts) + theirs.end


def _merge_sections(
    base: dict[str, Section] | None, theirs: dict[str, Section], ours: dict[str, Section], outcome: MergedCard
) -> list[Section]:
    chosen = _decide(base, theirs, ours, outcome, lambda key: theirs[key].title if key in theirs else ours[key].title)
    return [(ours if is_ours else theirs)[key] for key, is_ours in chosen]


def _decide(
    base: Mapping[str, Any] | None,
    theirs: Mapping[str, Any],
    ours: Mapping[str, Any],
    outcome: MergedCard,
    name: Callable[[str], str],
) -> list[tuple[str, bool]]:
    """The parts of the merged whole in their order, each with whether it is ours; a part both agree on is theirs."""
    absent, unknown = object(), object()
    if base is None:
        # All that we make may have been changed by us; what we do not make was never ours.
        base = dict.fromkeys(ours, unknown)
    chosen: dict[str, bool] = {}
    for key in dict.fromkeys([*theirs, *ours]):
        their, our = theirs.get(key, absent), ours.get(key, absent)
        old = base.get(key, absent)
        if their == our:
            chosen[key] = False
        elif our == old:
            outcome.kept.append(name(key))
            if their is not absent:
                chosen[key] = False
        else:
            if their != old and not (their is absent and old is unknown):
                outcome.overridden.append(name(key))
            if our is not absent:
                chosen[key] = True
    return _in_order(chosen, list(theirs), list(ours))


def _in_order(chosen: Mapping[str, bool], theirs: list[str], ours: list[str]) -> list[tuple[str, bool]]:
    """Theirs in their order; each that only we have comes after the nearest one that it follows in ours."""
    order = [key for key in theirs if key in chosen]
    for position, key in enumerate(ours):
        if key in chosen and key not in order:
            before = next((other for other in reversed(ours[:position]) if other in order), None)
            # Nothing goes before what stands above the first heading, which would then be below one.
            start = 1 if order and not order[0] else 0
            order.insert(start if before is None else order.index(before) + 1, key)
    return [(key, chosen[key]) for key in order]
