"""Entries and indexes that several tests of the index need."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from huggingnersc_lab.index import Index, IndexEntry

WORDS = ("plasma", "lattice", "galaxy", "protein", "climate", "neutrino", "tokamak", "genome")
FORTY = {
    f"n{number}": IndexEntry(
        f"n{number}",
        f"{WORDS[number % 8]} {number}",
        (WORDS[number % 5],),
        f"{WORDS[number % 7]} {WORDS[(number + 1) % 8]} and more of it",
        facets={"license": (("mit", "cc0-1.0")[number % 2],)},
        updated=number,
        summary={"name": f"n{number}", "pretty_name": f"{WORDS[number % 8]} {number}"},
    )
    for number in range(40)
}

THREE = {
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
    """Makes an index of entries."""

    def make(entries: Iterable[IndexEntry], folder: str = "index") -> Index:
        index = Index(tmp_path / folder)
        known = {entry.id: entry for entry in entries}
        index.refresh(dict.fromkeys(known, "1"), known.get)
        return index

    return make


@pytest.fixture
def forty() -> dict[str, IndexEntry]:
    """Forty entries by their keys."""
    return dict(FORTY)


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """The folder of an index of the forty. It was written twice: it has several segments, and something was removed."""
    index = Index(tmp_path / "whole")
    index.refresh(dict.fromkeys([*list(FORTY)[:30], "gone"], "1"), lambda key: FORTY.get(key, IndexEntry(key)))
    index.refresh(dict.fromkeys(FORTY, "1"), FORTY.get)
    return tmp_path / "whole"


@pytest.fixture
def snapshot_folder(whole: Path) -> Path:
    """The folder of its current snapshot."""
    return whole / (whole / "current").read_text()
