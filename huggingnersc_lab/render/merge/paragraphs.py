"""Merges three versions of a section block by block: paragraphs, lists, tables, code blocks, each as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from markdown_it import MarkdownIt


@dataclass(frozen=True)
class MergedText:
    """A merged section.

    Attributes:
        text: the section; None if it was removed.
        keeps_theirs: whether it contains other people's changes.
        has_conflict: whether both changed the same block, so that one version was chosen.
    """

    text: str | None
    keeps_theirs: bool = False
    has_conflict: bool = False


def merge_paragraphs(base: str, theirs: str, ours: str, *, prefer_theirs: bool = False) -> MergedText:
    """Merge three versions of a section.

    Args:
        base: the common base.
        theirs: other people's version.
        ours: the new one.
        prefer_theirs: which version of a conflicting block is taken.
    """
    old, their, our = (_Version(text) for text in (base, theirs, ours))
    merged: list[tuple[_Version, int]] = []
    keeps_theirs = has_conflict = False
    for in_old, in_their, in_our in _hunks(old.texts, their.texts, our.texts):
        before, after, new = (
            version.texts[span.start : span.stop] for version, span in ((old, in_old), (their, in_their), (our, in_our))
        )
        theirs_now, ours_now = [(their, place) for place in in_their], [(our, place) for place in in_our]
        if new in (after, before):
            merged += theirs_now
            keeps_theirs |= after != new
        elif after == before:
            merged += ours_now
        # Additions by one side next to a change by the other stay with it; of two additions, theirs comes first.
        elif (place := _find(before, after)) is not None:
            merged += [*theirs_now[:place], *ours_now, *theirs_now[place + len(before) :]]
            keeps_theirs = True
        elif (place := _find(before, new)) is not None:
            merged += [*ours_now[:place], *theirs_now, *ours_now[place + len(before) :]]
            keeps_theirs = True
        else:
            merged += theirs_now if prefer_theirs else ours_now
            has_conflict = True
            keeps_theirs |= prefer_theirs
    return MergedText(_join(merged), keeps_theirs, has_conflict)


def blocks_of(text: str) -> list[str]:
    """The blocks of a Markdown text, each with the blank lines after it."""
    lines = [f"{line}\n" for line in text.split("\n")]
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    starts = sorted({token.map[0] for token in tokens if not token.level and token.nesting >= 0 and token.map})
    edges = [0, *(start for start in starts if start), len(lines)]
    parts = ("".join(lines[start:end]) for start, end in pairwise(edges))
    return [part for part in parts if part.strip()]


class _Version:
    """A text as blocks, also without trailing blank lines for comparison."""

    def __init__(self, text: str) -> None:
        self.blocks = blocks_of(text)
        self.texts = [block.rstrip() for block in self.blocks]


def _find(wanted: Sequence[str], blocks: Sequence[str]) -> int | None:
    """The position of the sequence ``wanted`` in ``blocks``; an empty sequence is found at the end."""
    if not wanted:
        return len(blocks)
    places = range(len(blocks) - len(wanted) + 1)
    return next((place for place in places if blocks[place : place + len(wanted)] == wanted), None)


def _hunks(base: Sequence[str], theirs: Sequence[str], ours: Sequence[str]) -> Iterator[tuple[range, range, range]]:
    """Corresponding positions in the three versions: a block that all have, or what is between two such blocks."""
    in_theirs, in_ours = dict(_matches(base, theirs)), dict(_matches(base, ours))
    common = [(place, in_theirs[place], in_ours[place]) for place in in_theirs if place in in_ours]
    begin = (0, 0, 0)
    for here in sorted(common):
        if here != begin:
            yield _spans(begin, here)
        begin = (here[0] + 1, here[1] + 1, here[2] + 1)
        yield _spans(here, begin)
    yield _spans(begin, (len(base), len(theirs), len(ours)))


def _spans(begin: tuple[int, int, int], end: tuple[int, int, int]) -> tuple[range, range, range]:
    old, their, our = (range(start, stop) for start, stop in zip(begin, end, strict=True))
    return old, their, our


def _matches(one: Sequence[str], other: Sequence[str]) -> Iterator[tuple[int, int]]:
    for here, there, size in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks():
        yield from zip(range(here, here + size), range(there, there + size), strict=True)


def _join(merged: Sequence[tuple[_Version, int]]) -> str:
    """Concatenate the blocks; a blank line is inserted between two that were not adjacent before."""
    text = ""
    last: tuple[_Version, int] | None = None
    for version, place in merged:
        follows = last is not None and last[0] is version and last[1] + 1 == place
        if text and not follows and not text.endswith("\n\n"):
            text = f"{text.rstrip()}\n\n"
        text += version.blocks[place]
        last = version, place
    return text
