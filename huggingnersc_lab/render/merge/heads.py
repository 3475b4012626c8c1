"""Merges the front matter of three cards key by key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from huggingnersc_lab.render.front_matter import dump
from huggingnersc_lab.render.merge.front_matter import FrontMatter, parse_front_matter

FRONT_MATTER = "front matter"
_ABSENT = object()


@dataclass
class MergedHead:
    """A merged front matter; see :class:`huggingnersc_lab.render.merge.MergedCard`."""

    text: str
    kept: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)


def merge_heads(base: str | None, theirs: str | None, ours: str, *, prefer_theirs: bool) -> MergedHead:
    """Merge the YAML of three front matters; the Hub needs one, so the result is never empty.

    Args:
        base: what we last generated; None if unknown.
        theirs: what is on the Hub; None when there is none.
        ours: what we generate now.
        prefer_theirs: which side wins a conflict.
    """
    front = None if theirs is None else parse_front_matter(theirs)
    made = parse_front_matter(ours)
    if made is None:
        return MergedHead(theirs or "")
    if theirs is None:
        return MergedHead(ours, conflicts=[FRONT_MATTER] if base else [])
    if front is None:
        return MergedHead(theirs if prefer_theirs else ours, conflicts=[FRONT_MATTER])
    known = parse_front_matter(base) if base is not None else None
    merged = MergedHead("")
    former = None if known is None else known.values
    values = _decide(former, front.values, made.values, merged, prefer_theirs=prefer_theirs)
    if list(values.items()) == list(front.values.items()):
        merged.text = theirs
        return merged
    merged.text = _written(values, front, made)
    read = parse_front_matter(merged.text)
    if read is None or read.values != values:
        # For example, an alias lost its anchor: dropping theirs is better than a broken card.
        return MergedHead(theirs if prefer_theirs else ours, conflicts=[FRONT_MATTER])
    return merged


def base_of_adopted_head(theirs: FrontMatter, ours: FrontMatter, *, changed_by_us: bool) -> str:
    """The part of our front matter that counts as the base of a card written by others.

    Args:
        theirs: the card's front matter.
        ours: what we generate for the entry.
        changed_by_us: whether differing values of the entry were changed since they were read from the card;
        otherwise the card has been changed.
    """
    base = {}
    for key in ours.values.keys() & theirs.values.keys():
        is_changed = changed_by_us and not _same(theirs.values[key], ours.values[key])
        base[key] = theirs.values[key] if is_changed else ours.values[key]
    return dump({key: _plain(value) for key, value in base.items()})


def differing_keys(theirs: FrontMatter, ours: FrontMatter) -> list[str]:
    """Keys that both have with different values."""
    return [key for key, value in ours.values.items() if key in theirs.values and not _same(theirs.values[key], value)]


def _decide(
    base: Mapping[str, Any] | None,
    theirs: Mapping[str, Any],
    ours: Mapping[str, Any],
    merged: MergedHead,
    *,
    prefer_theirs: bool,
) -> dict[str, Any]:
    """The merged values in order; if both sides agree on a value, theirs is used."""
    values: dict[str, Any] = {}
    for key in _in_order(list(theirs), list(ours)):
        their, our = theirs.get(key, _ABSENT), ours.get(key, _ABSENT)
        # Keys that we do not generate were never ours, even if the base is unknown.
        old = (our if our is _ABSENT else None) if base is None else base.get(key, _ABSENT)
        if _same(their, our):
            value = their
        elif (base is not None and _same(our, old)) or (base is None and our is _ABSENT):
            merged.kept.append(key)
            value = their
        elif (their is _ABSENT and (base is None or old is _ABSENT)) or (base is not None and _same(their, old)):
            value = our
        elif isinstance(their, list) and isinstance(our, list) and isinstance(old, list):
            value = _merge_lists(their, our, old)
            if not _same(value, our):
                merged.kept.append(key)
        else:
            merged.conflicts.append(key)
            value = their if prefer_theirs else our
        if value is not _ABSENT:
            values[key] = value
    return values


def _same(one: Any, other: Any) -> bool:
    """Whether two values are equivalent: a string equals a list of one."""
    if one is _ABSENT or other is _ABSENT:
        return one is other
    if isinstance(one, str) != isinstance(other, str) and (isinstance(one, list) or isinstance(other, list)):
        return bool(([one] if isinstance(one, str) else one) == ([other] if isinstance(other, str) else other))
    if isinstance(one, list) and isinstance(other, list):
        return _once(one) == _once(other)
    # In Python, 1 is True.
    return bool(one == other) and isinstance(one, bool) == isinstance(other, bool)


def _once(items: list[Any]) -> list[Any]:
    """The items of a list without duplicates."""
    return [item for place, item in enumerate(items) if item not in items[:place]]


def _merge_lists(theirs: list[Any], ours: list[Any], base: list[Any]) -> list[Any]:
    """Add what either side added, without what either side removed."""
    kept = [item for item in theirs if item in ours or item not in base]
    return kept + [item for item in ours if item not in theirs and item not in base]


def _plain(value: Any) -> Any:
    """A YAML value as a JSON value."""
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set)):
        return [_plain(item) for item in value]
    return value if value is None or isinstance(value, (str, bool, int, float)) else str(value)


def _written(values: Mapping[str, Any], theirs: FrontMatter, ours: FrontMatter) -> str:
    parts = []
    for key, value in values.items():
        is_theirs = key in theirs.values and _same(value, theirs.values[key])
        text = ours.texts[key] if key in ours.values and value == ours.values[key] else dump({key: _plain(value)})
        if is_theirs:
            parts.append(theirs.comments[key] + theirs.texts[key])
        elif key in theirs.texts:
            parts.append(theirs.replaced(key, text))
        else:
            parts.append(text)
        if not parts[-1].endswith("\n"):
            parts[-1] += "\n"
    return "".join(parts) + theirs.end


def _in_order(theirs: list[str], ours: list[str]) -> list[str]:
    """Their keys in order; each key that only we have follows the nearest one before it in ours."""
    order = list(theirs)
    for position, key in enumerate(ours):
        if key not in order:
            before = next((other for other in reversed(ours[:position]) if other in order), None)
            order.insert(0 if before is None else order.index(before) + 1, key)
    return order
