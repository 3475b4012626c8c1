"""Three versions of a section merged block by block: paragraphs, lists, tables, code blocks, each as a whole."""

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
        text: the section; None where there is none any more.
        keeps_theirs: whether anything in it is as other people wrote it, and not as it was generated.
        has_conflict: whether both had changed the same block, so that one version was taken for both.
    """

    text: str | None
    keeps_theirs: bool = False
    has_conflict: bool = False


def merge_paragraphs(base: str, theirs: str, ours: str, *, prefer_theirs: bool = False) -> MergedText:
    """Merge three versions of a section.

    Args:
        base: what both began from.
        theirs: the one of other people.
        ours: the new one.
        prefer_theirs: which version of a block is taken that both have changed.
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
        # What one side put around what the other changed goes with the change; of two additions theirs comes first.
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
    """The blocks of a Markdown text, each with the blank lines below it."""
    lines = [f"{line}\n" for line in text.split("\n")]
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    starts = sorted({token.map[0] for token in tokens if not token.level and token.nesting >= 0 and token.map})
    edges = [0, *(start for start in starts if start), len(lines)]
    parts = ("".join(lines[start:end]) for start, end in pairwise(edges))
    return [part for part in parts if part.strip()]


class _Version:
    """A text as blocks, and those without the blank lines at their ends, to be compared."""

    def __init__(self, text: str) -> None:
        self.blocks = blocks_of(text)
        self.texts = [block.rstrip() for block in self.blocks]


def _find(wanted: Sequence[str], blocks: Sequence[str]) -> int | None:
    """Where ``wanted`` stands among ``blocks``, in a row; nothing stands behind them all."""
    if not wanted:
        return len(blocks)
    places = range(len(blocks) - len(wanted) + 1)
    return next((place for place in places if blocks[place : place + len(wanted)] == wanted), None)


def _hunks(base: Sequence[str], theirs: Sequence[str], ours: Sequence[str]) -> Iterator[tuple[range, range, range]]:
    """Places in the three versions that belong together: a block that all have, or what lies between two such."""
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
    """The blocks in a row; between two that did not follow each other before there is a blank line."""
    text = ""
    last: tuple[_Version, int] | None = None
    for version, place in merged:
        follows = last is not None and last[0] is version and last[1] + 1 == place
        if text and not follows and not text.endswith("\n\n"):
            text = f"{text.rstrip()}\n\n"
        text += version.blocks[place]
        last = version, place
    return text
