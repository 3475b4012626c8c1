"""One list of all datasets, however the catalog's disk is just now."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from huggingnersc_lab.index import Search
from huggingnersc_lab.workspace.reader import PATIENCE_SECONDS, Freshness, Reader


class StubListing:
    """What was listed of the Hub."""

    is_asking = False

    def __init__(self) -> None:
        self.forced: list[bool] = []

    def refresh(self, *, force: bool) -> None:
        self.forced.append(force)

    def known(self) -> Any:
        return SimpleNamespace(as_of=7.0)

    def problem(self) -> str:
        return "The Hub does not answer."


class StubFinder:
    """Finds two datasets, of one of which nobody says where its data is."""

    unfinished = frozenset({"sky", "new"})
    begun = frozenset({"new"})
    is_writable = True
    is_refreshing = False

    def __init__(self) -> None:
        self.asked: list[Any] = []
        self.index = SimpleNamespace(values=lambda *given: given)

    def find(self, search: Any, **options: Any) -> Any:
        self.asked.append((search, options))
        hits = [SimpleNamespace(name="sky", summary={"data_path": "/sky"}), SimpleNamespace(name="moon", summary={})]
        return SimpleNamespace(hits=hits, as_of=3.0, problem="Gone.", is_refreshing=self.is_refreshing)

    def related(self, record: Any, **options: Any) -> Any:
        return record.name, options


@pytest.fixture
def parts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    finder, listing = StubFinder(), StubListing()
    titles = {"mit": "MIT License", "isc": "ISC"}
    catalog: Any = SimpleNamespace(
        finder=finder,
        sources=SimpleNamespace(listing=listing, access_cache="cache"),
        site=SimpleNamespace(catalog_root=tmp_path),
        vocabulary=SimpleNamespace(titles=lambda _: titles),
        repository=lambda name: f"repository {name}",
        store=SimpleNamespace(read=lambda name: SimpleNamespace(record=SimpleNamespace(name=name))),
    )
    reader = Reader(catalog)
    swept: list[Any] = []
    monkeypatch.setattr(reader._sweeper, "begin", lambda *given: swept.append(given))
    return SimpleNamespace(reader=reader, finder=finder, listing=listing, swept=swept, root=tmp_path)


@pytest.mark.parametrize("refresh", [False, True])
def test_a_part_of_the_list(refresh: bool, parts: Any) -> None:
    search = Search("sky")
    page = parts.reader.datasets(search, refresh=refresh, max_age=5)
    assert parts.listing.forced == [refresh]
    assert parts.finder.asked == [(search, {"patience": PATIENCE_SECONDS, "max_age": 5})]
    assert parts.swept == [("cache", {"sky": "/sky"})]
    assert (page.unfinished, page.begun, page.root, page.writable) == ({"sky", "new"}, {"new"}, parts.root, True)
    assert (page.catalog, page.hub) == (Freshness(3, "Gone."), Freshness(7, "The Hub does not answer."))


@pytest.mark.parametrize(("asking", "refreshing"), [(False, False), (True, False), (False, True)])
def test_whether_something_newer_is_on_its_way(asking: bool, refreshing: bool, parts: Any) -> None:
    parts.listing.is_asking, parts.finder.is_refreshing = asking, refreshing
    assert parts.reader.datasets(Search("")).is_refreshing is (asking or refreshing)


@pytest.mark.parametrize(
    ("text", "values"),
    [("", ["mit", "isc", "x"]), (" Licen ", ["mit"]), ("IS", ["isc"]), ("m", ["mit"]), ("nothing", [])],
)
def test_values_are_found_by_their_titles_too(text: str, values: list[str], parts: Any) -> None:
    search, facet, fits = parts.reader.values(Search("q"), "license", text)
    assert (search, facet) == (Search("q"), "license")
    assert [value for value in ("mit", "isc", "x") if fits(value)] == values


def test_values_of_a_facet_that_names_them_itself(parts: Any) -> None:
    _, _, fits = parts.reader.values(Search(""), "source", "catalog")
    assert isinstance(fits("here"), bool)


def test_what_is_alike_and_what_is_on_the_hub(parts: Any) -> None:
    assert parts.reader.related("sky") == ("sky", {"patience": PATIENCE_SECONDS})
    assert parts.reader.hub_dataset("sky") == "repository sky"
