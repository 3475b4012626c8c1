"""Front matters merged key by key."""

from __future__ import annotations

import pytest

from huggingnersc_lab.render.merge.front_matter import parse_front_matter
from huggingnersc_lab.render.merge.heads import MergedHead, base_of_adopted_head, differing_keys, merge_heads


@pytest.mark.parametrize(
    ("base", "theirs", "ours", "merged"),
    [
        ("a: 1\n", "a: 1 # why\n", "a: 2\n", MergedHead("a: 2 # why\n")),
        ("a: [x]\n", "a: [x]   # one\n", "a:\n- x\n", MergedHead("a: [x]   # one\n")),
        ("a:\n- x\n", "a: x\n", "a:\n- x\n", MergedHead("a: x\n")),
        ("a:\n- x\n", "a:\n- x\n- v\n", "a:\n- x\n- z\n", MergedHead("a:\n- x\n- v\n- z\n", ["a"])),
        ("a:\n- x\n- y\n", "a:\n- x\n", "a:\n- x\n- y\n- z\n", MergedHead("a:\n- x\n- z\n", ["a"])),
        ("a: 1\n", "a: 2\n", "a: 3\n", MergedHead("a: 3\n", [], ["a"])),
        ("a: true\n", "a: 1\n", "a: true\n", MergedHead("a: 1\n", ["a"])),
        ("", "b: 1\n", "a: 1\n", MergedHead("a: 1\nb: 1\n", ["b"])),
        ("a: 1\n", "", "a: 1\n", MergedHead("", ["a"])),
        (None, "a: 1\n", "a: 2\n", MergedHead("a: 2\n", [], ["a"])),
        ("a: 1\n", None, "a: 2\n", MergedHead("a: 2\n", [], ["front matter"])),
        ("a: 1\n", "a: [\n", "a: 2\n", MergedHead("a: 2\n", [], ["front matter"])),
    ],
)
def test_each_way(base: str | None, theirs: str | None, ours: str, merged: MergedHead) -> None:
    assert merge_heads(base, theirs, ours, prefer_theirs=False) == merged


def test_a_list_that_has_something_twice_says_no_more() -> None:
    assert merge_heads("", "a: [x, x]\n", "a:\n- x\n", prefer_theirs=False).text == "a: [x, x]\n"


def test_what_an_adopted_front_matter_is_taken_to_have_come_from() -> None:
    theirs, ours = parse_front_matter("a: x\nb: 2020-01-31\nc: 1\n"), parse_front_matter("a:\n- x\nb: z\nd: 1\n")
    assert theirs
    assert ours
    assert base_of_adopted_head(theirs, ours, changed_by_us=True) in (
        "a:\n- x\nb: '2020-01-31'\n",
        "b: '2020-01-31'\na:\n- x\n",
    )
    assert set(base_of_adopted_head(theirs, ours, changed_by_us=False).splitlines()) == {"a:", "- x", "b: z"}
    assert differing_keys(theirs, ours) == ["b"]


def test_a_new_key_comes_after_the_one_that_it_follows_in_ours() -> None:
    base = "b: 1\nc: 1\nx: 1\n"
    ours = "b: 1\nc: 1\nm: 1\nx: 1\nz: 1\n"
    assert merge_heads(base, base, ours, prefer_theirs=False).text == ours
    assert merge_heads(base, base, "m: 1\n" + base, prefer_theirs=False).text == "m: 1\n" + base


def test_of_two_lists_whose_former_state_is_not_known_ours_is_taken() -> None:
    found = merge_heads(None, "a:\n- x\n", "a:\n- z\n", prefer_theirs=False)
    assert found == MergedHead("a:\n- z\n", [], ["a"])
