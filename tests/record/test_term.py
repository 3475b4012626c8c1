"""Terms as JSON."""

from __future__ import annotations

import pytest

from huggingnersc_lab.record.term import Term


@pytest.mark.parametrize(
    ("term", "values"),
    [
        (Term("mit", "MIT"), {"id": "mit", "label": "MIT"}),
        (
            Term("n<1K", "fewer than 1,000", aliases=("small", "tiny"), min_rows=0, max_rows=1000),
            {"id": "n<1K", "label": "fewer than 1,000", "aliases": ["small", "tiny"], "min_rows": 0, "max_rows": 1000},
        ),
        (Term("en", "English", common=True), {"id": "en", "label": "English", "common": True}),
    ],
)
def test_what_says_nothing_is_left_out_and_all_comes_back(term: Term, values: dict[str, object]) -> None:
    assert term.to_dict() == values
    assert Term.from_dict(values) == term
    assert hash(Term.from_dict(values)) == hash(term)
