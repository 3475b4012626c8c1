"""The parts of a text that are highlighted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huggingnersc_lab.index.grammar import parse_query
from huggingnersc_lab.index.highlights import EXCERPT, Highlighter, is_near


def highlighted(query: str, text: str, *, forgiving: bool = False) -> list[str]:
    units = text.encode("utf-16-le", "surrogatepass")
    spans = Highlighter(parse_query(query), forgiving=forgiving).spans(text)
    return [units[2 * start : 2 * end].decode("utf-16-le", "surrogatepass") for start, end in spans]


@pytest.mark.parametrize(
    ("query", "text", "parts"),
    [
        ("dark ", "Dark-matter, darker dark_ DARK", ["Dark", "dark", "DARK"]),
        ("dar", "Dark-matter, darker", ["Dar", "dar"]),
        ("dark ma", "Dark-matter and ma", ["Dark", "ma", "ma"]),
        ("cosmo-sims", "cosmo sims cosmology", ["cosmo", "sims"]),
        ("cosmo cosmology ", "cosmo cosmology", ["cosmo", "cosmology"]),
        ("co cosm* ", "cosmology co", ["cosm", "co"]),
        ('"dark matter"', "dark dark  matter; matter dark, dark-matter", ["dark  matter", "dark-matter"]),
        ('"a a"', "a a a", ["a a a"]),
        ("-dark matter ", "dark matter", ["matter"]),
        ("tag:dark size:>1TB by:matter matter ", "dark matter", ["matter"]),
        ("grosse ", "Die Größe, GROSSE", ["Größe", "GROSSE"]),
        ("gros", "Die Größe, GROSSE", ["Größe", "GROS"]),  # folding made the word longer
        ("angst", "🙂🙂 Ångström", ["Ångst"]),
        ("naive ", "\U0001d4aa naïve \u05d0\u05d1", ["naïve"]),
        ("\u05d0\u05d1 ", "\u05d0\u05d1\u05d2 \u05d0\u05d1", ["\u05d0\u05d1"]),
        ("", "anything", []),
        ("🙂 ", "🙂", []),
        ("\ud800 ", "\ud800 x", []),
        ("mattr ", "dark matter", []),
    ],
)
def test_parts_of_a_text(query: str, text: str, parts: list[str]) -> None:
    assert highlighted(query, text) == parts


@pytest.mark.parametrize(
    ("query", "text", "parts"),
    [
        ("mattr ", "dark matter", ["matter"]),
        ("mtater ", "dark matter, Mätter", ["matter", "Mätter"]),
        ("mattter dar", "dark matter door", ["dar", "matter"]),
        ("simulatoin", "simulations here", ["simulations"]),
        ("simulatoin ", "simulations here", []),
    ],
)
def test_a_letter_may_be_wrong(query: str, text: str, parts: list[str]) -> None:
    assert highlighted(query, text, forgiving=True) == parts


LETTERS = st.text("abAB1 -.,", max_size=40)


@given(LETTERS, LETTERS, st.booleans())
def test_a_text_of_ascii_is_highlighted_like_any_other(query: str, text: str, forgiving: bool) -> None:
    highlighter = Highlighter(parse_query(query.replace("a", "ab", 1)), forgiving=forgiving)
    assert highlighter.spans(text) == tuple(span for span in highlighter.spans(text + " é"))


@given(st.text("abc", max_size=6), st.text("abc", min_size=1, max_size=6), st.booleans())
def test_one_edit_is_what_it_says(word: str, wanted: str, is_prefix: bool) -> None:
    letters = "abc"
    edits = {wanted}
    for place in range(len(wanted) + 1):
        before, after = wanted[:place], wanted[place:]
        edits |= {before + letter + after for letter in letters} | {before + after[1:]}
        edits |= {before + letter + after[1:] for letter in letters if after}
        edits |= {before + after[1] + after[0] + after[2:]} if len(after) > 1 else set()
    near = any(word.startswith(edit) for edit in edits) if is_prefix else word in edits
    assert is_near(word, wanted, is_prefix=is_prefix) == near


@given(st.text(max_size=400), st.text(max_size=20))
def test_highlights_lie_within_the_text(text: str, query: str) -> None:
    highlighter = Highlighter(parse_query(query), forgiving=True)
    length, last = len(text.encode("utf-16-le", "surrogatepass")) // 2, -1
    for start, end in highlighter.spans(text):
        assert last < start < end <= length
        last = end
    excerpt = highlighter.excerpt(text)
    assert (excerpt is None) == (not highlighter.spans(text))
    if excerpt is not None:
        assert excerpt.highlights


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("nebula", "nebula"),
        ("The nebula " + "and so on " * 40, "The nebula" + " and so on" * 14 + " and so …"),
        ("before it " * 20 + "a\n\tnebula at the end", "… it " + "before it " * 4 + "a nebula at the end"),
        ("x" * 300 + " nebula " + "y" * 300, "… nebula …"),
    ],
)
def test_an_excerpt_shows_what_is_around_the_first_part(text: str, found: str) -> None:
    excerpt = Highlighter(parse_query("nebula")).excerpt(text)
    assert excerpt is not None
    assert excerpt.text == found
    assert len(excerpt.text) <= EXCERPT + 4
    assert [excerpt.text[start:end] for start, end in excerpt.highlights] == ["nebula"]
    assert Highlighter(parse_query("nebulas ")).excerpt(text) is None
