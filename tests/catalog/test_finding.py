"""The search index, kept up with a catalog on a real disk."""

from __future__ import annotations

import json
import os
import shutil
import time
from pathlib import Path

import pytest

from huggingnersc_lab.catalog import Catalog
from huggingnersc_lab.catalog.finding import Finder
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.index import Refreshed
from huggingnersc_lab.record.vocabulary import load_vocabulary
from huggingnersc_lab.sites import Site
from huggingnersc_lab.store import Store


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "catalog"
    root.mkdir()
    put(root, "iris", pretty_name="Iris", tags=["csv", "biology"], license="cc0-1.0", revision="abc")
    put(root, "sky", pretty_name="Sky maps", description="The sky, in maps.", license="mit", tags=["fits"])
    age(root)
    return root


@pytest.fixture
def finder(root: Path, tmp_path: Path) -> Finder:
    return Finder(Store(root, 0o755, 0o644), load_vocabulary(), tmp_path / "cache")


def put(root: Path, name: str, **members: object) -> None:
    """Put an entry in as publishing does: by one rename."""
    fresh = root / f".{name}.new"
    fresh.mkdir()
    record = {"schema_version": 1, "name": name, "size_categories": ["n<1K"], **members}
    (fresh / "record.json").write_text(json.dumps(record))
    shutil.rmtree(root / name, ignore_errors=True)
    fresh.rename(root / name)


def age(root: Path) -> None:
    """Let the catalog's last change be long ago."""
    os.utime(root, (time.time() - 60, time.time() - 60))


def test_what_was_published_is_found(finder: Finder) -> None:
    assert finder.as_of is None
    assert finder.refresh() == Refreshed(changed=2)
    assert finder.as_of == pytest.approx(time.time(), abs=10)
    page = finder.search("sky")
    assert page.names == ("sky",)
    assert page.hits[0].summary["description"] == "The sky, in maps."
    assert finder.search().facets["source"] == {"both": 1, "here": 1}
    assert finder.search().facets["format"] == {"csv": 1, "fits": 1}


def test_while_nothing_changes_one_look_is_all(finder: Finder, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    finder.refresh()
    monkeypatch.setattr(Store, "names", lambda _: pytest.fail("listed again"))
    assert finder.refresh() == Refreshed()
    monkeypatch.undo()
    put(root, "new", pretty_name="New")
    assert finder.refresh() == Refreshed(changed=1)


def test_a_change_is_seen_even_within_the_clock_s_tick(finder: Finder, root: Path) -> None:
    put(root, "a", pretty_name="Early")
    finder.refresh()
    for number in range(5):
        put(root, "a", pretty_name=f"Later {number}")
        assert finder.refresh().changed == 1
        assert finder.search("later").hits[0].summary["pretty_name"] == f"Later {number}"
    shutil.rmtree(root / "a")
    assert finder.refresh() == Refreshed(removed=1)
    assert finder.search("later").total == 0


def test_an_edit_in_place_is_seen_by_a_thorough_look(finder: Finder, root: Path) -> None:
    finder.refresh()
    (root / "iris" / "record.json").write_text(json.dumps({"schema_version": 1, "name": "iris", "pretty_name": "Lily"}))
    assert finder.refresh() == Refreshed()
    assert finder.refresh(thorough=True) == Refreshed(changed=1)
    assert finder.search("lily").names == ("iris",)


def test_entries_that_are_none_do_not_hide_the_others(finder: Finder, root: Path) -> None:
    (root / "cut").mkdir()
    (root / "cut" / "record.json").write_text('{"name": "cu')
    (root / "list").mkdir()
    (root / "list" / "record.json").write_text("[]")
    (root / "folder" / "record.json").mkdir(parents=True)
    (root / "dead").mkdir()
    (root / "dead" / "record.json").symlink_to("nowhere")
    (root / "fifo").mkdir()
    os.mkfifo(root / "fifo" / "record.json")
    (root / "huge").mkdir()
    with (root / "huge" / "record.json").open("wb") as stream:
        stream.truncate(50_000_000)
    put(root, "odd", pretty_name=["no", "text"], tags=5, authors=None, updated_at="soon", card_data=7, license={})
    put(root, "newer", schema_version=99)
    finder.refresh()
    assert {"iris", "sky"} <= set(finder.search().names)
    assert finder.search("maps").names == ("sky",)


def test_without_the_catalog_what_is_known_is_found(
    tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "user"))
    catalog = Catalog(Site.load("sandbox", catalog_root=str(root)))
    assert [hit.name for hit in catalog.search("sky").hits] == ["sky"]
    root.rename(tmp_path / "unmounted")
    found = Catalog(Site.load("sandbox", catalog_root=str(root))).search("sky")
    assert [hit.name for hit in found.hits] == ["sky"]
    assert found.problem is not None
    assert "does not exist" in found.problem
    assert found.as_of == pytest.approx(time.time(), abs=10)
    with pytest.raises(CatalogError) as err:
        Catalog(Site.load("sandbox", catalog_root=str(tmp_path / "never"))).search("sky")
    assert err.value.code == "not_found"
