"""What people type into the search field."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huggingnersc_lab.index.grammar import MAX_CHARACTERS, MAX_TERMS, Query, SizeTerm, Term, parse_query

TB = 10**12


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("", ()),
        ("   ", ()),
        ("cosmology", (Term("cosmology", is_prefix=True),)),
        ("cosmology ", (Term("cosmology"),)),
        ("dark matter", (Term("dark"), Term("matter", is_prefix=True))),
        ('"dark matter"', (Term("dark matter", is_phrase=True),)),
        ('"dark matter', (Term("dark matter", is_phrase=True),)),
        ('""', ()),
        ("lat* qcd ", (Term("lat", is_prefix=True), Term("qcd"))),
        ("-draft x ", (Term("draft", is_excluded=True), Term("x"))),
        ("a - b ", (Term("a"), Term("-"), Term("b"))),
        ("tag:cosmology ", (Term("cosmology", "tag"),)),
        ("Licence:MIT ", (Term("MIT", "license"),)),
        ("-format:hdf5 ", (Term("hdf5", "format", is_excluded=True),)),
        ('by:"Ada Lovelace" ', (Term("Ada Lovelace", "by", is_phrase=True),)),
        ("size:>1TB ", (SizeTerm(">", TB),)),
        (f"size:>{'9' * 400}b ", (SizeTerm(">", 2**62),)),
        (f"size:>{'9' * 400}TiB ", (SizeTerm(">", 2**62),)),
        ("size:<=1.5GiB ", (SizeTerm("<=", 3 * 2**29),)),
        ("size:100b ", (SizeTerm("=", 100),)),
        ("-size:>1pb ", (SizeTerm(">", 10**15, is_excluded=True),)),
        ("size:n<1K ", (Term("n<1K", "size"),)),
        ("https://doi.org/10.1 ", (Term("https://doi.org/10.1"),)),
        ("tag: x ", (Term("tag:"), Term("x"))),
        ('odd:"two words" ', (Term("odd"), Term("two words", is_phrase=True))),
        ("*** ", ()),
    ],
)
def test_what_is_typed_is_read(text: str, terms: tuple[Term, ...]) -> None:
    assert parse_query(text) == Query(terms)


def test_a_long_query_is_cut_and_says_so() -> None:
    assert parse_query("word " * 10_000).is_cut
    assert len(parse_query("word " * 10_000).terms) == MAX_TERMS
    assert parse_query("x" * (MAX_CHARACTERS + 1)) == Query((Term("x" * MAX_CHARACTERS),), is_cut=True)


@given(st.text(max_size=200))
def test_nothing_is_an_error(text: str) -> None:
    for term in parse_query(text).terms:
        assert isinstance(term, SizeTerm) or term.text
