"""The search index, on a real disk."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from huggingnersc_lab.index import FacetValues, Index, IndexEntry, Refreshed, Search
from huggingnersc_lab.index.lock import locked

ENTRIES = {
    entry.name: entry
    for entry in (
        IndexEntry(
            "cosmo-sims",
            "Dark matter simulations",
            ("cosmology", "hdf5"),
            "N-body runs of the large-scale structure.",
            by=("Ada Lovelace",),
            facets={"format": ("hdf5",), "license": ("mit",), "domain": ("cosmology",)},
            updated=300,
            n_bytes=2 * 10**12,
        ),
        IndexEntry(
            "galaxies",
            "Galaxy images",
            ("astronomy", "fits"),
            "Pictures of galaxies. Cosmology is done with them elsewhere. Größe: 1.5 arcmin.",
            by=("Vera Rubin",),
            facets={"format": ("fits",), "license": ("cc-by-4.0",), "domain": ("astronomy",)},
            updated=200,
            n_bytes=10**9,
        ),
        IndexEntry(
            "iris",
            "Iris",
            ("biology", "csv"),
            "Flowers.",
            other="10.1111/j.1469-1809.1936.tb02137.x",
            by=("R. A. Fisher",),
            facets={"format": ("csv",), "license": ("mit",), "size": ("n<1K",)},
            updated=100,
        ),
    )
}

Fill = Callable[..., Index]


@pytest.fixture
def fill(tmp_path: Path) -> Fill:
    def make(entries: Iterable[IndexEntry] = ENTRIES.values(), folder: str = "index") -> Index:
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


def test_what_met_the_query_is_marked(fill: Fill) -> None:
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


def test_only_what_has_changed_is_read_again(fill: Fill, tmp_path: Path) -> None:
    index = fill()
    read: list[str] = []

    def changed(name: str) -> IndexEntry:
        read.append(name)
        return IndexEntry(name, "Orchids")

    sources = {"cosmo-sims": "1", "iris": "2"}
    assert index.refresh(sources, changed) == Refreshed(changed=1, removed=1)
    assert read == ["iris"]
    assert index.search(Search("orchids")).names == ("iris",)
    assert index.search(Search("galaxies ")).names == ()
    assert index.refresh(sources, changed) == Refreshed()
    # Another process sees it, too, and reads nothing again.
    other = Index(tmp_path / "index")
    assert other.search(Search("orchids")).names == ("iris",)
    assert other.refresh(sources, changed) == Refreshed()


def test_one_that_is_open_sees_what_another_process_wrote(fill: Fill, tmp_path: Path) -> None:
    index, other = fill(), Index(tmp_path / "index")
    assert other.search(Search("orchids")).total == 0
    index.refresh({"new": "1"}, lambda name: IndexEntry(name, "Orchids"))
    assert other.search(Search("orchids")).names == ("new",)
    assert other.refresh({"new": "1"}, lambda _: pytest.fail("read again")) == Refreshed()


def test_an_entry_that_cannot_be_read_is_left_out_and_not_asked_for_again(fill: Fill) -> None:
    index = fill()
    sources = dict.fromkeys(ENTRIES, "1") | {"broken": "1"}
    assert index.refresh(sources, lambda _: None) == Refreshed(changed=1)
    assert index.refresh(sources, lambda _: pytest.fail("asked again")) == Refreshed()
    assert index.search().total == 3


def test_nothing_is_there_before_it_was_made(tmp_path: Path) -> None:
    assert Index(tmp_path / "none").search(Search("x")).total == 0
    assert not (tmp_path / "none").exists()


def test_while_another_process_writes_searching_goes_on(fill: Fill, tmp_path: Path) -> None:
    index = fill()
    with locked(tmp_path / "index" / ".lock") as held:
        assert held
        assert index.refresh({}, lambda _: None) == Refreshed(is_held=True)
        assert index.search(Search("iris")).names == ("iris",)


def test_threads_may_search_while_one_refreshes(fill: Fill) -> None:
    index = fill()
    base = dict.fromkeys(ENTRIES, "1")

    def search() -> list[int]:
        return [index.search(Search("cosmology")).total for _ in range(100)]

    with ThreadPoolExecutor(4) as pool:
        found = [pool.submit(search) for _ in range(4)]
        for number in range(10):
            index.refresh(base | {f"n{number}": "1"}, lambda name: IndexEntry(name, "Orchids"))
    assert {total for future in found for total in future.result()} == {2}


def test_the_last_page_of_a_long_list_is_another_than_the_ones_before(fill: Fill) -> None:
    index = fill(IndexEntry(f"set-{number:05}") for number in range(10_050))
    last = index.search(Search(sort="name", limit=40, offset=10_040))
    assert (last.total, last.names) == (10_050, tuple(f"set-{number:05}" for number in range(10_040, 10_050)))
