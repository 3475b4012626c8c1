"""What the verbs stand on: each opened at its first use, and kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from huggingnersc_lab.catalog import sources as module
from huggingnersc_lab.catalog.sources import Sources, vocabulary_folder
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.index import Search
from huggingnersc_lab.sites import Site, load_site
from huggingnersc_lab.store import tree
from huggingnersc_lab.store.records import Reader


@pytest.fixture
def nersc(tmp_path: Path) -> Site:
    return replace(load_site("nersc", environ={}), catalog_root=tmp_path / "catalog")


def no_hub() -> Any:
    raise AssertionError("the Hub was asked")


def test_the_hub_is_connected_at_its_first_use_and_kept(nersc: Site) -> None:
    made: list[Any] = []

    def make() -> Any:
        made.append(SimpleNamespace(key="k"))
        return made[-1]

    sources = Sources(nersc, hub=make)
    assert made == []
    assert sources.hub is sources.hub
    assert len(made) == 1


def test_who_looks_is_the_one_whose_hub_it_is(nersc: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    assert Sources(nersc, hub=lambda: SimpleNamespace(key="given")).viewer().key == "given"  # type: ignore[arg-type,return-value]
    with_token, other = Sources(nersc, token="hf_a").viewer(), Sources(nersc, token="hf_b").viewer()
    assert with_token.key != other.key
    monkeypatch.setattr("huggingface_hub.get_token", lambda: None)
    found = Sources(nersc)
    nobody = found.viewer().key
    monkeypatch.setenv("HF_TOKEN", "hf_a")
    assert found.viewer().key != nobody  # somebody has signed in since


def test_without_a_catalog(nersc: Site) -> None:
    sources = Sources(replace(nersc, catalog_root=None), hub=no_hub)
    with pytest.raises(CatalogError, match="the site 'nersc' does not configure a catalog folder") as refused:
        sources.store  # noqa: B018
    assert refused.value.code == "not_found"
    assert [hint.key for hint in refused.value.hints] == ["choose_catalog"]


def test_a_catalog_is_as_the_site_says(nersc: Site) -> None:
    sources = Sources(nersc, hub=no_hub)
    assert sources.store.root == nersc.catalog_root
    assert not sources.store.root.exists()  # only the practice site's is made
    assert sources.store is sources.store


def test_the_practice_catalog_is_made(tmp_path: Path) -> None:
    site = load_site("sandbox", environ={"HUGGINGNERSC_PRACTICE_DIR": str(tmp_path / "own")})
    assert Sources(site, hub=no_hub).store.root.is_dir()
    assert (tmp_path / "own").stat().st_mode & 0o077 == 0
    elsewhere = replace(site, catalog_root=tmp_path / "elsewhere")
    assert not Sources(elsewhere, hub=no_hub).store.root.exists()


def test_the_finder_reads_in_this_process(nersc: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    readers: list[Reader] = []
    monkeypatch.setattr(module, "Store", lambda *given: readers.append(given[-1]))
    theirs: Any = object()
    sources = Sources(nersc, hub=no_hub, reader=theirs)
    sources.store, sources.scanned_store  # noqa: B018
    assert readers == [theirs, tree]


def test_each_account_has_a_finder_of_its_own(nersc: Site) -> None:
    key = ["a"]
    sources = Sources(nersc, hub=lambda: SimpleNamespace(key=key[0]))  # type: ignore[arg-type,return-value]
    first = sources.finder
    assert sources.finder is first
    key[0] = "b"
    second = sources.finder
    assert second is not first
    key[0] = "a"
    assert sources.finder is first


def test_why_nothing_is_known(nersc: Site) -> None:
    sources = Sources(nersc, hub=lambda: SimpleNamespace(key="a"))  # type: ignore[arg-type,return-value]
    with pytest.raises(CatalogError, match="does not exist"):
        sources.find(Search("sky"))
    (nersc.catalog_root or Path()).mkdir()
    assert sources.find(Search("sky")).total == 0
    (nersc.catalog_root or Path()).rmdir()
    found = sources.find(Search("sky"))  # which is known since
    assert found.as_of is not None
    assert "does not exist" in str(found.problem)


def test_what_the_hub_knows_of_the_vocabulary_is_kept_for_the_next_one(nersc: Site) -> None:
    tags = {"license": [{"id": "license:brand-new-1.0", "label": "Brand New 1.0", "type": "license"}]}
    hub: Any = SimpleNamespace(url="https://hub.test", tags_by_type=lambda: tags)
    sources = Sources(nersc, hub=lambda: hub)
    assert "brand-new-1.0" not in sources.vocabulary.titles("licenses")
    fresh = sources.refresh_vocabulary()
    assert sources.vocabulary is fresh
    assert "brand-new-1.0" in fresh.titles("licenses")
    assert list(vocabulary_folder().iterdir())
    assert "brand-new-1.0" in Sources(nersc, hub=no_hub).vocabulary.titles("licenses")
