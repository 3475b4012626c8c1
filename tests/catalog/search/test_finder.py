"""The search index, kept up with a catalog on a real disk."""

from __future__ import annotations

import json
import os
import shutil
import threading
import time
from pathlib import Path

import pytest

from huggingnersc_lab.catalog import Catalog
from huggingnersc_lab.catalog.search import background
from huggingnersc_lab.catalog.search.finder import Finder
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.index import Refreshed, Search
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
    return Finder(lambda: Store(root, 0o755, 0o644), load_vocabulary(), tmp_path / "cache")


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
    page = finder.index.search(Search("sky"))
    assert page.names == ("sky",)
    assert page.hits[0].summary["description"] == "The sky, in maps."
    assert finder.index.search().facets["source"] == {"both": 1, "here": 1}
    assert finder.index.search().facets["format"] == {"csv": 1, "fits": 1}


def test_a_list_is_told_rows_and_authors(finder: Finder, root: Path) -> None:
    authors = [{"name": f"Author {number}"} for number in range(12)]
    put(root, "big", pretty_name="Big", authors=authors, contents={"files": 1, "rows": 6000})
    put(root, "odd", pretty_name="Odd", contents={"rows": -1})
    summaries = {hit.id: hit.summary for hit in finder.find().hits}
    assert (summaries["big"]["rows"], len(summaries["big"]["authors"])) == (6000, 10)
    assert not {"rows", "authors"} & summaries["odd"].keys()


def test_data_is_found_by_its_path(finder: Finder, root: Path) -> None:
    put(root, "rain", pretty_name="Rain", data_path="/data/rain/")
    assert [hit.id for hit in finder.at(["/data/rain"])] == ["rain"]
    assert finder.at(["/data"]) == ()


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
        assert finder.index.search(Search("later")).hits[0].summary["pretty_name"] == f"Later {number}"
    shutil.rmtree(root / "a")
    assert finder.refresh() == Refreshed(removed=1)
    assert finder.index.search(Search("later")).total == 0


def test_an_edit_in_place_is_seen_by_a_thorough_look(finder: Finder, root: Path) -> None:
    finder.refresh()
    (root / "iris" / "record.json").write_text(json.dumps({"schema_version": 1, "name": "iris", "pretty_name": "Lily"}))
    assert finder.refresh() == Refreshed()
    assert finder.refresh(thorough=True) == Refreshed(changed=1)
    assert finder.index.search(Search("lily")).names == ("iris",)


def test_entries_that_cannot_be_read_are_found_as_such_and_hide_no_others(finder: Finder, root: Path) -> None:
    broken = {"cut", "list", "folder", "dead", "fifo", "huge", "odd", "deep", "none"}
    for name in broken:
        (root / name).mkdir()
    (root / "cut" / "record.json").write_text('{"name": "cu')
    (root / "list" / "record.json").write_text("[]")
    (root / "folder" / "record.json").mkdir(parents=True)
    (root / "dead" / "record.json").symlink_to("nowhere")
    os.mkfifo(root / "fifo" / "record.json")
    with (root / "huge" / "record.json").open("wb") as stream:
        stream.truncate(50_000_000)
    (root / "deep" / "record.json").write_text('{"name": "deep", "tags": ' + "[" * 100_000)
    put(root, "odd", pretty_name=["no", "text"], tags=5, authors=None, updated_at="soon", card_data=7, license={})
    put(root, "newer", pretty_name="Later maps", schema_version=99, tags=["fits"], unheard_of=1)
    finder.refresh()
    found = {hit.name: hit.summary for hit in finder.index.search().hits}
    assert found.keys() == {"iris", "sky", "newer", *broken}
    assert {name for name, summary in found.items() if "broken" in summary} == broken
    assert all(name in found[name]["broken"] for name in broken)
    assert finder.index.search(Search("huge")).names == ("huge",)
    assert set(finder.index.search(Search("maps")).names) == {"sky", "newer"}
    assert "schema version 99" in found["newer"]["read_only"]
    assert found["sky"]["read_only"] is None
    # What is mended is found as it is now.
    put(root, "odd", pretty_name="Even")
    assert finder.refresh() == Refreshed(changed=1)
    assert finder.index.search(Search("even")).names == ("odd",)


@pytest.mark.skipif(os.geteuid() == 0, reason="who is root may read everything")
def test_one_that_may_not_be_read_is_found_as_such(finder: Finder, root: Path) -> None:
    (root / "iris" / "record.json").chmod(0)
    finder.refresh()
    assert "ermission" in finder.index.search(Search("iris")).hits[0].summary["broken"]
    (root / "iris" / "record.json").chmod(0o644)
    assert finder.refresh(thorough=True) == Refreshed(changed=1)
    assert finder.index.search(Search("iris")).hits[0].summary["pretty_name"] == "Iris"


def test_what_has_changed_is_told_by_its_folder_alone(
    finder: Finder, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    finder.refresh()
    asked: list[str] = []
    stat = os.stat
    monkeypatch.setattr(os, "stat", lambda path, **options: (asked.append(str(path)), stat(path, **options))[1])
    put(root, "sky", pretty_name="Night sky")
    assert finder.refresh() == Refreshed(changed=1)
    records = [path for path in asked if path.endswith("record.json")]
    assert [Path(path).parent.name for path in records] == ["sky"]


def test_what_the_index_lost_is_made_again_without_a_change(finder: Finder, root: Path, tmp_path: Path) -> None:
    finder.refresh()
    shutil.rmtree(tmp_path / "cache")
    assert finder.index.search().total == 0
    assert finder.refresh() == Refreshed(changed=2)
    assert finder.index.search().total == 2


class Hung:
    """A catalog's file system that answers no more until it is let go."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, function: str) -> None:
        self.reached, self.back = threading.Event(), threading.Event()
        answer = getattr(Store, function)

        def hang(*given: object) -> object:
            self.reached.set()
            assert self.back.wait(60)
            return answer(*given)

        monkeypatch.setattr(Store, function, hang)


@pytest.mark.parametrize("function", ["check_root", "inodes", "read"])
def test_a_file_system_that_hangs_keeps_nobody_from_searching(
    finder: Finder, root: Path, monkeypatch: pytest.MonkeyPatch, function: str
) -> None:
    assert finder.find(Search("sky")).names == ("sky",)
    put(root, "new", pretty_name="New sky")
    hung = Hung(monkeypatch, function)
    start = time.monotonic()
    found = finder.find(Search("sky"), patience=0.2)
    assert time.monotonic() - start < 5
    assert hung.reached.is_set()
    assert (found.names, found.is_refreshing, found.problem) == (("sky",), True, None)
    assert found.as_of == pytest.approx(time.time(), abs=60)
    monkeypatch.setattr(background, "STALLED_SECONDS", 0.1)
    found = finder.find(Search("sky"))  # however patient
    assert (found.names, found.is_refreshing) == (("sky",), True)
    assert found.problem is not None
    assert "has not responded for" in found.problem
    start = time.monotonic()
    assert finder.find(patience=5).is_refreshing  # what has stalled is not waited for
    assert time.monotonic() - start < 2
    hung.back.set()
    monkeypatch.setattr(background, "STALLED_SECONDS", 10.0)
    found = finder.find(Search("sky"))
    assert (set(found.names), found.is_refreshing, found.problem) == ({"sky", "new"}, False, None)


def test_a_catalog_that_vanishes_and_comes_back(finder: Finder, root: Path, tmp_path: Path) -> None:
    assert finder.find().total == 2
    root.rename(tmp_path / "unmounted")
    found = finder.find(Search("sky"), patience=30)
    assert (found.names, found.is_refreshing) == (("sky",), False)
    assert "does not exist" in str(found.problem)
    root.mkdir()  # where it was mounted there is an empty folder
    assert finder.find(patience=30).total == 0
    root.rmdir()
    (tmp_path / "unmounted").rename(root)
    put(root, "new", pretty_name="New sky")
    found = finder.find(Search("sky"), patience=30)
    assert (set(found.names), found.problem) == ({"sky", "new"}, None)


def test_what_was_looked_at_shortly_ago_is_not_looked_at_again(finder: Finder, root: Path, tmp_path: Path) -> None:
    assert finder.find(max_age=60).total == 2  # which nobody has looked at yet
    put(root, "new")
    assert finder.find(max_age=60).total == 2
    assert finder.find().total == 3
    root.rename(tmp_path / "unmounted")
    assert finder.find().problem is not None
    (tmp_path / "unmounted").rename(root)
    assert finder.find(max_age=60).problem is None


def test_nobody_waits_for_ever_for_what_was_never_known(finder: Finder, monkeypatch: pytest.MonkeyPatch) -> None:
    hung = Hung(monkeypatch, "check_root")
    found = finder.find(patience=0.1)
    assert (found.total, found.as_of, found.is_refreshing) == (0, None, True)
    hung.back.set()
    assert finder.find().total == 2


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
