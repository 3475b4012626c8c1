"""How much text a browser is given to lay out."""

from __future__ import annotations

import pytest

from huggingnersc_lab.render.html.effort import MOST_EFFORT, MOST_HARD, MOST_MARKS, Effort

MARK = "\u0301"
HARD = "氷"


def test_latin_text_is_easy() -> None:
    effort = Effort()
    assert len(effort.take("é" * 1_000_000)) == 1_000_000
    assert not effort.is_spent


@pytest.mark.parametrize("mark", [MARK, "\u200d", "\u20dd", "\u0903"])
def test_heaps_of_marks_are_cut(mark: str) -> None:
    text = "a" + mark * MOST_MARKS
    assert Effort().take(text + mark + "b") == text + "b"


def test_a_heap_goes_on_over_pieces_and_ends_with_a_letter_or_a_block() -> None:
    effort = Effort()
    assert effort.take("a" + MARK * 10) == "a" + MARK * 10
    assert effort.take("") == ""
    assert effort.take(MARK * 10) == MARK * (MOST_MARKS - 10)
    assert effort.take("b") == "b"
    assert effort.take(MARK * 10) == MARK * 10
    effort.begin_block()
    assert effort.take(MARK * 20) == MARK * MOST_MARKS


def test_hard_text_has_an_end_within_a_block() -> None:
    effort = Effort()
    longest = int(MOST_EFFORT**0.5)
    shown = effort.take(HARD * 2 * longest)
    assert effort.is_spent
    assert longest - 500 <= len(shown) <= longest


def test_blocks_add_up() -> None:
    effort = Effort()
    shown = 0
    for _ in range(1000):
        effort.begin_block()
        shown += len(effort.take(HARD * 400))
        if effort.is_spent:
            break
    assert effort.is_spent
    assert MOST_HARD - 500 <= shown <= MOST_HARD


def test_what_was_hard_before_counts_for_what_comes_in_another_block() -> None:
    effort = Effort()
    effort.take(HARD * 8000)
    effort.begin_block()
    assert len(effort.take(HARD * 8000)) == 6000
    assert effort.is_spent
