"""Sections merged block by block."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huggingnersc_lab.render.merge.paragraphs import MergedText, blocks_of, merge_paragraphs

BASE = "## Head\n\none\n\ntwo\n\nthree"


@pytest.mark.parametrize(
    ("theirs", "ours", "merged"),
    [
        ("one!", "three!", "## Head\n\none!\n\ntwo\n\nthree!"),
        ("one\n\nby hand", "one!", "## Head\n\none!\n\nby hand\n\ntwo\n\nthree"),
        ("before\n\none", "one!", "## Head\n\nbefore\n\none!\n\ntwo\n\nthree"),
        ("one\n\nof them", "one\n\nof us", "## Head\n\none\n\nof them\n\nof us\n\ntwo\n\nthree"),
    ],
)
def test_what_goes_together(theirs: str, ours: str, merged: str) -> None:
    def changed(part: str) -> str:
        return BASE.replace("three", part) if part.startswith("three") else BASE.replace("one", part)

    found = merge_paragraphs(BASE, changed(theirs), changed(ours))
    assert (found.text or "").rstrip("\n") == merged
    assert (found.keeps_theirs, found.has_conflict) == (True, False)


def test_what_both_changed_is_a_conflict_and_taken_from_either() -> None:
    theirs, ours = BASE.replace("two", "2"), BASE.replace("two", "II")
    assert (merge_paragraphs(BASE, theirs, ours).text or "").rstrip() == ours
    kept = merge_paragraphs(BASE, theirs, ours, prefer_theirs=True)
    assert ((kept.text or "").rstrip(), kept.has_conflict) == (theirs, True)


@pytest.mark.parametrize(
    "block", ["| a |\n| - |\n| b |", "- a\n\n  b\n- c", "```\na\n\nb\n```", "> a\n>\n> b", "<div>\na\n</div>"]
)
def test_a_block_is_whole(block: str) -> None:
    assert [part.rstrip() for part in blocks_of(f"x\n\n{block}\n\ny")] == ["x", block, "y"]


TEXTS = st.lists(st.sampled_from(["a", "b", "c", "- d", "## E"]), max_size=6).map("\n\n".join)


@given(TEXTS, TEXTS)
def test_one_side_alone_is_taken(base: str, changed: str) -> None:
    assert (merge_paragraphs(base, changed, base).text or "").strip() == changed.strip()
    ours = merge_paragraphs(base, base, changed)
    assert ((ours.text or "").strip(), ours.keeps_theirs, ours.has_conflict) == (changed.strip(), False, False)


def test_nothing_is_nothing() -> None:
    assert merge_paragraphs("", "", "") == MergedText("")


def test_what_we_put_around_what_they_changed_goes_with_the_change() -> None:
    ours = BASE.replace("one", "before\n\none\n\nafter\n\nmore")
    found = merge_paragraphs(BASE, BASE.replace("one", "one!"), ours)
    assert (found.text or "").rstrip() == ours.replace("one", "one!")


@pytest.mark.parametrize("text", ["## H\none\n- a\n- b\n# I\ntwo", "a\n\n\n\n## H\nb"])
def test_blocks_that_follow_each_other_stand_as_they_stood(text: str) -> None:
    assert merge_paragraphs(text, text, text).text == f"{text}\n"
