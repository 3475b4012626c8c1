"""Markdown as plain text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huggingnersc_lab.render.plain import plain


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("Plain words,\nas they are: 5*3 = 15 in snake_case_names, a < b & c > d.",) * 2,
        ("*one* **two** ***three*** __four__ ~~five~~ `six_`", "one two three four five six_"),
        ("Title\n===\n\n## Part #\n\ntext", "Title Part text"),
        ("- a\n* b\n  1. c\n> d", "a b c d"),
        ("| a | b |\n|---|---|\n| c | d |", "a b c d"),
        (
            "[text](http://x 'title') [ref][1] <http://y> ![alt *too*](z.png)\n\n[1]: http://r",
            "text ref http://y alt too",
        ),
        ("```python\nx = 1\n```\nand\n\n    y = 2", "x = 1 and y = 2"),
        ("a<br>b CO<sub>2</sub> &amp; \\*c\\*", "a b CO2 & *c*"),
        ("<!-- a note\n<b>to self</b> -->\n<p align='center'>\n<b>Seen</b>\n</p>", "Seen"),
    ],
)
def test_what_a_reader_sees(text: str, expected: str) -> None:
    assert plain(text) == " ".join(expected.split())


@given(st.text(alphabet="ab \n*_`[]()<>!#|-~\\&;", max_size=200))
def test_no_text_is_an_error_and_all_of_it_is_one_line(text: str) -> None:
    assert plain(text) == " ".join(plain(text).split())


@given(st.lists(st.from_regex(r"[a-z]{1,8}", fullmatch=True), min_size=1, max_size=20))
def test_emphasis_takes_no_word_away(words: list[str]) -> None:
    assert plain(" ".join(f"**{word}**" for word in words)) == " ".join(words)


@pytest.mark.parametrize("piece", ["[", "*a ", "> ", "`", "<!--", "- ", "[a](", "|a\n|-\n", "**a*", "![[", "&", "_a"])
def test_nothing_takes_long(piece: str) -> None:
    text = (piece * 20_000)[:20_000]
    start = time.process_time()
    plain(text)
    assert time.process_time() - start < 10
