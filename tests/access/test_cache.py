"""What is kept of who can read the data, and how datasets are found by it."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from huggingnersc_lab.access import cache as looking
from huggingnersc_lab.access.access import Access
from huggingnersc_lab.access.cache import LATE_SECONDS, AccessCache, is_fresh
from huggingnersc_lab.catalog.search.finder import Finder
from huggingnersc_lab.index import Search
from huggingnersc_lab.record.model import DatasetRecord
from huggingnersc_lab.record.vocabulary import load_vocabulary
from huggingnersc_lab.store import Store


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    """Five entries: the data of one is there, that of another is gone; one has none."""
    root = tmp_path / "catalog"
    root.mkdir()
    (tmp_path / "data").mkdir()
    for name, data_path in (("here", tmp_path / "data"), ("gone", tmp_path / "gone"), ("none", None)):
        put(root, name, data_path)
    return root


def put(root: Path, name: str, data_path: Path | None) -> None:
    (root / name).mkdir(exist_ok=True)
    record = {"schema_version": 1, "name": name, "pretty_name": name, "size_categories": ["n<1K"]}
    record |= {"data_path": str(data_path)} if data_path else {}
    (root / name / ".new").write_text(json.dumps(record))
    (root / name / ".new").rename(root / name / "record.json")


def finder_of(root: Path, cache: AccessCache) -> Finder:
    return Finder(lambda: Store(root, 0o755, 0o644), load_vocabulary(), root.parent / "index", [cache])


def note(cache: AccessCache, name: str) -> None:
    cache.note(DatasetRecord(name, name, ("n<1K",), data_path=f"/{name}"))


class FakeProber:
    """Finds everything to be readable, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.go_on = threading.Event()
        self.go_on.set()

    def look(self, paths: Sequence[str], **_options: float) -> dict[str, Access]:
        self.asked += paths
        self.go_on.wait(20)
        return {path: Access("readable") for path in paths}


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> FakeProber:
    prober = FakeProber()
    monkeypatch.setattr(looking, "prober", lambda: prober)
    return prober


def test_datasets_are_found_by_who_can_read_them(catalog: Path, tmp_path: Path) -> None:
    cache = AccessCache(tmp_path / "access.json")
    finder = finder_of(catalog, cache)
    finder.refresh()
    assert finder.index.search().facets["access"] == {}
    assert cache.sweep({}) == 2
    assert finder.refresh().changed == 2
    assert finder.index.search().facets["access"] == {"open": 1, "missing": 1}
    assert (
        finder.index.search(Search("access:open ")).names
        == finder.index.search(Search("", {"access": ["open"]})).names
        == ("here",)
    )
    assert finder.refresh().changed == 0


def test_a_change_of_the_right_is_taken_over(catalog: Path, tmp_path: Path) -> None:
    cache = AccessCache(tmp_path / "access.json")
    finder = finder_of(catalog, cache)
    finder.refresh()
    cache.sweep({})
    finder.refresh()
    (tmp_path / "gone").write_text("found again")
    cache.look({"gone": str(tmp_path / "gone")}, check=True)
    assert finder.refresh().changed == 1
    assert finder.index.search().facets["access"] == {"open": 2}


def test_data_that_moves_is_not_known_any_more(catalog: Path, tmp_path: Path) -> None:
    cache = AccessCache(tmp_path / "access.json")
    finder = finder_of(catalog, cache)
    finder.refresh()
    cache.sweep({})
    put(catalog, "here", tmp_path / "elsewhere")
    finder.refresh(thorough=True)
    finder.refresh()
    assert cache.known("here", str(tmp_path / "data")) is None
    assert finder.index.search().facets["access"] == {"missing": 1}
    assert cache.sweep({}) == 1
    finder.refresh()
    assert finder.index.search().facets["access"] == {"missing": 2}


def test_the_next_server_knows_it(catalog: Path, tmp_path: Path) -> None:
    cache = AccessCache(tmp_path / "access.json")
    finder = finder_of(catalog, cache)
    finder.refresh()
    assert json.loads((tmp_path / "access.json").read_text())["looks"].keys() == {"here", "gone"}
    cache.sweep({})
    finder.refresh()
    assert (tmp_path / "access.json").stat().st_mode & 0o777 == 0o600
    later = AccessCache(tmp_path / "access.json")
    assert finder_of(catalog, later).refresh(thorough=True).changed == 0
    known = later.known("gone", str(tmp_path / "gone"))
    assert known == cache.known("gone", str(tmp_path / "gone"))
    assert known is not None
    assert known.blocked_at == str(tmp_path / "gone")


def test_two_servers_come_to_the_same(catalog: Path, tmp_path: Path) -> None:
    mine, theirs = AccessCache(tmp_path / "access.json"), AccessCache(tmp_path / "access.json")
    one, other = finder_of(catalog, mine), finder_of(catalog, theirs)
    one.refresh()
    other.refresh()
    mine.sweep({})
    assert one.refresh().changed == 2
    assert other.refresh().changed == 0
    (tmp_path / "gone").write_text("found again")
    theirs.look({"gone": str(tmp_path / "gone")}, check=True)
    assert other.refresh().changed == 1
    for finder in (one, other, one, other):
        assert finder.refresh(thorough=True).changed == 0
        assert finder.index.search().facets["access"] == {"open": 2}


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        '{"version": 0, "looks": {}}',
        '{"version": 1, "looks": []}',
        '{"version": 1, "looks": {"here": ["/data", null]}}',
        '{"version": 1, "looks": {"here": ["/data", {"status": "odd", "checked_at": 1}]}}',
        '{"version": 1, "looks": {"here": [1, {"status": "readable", "checked_at": 1}]}}',
        '{"version": 1, "looks": {"here": ["/data", {"status": "readable", "checked_at": "1"}]}}',
        '{"version": 1, "looks": {"here": ["/data", {"status": "readable", "checked_at": 1, "x": 1}]}}',
    ],
)
def test_a_damaged_file_is_made_anew(content: str, catalog: Path, tmp_path: Path) -> None:
    file = tmp_path / "access.json"
    file.write_text(content)
    cache = AccessCache(file)
    finder = finder_of(catalog, cache)
    finder.refresh()
    assert cache.known("here", "/data") is None
    cache.sweep({})
    assert json.loads(file.read_text())["looks"].keys() == {"here", "gone"}


def test_without_a_cache_folder_everything_is_known_in_memory(catalog: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    cache = AccessCache(tmp_path / "file" / "access.json")
    finder = finder_of(catalog, cache)
    finder.refresh()
    assert cache.sweep({}) == 2
    finder.refresh()
    assert finder.index.search().facets["access"] == {"open": 1, "missing": 1}


def test_a_look_is_repeated_when_it_is_old(fake: FakeProber, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = AccessCache()
    cache.look({"a": "/a"})
    cache.look({"a": "/a", "b": "/b"})
    assert fake.asked == ["/a", "/b"]
    cache.look({"a": "/a"}, check=True)
    assert fake.asked == ["/a", "/b", "/a"]
    later = time.time() + looking.READABLE_SECONDS + 1
    monkeypatch.setattr(looking.time, "time", lambda: later)
    cache.look({"b": "/b"})
    assert fake.asked == ["/a", "/b", "/a", "/b"]


def test_a_sweep_looks_at_what_is_seen_then_at_what_is_oldest(fake: FakeProber) -> None:
    cache = AccessCache()
    for name in ("old", "older", "fresh", "seen", "never"):
        note(cache, name)
    now = time.time()
    ages = {"old": LATE_SECONDS + 5, "older": LATE_SECONDS + 9, "fresh": 5, "seen": LATE_SECONDS + 1}
    cache._known |= {name: (f"/{name}", Access("readable", checked_at=now - age)) for name, age in ages.items()}
    cache.sweep({"fresh": "/fresh", "seen": "/seen", "stranger": "/stranger"})
    assert fake.asked == ["/seen", "/stranger", "/never", "/older", "/old"]
    assert cache.sweep({}) == 0


def test_what_a_sweep_had_no_time_for_stays_as_it_was(monkeypatch: pytest.MonkeyPatch, fake: FakeProber) -> None:
    cache = AccessCache()
    cache.look({"a": "/a"})
    before = cache.known("a", "/a")
    assert before is not None
    cache._known["a"] = ("/a", replace(before, checked_at=1.0))
    monkeypatch.setattr(looking, "SWEEP_SECONDS", 0.0)
    monkeypatch.setattr(fake, "look", lambda paths, **_: {path: Access("unknown") for path in paths})
    cache.sweep({})
    after = cache.known("a", "/a")
    assert after is not None
    assert (after.status, after.checked_at) == ("readable", 1.0)


def test_datasets_that_are_gone_are_forgotten(catalog: Path, tmp_path: Path) -> None:
    cache = AccessCache(tmp_path / "access.json")
    finder = finder_of(catalog, cache)
    finder.refresh()
    cache.sweep({})
    (catalog / "gone" / "record.json").unlink()
    (catalog / "gone").rmdir()
    finder.refresh(thorough=True)
    assert cache.known("gone", str(tmp_path / "gone")) is None
    assert cache.known("here", str(tmp_path / "data")) is not None


NOW = 1_800_000_000.0


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> float:
    """The clock stands still."""
    monkeypatch.setattr(looking.time, "time", lambda: NOW)
    return NOW


@pytest.mark.parametrize(
    ("status", "seconds"), [("readable", 600), ("unreadable", 60), ("missing", 60), ("unknown", 60)]
)
def test_how_long_a_look_is_good(status: Any, seconds: float, now: float) -> None:
    assert is_fresh(Access(status, checked_at=now - seconds + 0.5))
    assert not is_fresh(Access(status, checked_at=now - seconds))


@pytest.mark.parametrize(
    ("status", "seconds"), [("readable", 21600), ("unreadable", 2160), ("missing", 2160), ("unknown", 2160)]
)
def test_when_a_sweep_looks_again(status: Any, seconds: float, now: float, fake: FakeProber) -> None:
    cache = AccessCache()
    cache._known |= {
        "late": ("/late", Access(status, checked_at=now - seconds - 0.5)),
        "good": ("/good", Access(status, checked_at=now - seconds)),
        "none": ("", Access(status, checked_at=0.0)),
    }
    assert cache.sweep({}) == 1
    assert fake.asked == ["/late"]


def test_a_file_of_another_version_is_made_anew(tmp_path: Path) -> None:
    file = tmp_path / "access.json"
    for version in (0, 2):
        file.write_text(
            json.dumps({"version": version, "looks": {"a": ["/a", {"status": "missing", "checked_at": 1}]}})
        )
        assert AccessCache(file).version() == 0
    file.write_text(json.dumps({"version": 1, "looks": {"a": ["/a", {"status": "missing", "checked_at": 1}]}}))
    assert AccessCache(file).version() == 1


def test_the_version_grows_with_a_facet_alone(fake: FakeProber) -> None:
    cache = AccessCache()
    cache.look({"a": "/a"})
    before = cache.version()
    cache.look({"a": "/a"}, check=True)
    assert cache.version() == before
    cache._take({"/a": Access("unreadable", checked_at=1.0)}, {"a": "/a"})
    assert cache.version() == before + 1


def test_the_file_is_written_where_there_is_news(tmp_path: Path, fake: FakeProber) -> None:
    file = tmp_path / "access.json"
    cache = AccessCache(file)
    cache.look({"a": "/a"})
    cache.version()
    before = file.stat().st_mtime_ns
    cache.version()
    assert file.stat().st_mtime_ns == before


def test_what_a_sweep_found_in_time_is_known_also_where_nobody_could_tell(
    fake: FakeProber, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = AccessCache()
    note(cache, "a")
    monkeypatch.setattr(fake, "look", lambda paths, **_: {path: Access("unknown", checked_at=5.0) for path in paths})
    assert cache.sweep({}) == 1
    assert cache.known("a", "/a") == Access("unknown", checked_at=5.0)
