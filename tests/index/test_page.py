"""The answer to a search."""

from __future__ import annotations

from huggingnersc_lab.index.page import Excerpt, Hit, Page


def test_a_hit_is_called_by_its_nickname() -> None:
    assert Hit("nersc/sky", {"name": "sky"}).name == "sky"
    assert Hit("sky", {}).name == "sky"
    assert Page((Hit("nersc/sky", {"name": "sky"}), Hit("sea", {})), 2).names == ("sky", "sea")


def test_highlights_keep_their_former_name() -> None:
    hit = Hit("sky", {}, {"name": ((0, 1),)}, Excerpt("text", ((1, 2),)))
    assert hit.marks == hit.highlights == {"name": ((0, 1),)}
    assert hit.excerpt is not None
    assert hit.excerpt.marks == hit.excerpt.highlights == ((1, 2),)


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
