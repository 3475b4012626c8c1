"""Papers as people name them."""

from __future__ import annotations

import pytest

from huggingnersc_lab.render.papers import paper_of


@pytest.mark.parametrize(
    ("text", "kind", "identifier"),
    [
        ("2106.09685", "arxiv", "2106.09685"),
        ("2106.09685v2", "arxiv", "2106.09685v2"),
        ("arXiv:2106.09685v2", "arxiv", "2106.09685v2"),
        ("hep-th/9901001", "arxiv", "hep-th/9901001"),
        ("math.GT/0309136v1", "arxiv", "math.GT/0309136v1"),
        ("https://arxiv.org/abs/2106.09685", "arxiv", "2106.09685"),
        ("http://www.arxiv.org/pdf/2106.09685.pdf", "arxiv", "2106.09685"),
        ("10.1000/xyz", "doi", "10.1000/xyz"),
        ("doi:10.1000/xyz", "doi", "10.1000/xyz"),
        ("https://doi.org/10.1000/x_(y)", "doi", "10.1000/x_(y)"),
        ("http://dx.doi.org/10.1000/xyz", "doi", "10.1000/xyz"),
        ("10.1000/x y", "url", "10.1000/x y"),
        ("10.100/xyz", "url", "10.100/xyz"),
        ("https://example.org/2106.09685", "url", "https://example.org/2106.09685"),
    ],
)
def test_paper(text: str, kind: str, identifier: str) -> None:
    paper = paper_of(text)
    assert (paper.kind, paper.identifier) == (kind, identifier)


@pytest.mark.parametrize(
    ("text", "label", "address"),
    [
        ("arxiv:2106.09685", "arXiv:2106.09685", "https://arxiv.org/abs/2106.09685"),
        ("10.1000/xyz", "doi:10.1000/xyz", "https://doi.org/10.1000/xyz"),
        ("https://example.org/x", "https://example.org/x", "https://example.org/x"),
    ],
)
def test_a_paper_has_a_name_and_an_address(text: str, label: str, address: str) -> None:
    paper = paper_of(text)
    assert (paper.label, paper.address) == (label, address)
