"""The question that the index is asked."""

from __future__ import annotations

import pytest

from huggingnersc_lab.index import EVERYTHING, Index, IndexEntry, Search
from huggingnersc_lab.index.search import MAX_OFFSET

from .conftest import Fill


def test_a_question_without_words_fits_everything(fill: Fill) -> None:
    index = fill([IndexEntry(f"n{number:03}", "Same") for number in range(120)])
    assert Search() == EVERYTHING
    page = index.search()
    assert (page.total, len(page.hits), page.names[0], page.names[-1]) == (120, 100, "n000", "n099")
    assert page.facets


@pytest.mark.parametrize("offset", [-1, 0, MAX_OFFSET, MAX_OFFSET + 1, 10**30])
@pytest.mark.parametrize("limit", [-1, 0, 5])
def test_no_window_is_an_error(fill: Fill, tmp_path: object, offset: int, limit: int) -> None:
    page = fill([IndexEntry("a"), IndexEntry("b")]).search(Search(offset=offset, limit=limit))
    assert page.total == 2
    assert page.names == (("a", "b") if offset <= 0 and limit > 0 else ())


def test_facets_are_counted_only_when_they_are_wanted(fill: Fill) -> None:
    index: Index = fill([IndexEntry("a", facets={"format": ("csv",)})])
    assert index.search(Search(counts=False)).facets == {}
    assert index.search(Search()).facets["format"] == {"csv": 1}
