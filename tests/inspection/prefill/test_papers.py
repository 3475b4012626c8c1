"""DOIs and arXiv ids in running text."""

from __future__ import annotations

import time

from huggingnersc_lab.inspection.prefill.papers import arxiv_in, dois_in, paper_of


def test_punctuation_around_a_doi() -> None:
    text = "[a](https://doi.org/10.5072/a.1), (10.5072/b(2)), **10.5072/c**; 10.5072/a.1. 10.48550/arXiv.2101.1"
    assert dois_in(text) == ["10.5072/a.1", "10.5072/b(2)", "10.5072/c"]


def test_arxiv() -> None:
    assert arxiv_in("arXiv:2101.00001, https://arxiv.org/pdf/2101.00002.pdf, arXiv:astro-ph/0001001") == [
        "arXiv:2101.00001",
        "arXiv:2101.00002",
        "arXiv:astro-ph/0001001",
    ]


def test_papers() -> None:
    assert paper_of("https://example.org/paper.pdf") == "https://example.org/paper.pdf"
    assert paper_of("a book") is None


def test_long_texts_take_little_time() -> None:
    begin = time.monotonic()
    dois_in("10.5072/" + "." * 200_000)
    arxiv_in("arxiv:" * 100_000)
    assert time.monotonic() - begin < 30
