"""Line ends and byte order marks, read and written again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huggingnersc_lab.render.merge.line_ends import LineEnds

TEXT = st.lists(st.sampled_from(["a", "b", "", "\n", "\r\n", "\r", "\u2028", "\x0b"]), max_size=30).map("".join)


@given(TEXT, st.sampled_from(["", "\ufeff"]))
def test_what_does_not_change_is_written_as_it_was(text: str, mark: str) -> None:
    found = LineEnds.of(mark + text)
    assert "\r" not in found.plain
    assert found.restored(found.plain) == mark + text


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_new_lines_end_as_the_others_do(end: str) -> None:
    assert LineEnds.of(f"a{end}c{end}").restored("a\nb\nc\n") == f"a{end}b{end}c{end}"


def test_each_line_keeps_its_own_end_and_new_ones_get_the_usual() -> None:
    found = LineEnds.of("a\r\nb\nc\r\nd")
    assert found.restored("a\nb\nnew\nc\nd") == "a\r\nb\nnew\r\nc\r\nd"


def test_a_text_of_one_line_says_nothing_of_line_ends() -> None:
    assert LineEnds.of("a").restored("a\nb\n") == "a\nb\n"


def test_lines_at_the_end_of_one_of_both_texts() -> None:
    assert LineEnds.of("a\r\nb\nc\r\n").restored("a\nb") == "a\r\nb"
    assert LineEnds.of("x\r\na\nb").restored("a\nb\nc") == "a\nb\r\nc"
