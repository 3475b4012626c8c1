"""What is like a dataset, on a real index."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from huggingnersc_lab.index import Index, IndexEntry
from huggingnersc_lab.index.entry import BEGINNING

PAPER = "https://doi.org/10.1093/mnras/stv1442"
SKY = IndexEntry(
    "sky",
    "Maps of the sky",
    ("astronomy", "cosmology", "image-classification", "fits"),
    by=("Vera Rubin",),
    facets={"domain": ("astronomy", "cosmology"), "task": ("image-classification",), "format": ("fits",)},
)


def index_of(folder: Path, *entries: IndexEntry) -> Index:
    index = Index(folder / "index")
    known = {entry.id: entry for entry in entries}
    index.refresh(dict.fromkeys(known, "1"), known.get)
    return index


def ids(index: Index, entry: IndexEntry, *papers: str, limit: int = 5) -> list[str]:
    return [hit.id for hit in index.related(entry, papers, limit=limit)]


@pytest.mark.parametrize(
    "other",
    [
        IndexEntry("o", tags=("Cosmology",)),
        IndexEntry("o", facets={"domain": ("astronomy",)}),
        IndexEntry("o", facets={"task": ("image-classification",)}),
        IndexEntry("o", by=("Ada Lovelace", "Véra Rubin")),
        IndexEntry("o", "A map, and the SKY's noise"),
        IndexEntry("o", other=f"/data/o {PAPER}"),
        IndexEntry("o", facets={"format": ("fits",)}),
    ],
    ids=["tag", "domain", "task", "author", "title", "paper", "format"],
)
def test_whatever_is_shared_makes_alike(other: IndexEntry, tmp_path: Path) -> None:
    strange = IndexEntry("strange", "Of the set", ("biology",), by=("Rubin Vera",), other="10.1093/other")
    assert ids(index_of(tmp_path, SKY, other, strange), SKY, PAPER) == ["o"]


@pytest.mark.parametrize(
    ("paper", "other"),
    [
        ("1502.01589", "https://arxiv.org/abs/1502.01589"),
        ("https://arxiv.org/pdf/1502.01589v1", "arXiv:1502.01589v2"),
        ("astro-ph/9901001v3", "https://arxiv.org/abs/astro-ph/9901001"),
        ("https://doi.org/10.1093/mnras/stv1442", "doi:10.1093/mnras/stv1442"),
        ("10.1093/mnras/stv1442", "https://doi.org/10.1093/mnras/stv1442"),
        ("https://example.org/papers/1", "https://example.org/papers/1"),
    ],
)
def test_a_paper_is_the_same_however_it_is_named(paper: str, other: str, tmp_path: Path) -> None:
    assert ids(index_of(tmp_path, IndexEntry("o", other=f"{other} /data/o")), SKY, paper) == ["o"]


@pytest.mark.parametrize(
    ("paper", "other"),
    [
        ("1502.01589", "1502.01588"),
        ("https://arxiv.org/abs/1502.01589", "https://arxiv.org/abs/1706.03762"),
        ("10.5281/zenodo.1", "10.5281/zenodo.12"),
        ("https://example.org/papers/1", "https://example.org/papers/2"),
    ],
)
def test_another_paper_of_the_same_place_is_another_one(paper: str, other: str, tmp_path: Path) -> None:
    assert ids(index_of(tmp_path, IndexEntry("o", other=other)), SKY, paper) == []


def test_it_is_not_like_itself_and_need_not_be_known(tmp_path: Path) -> None:
    index = index_of(tmp_path, SKY, IndexEntry("o", tags=("cosmology",)))
    assert ids(index, SKY) == ["o"]
    stranger = IndexEntry("stranger", tags=("cosmology",))
    assert set(ids(index, stranger)) == {"sky", "o"}


def test_more_and_rarer_things_count_more(tmp_path: Path) -> None:
    crowd = [IndexEntry(f"c{number}", tags=("astronomy",)) for number in range(20)]
    rare = IndexEntry("rare", tags=("cosmology",))
    both = IndexEntry("both", tags=("astronomy", "cosmology"))
    same_paper = IndexEntry("same-paper", other=PAPER)
    same_author = IndexEntry("same-author", by=("Vera Rubin",))
    only_format = IndexEntry("only-format", tags=("fits",), facets={"format": ("fits",)})
    index = index_of(tmp_path, SKY, *crowd, rare, both, same_paper, same_author, only_format)
    found = ids(index, SKY, PAPER)
    assert len(found) == 5
    assert found[0] == "same-paper"
    assert found.index("both") < found.index("rare")
    everything = ids(index, SKY, PAPER, limit=100)
    assert everything.index("only-format") > everything.index("rare")
    assert len(everything) == 25


def test_what_comes_back_is_what_a_list_shows(tmp_path: Path) -> None:
    other = IndexEntry("o", tags=("cosmology",), description="x" * 1000, summary={"name": "o", "pretty_name": "O"})
    (hit,) = index_of(tmp_path, SKY, other).related(SKY)
    assert (hit.name, hit.summary["pretty_name"], len(hit.summary["description"])) == ("o", "O", BEGINNING)
    assert (hit.highlights, hit.excerpt) == ({}, None)


ODD = "\ud800 \0 \u202e '\" AND (NOT *) 🌌"


@pytest.mark.parametrize(
    "entry",
    [
        IndexEntry("o"),
        IndexEntry("o", "the of a", ("",), by=("",)),
        IndexEntry("o", ODD, (ODD,), by=(ODD,), facets={"domain": (ODD,), "task": ("",)}),
        IndexEntry("o", "x " * 10_000, tuple(map(str, range(10_000))), by=tuple(f"A{n} B{n}" for n in range(10_000))),
    ],
    ids=["empty", "blank", "odd", "huge"],
)
def test_no_dataset_is_an_error(entry: IndexEntry, tmp_path: Path) -> None:
    assert ids(index_of(tmp_path, SKY), entry, ODD, "", "-" * 1000) == []
    assert ids(Index(tmp_path / "none"), SKY) == []
    assert ids(index_of(tmp_path, SKY), IndexEntry("sky2", SKY.title), limit=0) == []


def test_it_is_quick_among_many(tmp_path: Path) -> None:
    chance = random.Random(1)
    words = [f"word{number}" for number in range(300)]
    many = [
        IndexEntry(f"d{number}", " ".join(chance.sample(words, 6)), tuple(chance.sample(words, 5)), by=("Vera Rubin",))
        for number in range(5000)
    ]
    index = index_of(tmp_path, *many)
    index.related(many[0])
    start = time.perf_counter()
    for entry in many[:20]:
        assert len(index.related(entry, (PAPER,))) == 5
    assert time.perf_counter() - start < 20 * 0.1
