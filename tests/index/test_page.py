"""The answer to a search."""

from __future__ import annotations

from huggingnersc_lab.index.page import Hit, Page


def test_a_hit_is_called_by_its_nickname() -> None:
    assert Hit("nersc/sky", {"name": "sky"}).name == "sky"
    assert Hit("sky", {}).name == "sky"
    assert Page((Hit("nersc/sky", {"name": "sky"}), Hit("sea", {})), 2).names == ("sky", "sea")


def test_an_empty_page_has_nothing() -> None:
    page = Page()
    assert (page.hits, page.total, page.facets, page.is_forgiving, page.is_cut, page.names) == (
        (),
        0,
        {},
        False,
        False,
        (),
    )
