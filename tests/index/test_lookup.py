"""Looking into the index: what is found, in which order, with which counts."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from huggingnersc_lab.index import FacetValues, Index, IndexEntry, Search
from huggingnersc_lab.index.page import FoundIn

from .conftest import THREE

Fill = Callable[..., Index]


@pytest.fixture
def fill(tmp_path: Path) -> Fill:
    def make(entries: Iterable[IndexEntry] = THREE.values(), folder: str = "index") -> Index:
        index = Index(tmp_path / folder)
        known = {entry.name: entry for entry in entries}
        index.refresh(dict.fromkeys(known, "1"), known.get)
        return index

    return make


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", {"cosmo-sims", "galaxies", "iris"}),
        ("cosmology", {"cosmo-sims", "galaxies"}),
        ("COSMOL", {"cosmo-sims", "galaxies"}),
        ("cosmol ", {"cosmo-sims"}),  # no such word, but "cosmo" is one letter off
        ("simulation", {"cosmo-sims"}),
        ("dark matter", {"cosmo-sims"}),
        ('"matter dark"', set()),
        ('"dark matter"', {"cosmo-sims"}),
        ("cosmology -galaxy", {"cosmo-sims"}),
        ("-cosmology ", {"iris"}),
        ("groesse ", {"galaxies"}),
        ("grosse", {"galaxies"}),
        ("GRÖSSE", {"galaxies"}),
        ("galaxeis ", {"galaxies"}),
        ("flwoers ", {"iris"}),
        ("tag:cosmology ", {"cosmo-sims"}),
        ("tag:cosmo", {"cosmo-sims"}),
        ("license:MIT ", {"cosmo-sims", "iris"}),
        ("license:cc", {"galaxies"}),
        ("format:hdf5 license:mit", {"cosmo-sims"}),
        ("by:lovelace", {"cosmo-sims"}),
        ('by:"vera rubin"', {"galaxies"}),
        ("size:>1TB", {"cosmo-sims"}),
        ("size:<=1GB", {"galaxies"}),
        ("size:=2tb", {"cosmo-sims"}),
        ("size:n<1k ", {"iris"}),
        ("10.1111/j.1469", {"iris"}),
        ("cosmo-sims", {"cosmo-sims"}),
        ("🙂", {"cosmo-sims", "galaxies", "iris"}),  # nothing but a sign says nothing
        ("زهرة", set()),
        ("AND OR NOT name:* (", set()),
        ('") OR 1=1 --', set()),
        ("\ud800", {"cosmo-sims", "galaxies", "iris"}),
        ("tag:\ud800", set()),
        ("x" * 10_000, set()),
    ],
)
def test_what_fits_is_found(fill: Fill, query: str, names: set[str]) -> None:
    page = fill().search(Search(query))
    assert (set(page.names), page.total) == (names, len(names))


def test_a_description_is_shown_as_plain_text(fill: Fill) -> None:
    text = "# The *whole* sky\n\nMade with [Heal**Pix**](https://healpix.org) and `healpy`.\n\n| file |\n|---|\n| map |"
    index = fill([IndexEntry("sky", description=text, summary={"name": "sky"})])
    (hit,) = index.search(Search("healpix")).hits
    assert hit.excerpt is not None
    assert hit.excerpt.text == "The whole sky Made with HealPix and healpy. file map"
    assert [hit.excerpt.text[start:end] for start, end in hit.excerpt.highlights] == ["HealPix"]
    assert hit.summary["description"] == hit.excerpt.text
    assert index.search(Search('"whole sky"')).total == 1
    assert index.search(Search("https ")).total == 0  # an address is nobody's word


def test_the_name_weighs_more_than_the_title_and_so_on(fill: Fill) -> None:
    filler = " ".join(f"word{number}" for number in range(60))
    ranked = [
        IndexEntry("plasma", "Runs"),
        IndexEntry("b", "Plasma runs of a tokamak"),
        IndexEntry("c", "Runs", tags=("plasma", "hdf5", "physics")),
        IndexEntry("d", "Runs", description=f"plasma {filler} plasma plasma"),
        IndexEntry("e", "Runs", other="plasma"),
    ]
    others = [IndexEntry(f"x{number}", "Runs", ("hdf5", "physics"), filler) for number in range(50)]
    shuffled = [*ranked, *others]
    random.Random(1).shuffle(shuffled)
    assert fill(shuffled).search(Search("plasma")).names == ("plasma", "b", "c", "d", "e")


def test_facets_are_counted_without_their_own_filter(fill: Fill) -> None:
    page = fill().search(Search(filters={"license": ["mit"]}))
    assert set(page.names) == {"cosmo-sims", "iris"}
    assert page.facets["license"] == {"mit": 2, "cc-by-4.0": 1}
    assert page.facets["format"] == {"hdf5": 1, "csv": 1}
    assert page.facets["size"] == {"n<1K": 1}
    page = fill().search(Search(filters={"license": ["mit"], "format": ["csv", "fits"]}))
    assert (page.names, page.facets["format"]) == (("iris",), {"hdf5": 1, "csv": 1, "fits": 0})
    assert page.facets["license"] == {"mit": 1, "cc-by-4.0": 1}


def test_a_rare_value_is_found_by_a_part_of_it(fill: Fill, tmp_path: Path) -> None:
    rare = IndexEntry("rare", "Rare", facets={"format": ("zarr",), "license": ("mit",)})
    many = [IndexEntry(f"n{n}", "Common", facets={"format": (f"f{n % 60:02}",)}) for n in range(180)]
    index = fill([rare, *many])
    assert "zarr" not in index.search().facets["format"]
    assert index.values(Search(), "format", lambda value: "zar" in value) == FacetValues({"zarr": 1}, 1)
    everything = index.values(Search(), "format", lambda value: True)
    assert (len(everything.counts), everything.total, everything.counts["f00"]) == (50, 61, 3)
    # Its own filter does not count, the others and the query do.
    for search in (Search("rare ", {"format": ["f01"]}), Search(filters={"license": ["mit"], "format": ["f01"]})):
        assert index.values(search, "format", lambda value: True).counts == {"zarr": 1}
    assert index.values(Search("rrae "), "format", lambda value: True).counts == {"zarr": 1}  # a letter is off
    assert index.values(Search("rare", {"license": ["x"]}), "format", lambda value: True) == FacetValues()
    assert Index(tmp_path / "none").values(Search(), "format", lambda value: True) == FacetValues()


def test_what_was_chosen_is_counted_even_where_nothing_has_it(fill: Fill, tmp_path: Path) -> None:
    page = fill().search(Search("flowers", {"format": ["fits", "CSV", "zarr"], "task": ["other"]}))
    assert (page.total, page.facets["task"], page.facets["format"]) == (
        0,
        {"other": 0},
        {"fits": 0, "CSV": 0, "zarr": 0},
    )
    page = fill().search(Search("flowers", {"format": ["fits", "CSV"]}))
    assert (page.total, page.facets["format"]) == (1, {"csv": 1, "fits": 0})
    many = [IndexEntry(f"n{n:03}", facets={"format": (f"f{n % 60:02}",)}) for n in range(119)]
    page = fill(many, "many").search(Search(filters={"format": ["F59"]}))
    assert (page.total, len(page.facets["format"]), page.facets["format"]["F59"]) == (1, 51, 1)
    assert Index(tmp_path / "none").search(Search(filters={"format": ["fits"]})).facets["format"] == {"fits": 0}


def test_pages_and_orders(fill: Fill) -> None:
    index = fill()
    assert index.search(Search(sort="newest")).names == ("cosmo-sims", "galaxies", "iris")
    assert index.search(Search(sort="name")).names == ("cosmo-sims", "galaxies", "iris")
    assert index.search(Search(sort="size")).names[:2] == ("cosmo-sims", "galaxies")
    assert index.search(Search(sort="size")).total == 3
    page = index.search(Search(sort="newest", limit=1, offset=1))
    assert (page.names, page.total) == (("galaxies",), 3)
    assert index.search(Search(limit=0)).names == ()


def test_what_met_the_query_is_highlighted(fill: Fill) -> None:
    summary = {"name": "sky", "pretty_name": "Größe of dark matter"}
    text = "Long before. " * 40 + "In the middle stands\nnebula and the end. " + "Long after. " * 40
    index = fill([IndexEntry("org/sky", "Größe of dark matter", (), text, summary=summary, key="org/sky")])
    (hit,) = index.search(Search("groesse dark")).hits or index.search(Search("grosse dark")).hits
    assert (hit.id, hit.name, hit.highlights, hit.excerpt) == (
        "org/sky",
        "sky",
        {"pretty_name": ((0, 5), (9, 13))},
        None,
    )
    assert hit.summary["description"] == text[:400]
    (hit,) = index.search(Search("nebul")).hits
    assert (hit.highlights, hit.excerpt is not None) == ({}, True)
    assert hit.excerpt is not None
    ((start, end),) = hit.excerpt.highlights
    assert (hit.excerpt.text[start:end], hit.excerpt.text[0], hit.excerpt.text[-1]) == ("nebul", "…", "…")
    assert 140 <= len(hit.excerpt.text) <= 164
    assert index.search().hits[0].excerpt is None
    (hit,) = index.search(Search("mtater")).hits  # forgiven
    assert hit.highlights == {"pretty_name": ((14, 20),)}


def test_the_last_page_of_a_long_list_is_another_than_the_ones_before(fill: Fill) -> None:
    index = fill(IndexEntry(f"set-{number:05}") for number in range(10_050))
    last = index.search(Search(sort="name", limit=40, offset=10_040))
    assert (last.total, last.names) == (10_050, tuple(f"set-{number:05}" for number in range(10_040, 10_050)))


def test_entries_at_a_path(fill: Fill) -> None:
    index = fill(
        [
            IndexEntry("sky", "Sky", path="/data/sky/"),
            IndexEntry("above", "Above", path="/data"),
            IndexEntry("again", "Again", path="/data//sky"),
            IndexEntry("none", "None"),
        ]
    )
    assert [hit.id for hit in index.at(["/data/sky", "/elsewhere"])] == ["again", "sky"]
    assert [hit.id for hit in index.at(["/data/sky"], limit=1)] == ["again"]
    assert [hit.id for hit in index.at(["/DATA"])] == []
    assert index.at([]) == index.at(["", "/data/sk"]) == ()


@pytest.mark.parametrize(
    ("query", "found_in"),
    [
        ("cosmology", FoundIn("tags", "cosmology")),
        ("regress", FoundIn("tags", "tabular-regression")),
        ("rubin lovelace", FoundIn("authors", "Vera Rubin, Ada Lovelace")),
        ("cosmology rubin", FoundIn("tags", "cosmology")),
        ("10.5281/zenodo.1", FoundIn("other")),
        ("maps", None),
        ("radio", None),
        ("tag:cosmology", None),
        ("", None),
    ],
)
def test_why_a_hit_fits_is_told_where_its_texts_do_not_show_it(
    query: str, found_in: FoundIn | None, fill: Fill
) -> None:
    entry = IndexEntry(
        "sky",
        "Maps",
        tags=("cosmology", "fits", "tabular-regression"),
        description="Radio.",
        by=("Vera Rubin", "Ada Lovelace"),
        other="10.5281/zenodo.1",
        summary={
            "name": "sky",
            "pretty_name": "Maps",
            "tags": ["cosmology", "fits"],
            "task_categories": ["tabular-regression"],
            "authors": ["Vera Rubin", "Ada Lovelace"],
        },
    )
    hits = fill([entry]).search(Search(query)).hits
    assert [hit.found_in for hit in hits] == [found_in]
