"""What of a catalog has changed, at the price of few calls to the file system."""

from __future__ import annotations

import json
import os
import shutil
import threading
import time
from pathlib import Path

import pytest

from huggingnersc_lab.catalog.search import watcher as module
from huggingnersc_lab.catalog.search.watcher import RECHECK_SECONDS, THOROUGH_SECONDS, Watch
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.store import Store


class CountingStore(Store):
    """Remembers which records' files were looked at, and how often the folder was listed."""

    listed = 0

    def __init__(self, root: Path) -> None:
        super().__init__(root, 0o755, 0o644)
        self.stamped: list[str] = []

    def inodes(self):  # type: ignore[no-untyped-def]
        self.listed += 1
        return super().inodes()

    def stamp(self, name: str) -> tuple[int, int, int, int]:
        self.stamped.append(name)
        return super().stamp(name)


class Clock:
    """Takes the place of ``time``."""

    now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(module, "time", made)
    return made


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "catalog"
    root.mkdir()
    for name in ("iris", "sky"):
        put(root, name)
    os.utime(root, (1, 1))  # its last change is long ago
    return root


def put(root: Path, name: str, **members: object) -> None:
    """Put an entry in as publishing does: by one rename."""
    fresh = root / f".{name}.new"
    fresh.mkdir()
    (fresh / "record.json").write_text(json.dumps({"schema_version": 1, "name": name, **members}))
    shutil.rmtree(root / name, ignore_errors=True)
    fresh.rename(root / name)


def watched(root: Path) -> tuple[CountingStore, Watch, list[int]]:
    calls: list[int] = []
    store = CountingStore(root)
    return store, Watch(store, lambda: calls.append(1)), calls


@pytest.mark.usefixtures("clock")
def test_nothing_has_changed(root: Path) -> None:
    store, watch, calls = watched(root)
    first = watch.look()
    assert set(first) == {"iris", "sky"}
    assert (sorted(store.stamped), store.listed, len(calls)) == (["iris", "sky"], 1, 3)
    assert watch.look() is first
    assert (len(store.stamped), store.listed) == (2, 1)


@pytest.mark.usefixtures("clock")
def test_only_what_was_replaced_is_looked_at(root: Path) -> None:
    store, watch, _ = watched(root)
    first = dict(watch.look())
    store.stamped.clear()
    put(root, "sky", title="other")
    put(root, "new")
    second = watch.look()
    assert (set(second), second["iris"]) == ({"iris", "sky", "new"}, first["iris"])
    assert second["sky"] != first["sky"]
    assert sorted(store.stamped) == ["new", "sky"]
    shutil.rmtree(root / "iris")
    assert set(watch.look()) == {"sky", "new"}


def test_what_is_edited_in_place_is_found_after_a_while(root: Path, clock: Clock) -> None:
    _store, watch, _ = watched(root)
    assert watch.is_due
    first = watch.look()
    (root / "sky" / "record.json").write_text('{"name": "sky", "title": "edited"}')
    clock.now += THOROUGH_SECONDS - 1
    assert not watch.is_due
    assert watch.look() is first
    clock.now += 1
    assert watch.is_due
    assert watch.look()["sky"] != first["sky"]
    assert not watch.is_due


def test_soon_after_a_change_everything_is_looked_at_once_more(root: Path, clock: Clock) -> None:
    store, watch, _ = watched(root)
    watch.look()
    put(root, "new")
    watch.look()
    store.stamped.clear()
    clock.now += RECHECK_SECONDS
    assert watch.is_due
    watch.look()
    assert sorted(store.stamped) == ["iris", "new", "sky"]
    clock.now += RECHECK_SECONDS
    assert not watch.is_due


@pytest.mark.usefixtures("clock")
def test_a_thorough_look(root: Path) -> None:
    store, watch, _ = watched(root)
    first = watch.look()
    store.stamped.clear()
    assert watch.look(thorough=True) is first  # the very same, since nothing has changed
    assert sorted(store.stamped) == ["iris", "sky"]


@pytest.mark.usefixtures("clock")
def test_what_cannot_be_an_entry_and_what_is_unfinished(root: Path) -> None:
    (root / "link").symlink_to("sky")
    (root / "iris" / "record.json").unlink()
    store, watch, _ = watched(root)
    store.stage("moon", {"record.json": b"{}"}, {"publish_id": "1"}).release()
    found = watch.look()
    assert watch.unfinished == {"moon"}
    assert found["iris"] == "!2"
    assert set(watch.broken) == {"link"}
    assert found["link"] == f"!{watch.broken['link']}"
    assert "moon" not in found


@pytest.mark.usefixtures("clock")
def test_a_catalog_that_is_gone(root: Path, tmp_path: Path) -> None:
    _, watch, _ = watched(root)
    first = watch.look()
    root.rename(tmp_path / "away")
    with pytest.raises(CatalogError) as gone:
        watch.look()
    assert gone.value.code == "not_found"
    (tmp_path / "away").rename(root)
    assert watch.look() == first


def test_a_slow_file_system_is_asked_by_several_at_once(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(100):
        put(root, f"n{number}", pretty_name=f"Number {number}")
    stat, threads = os.stat, set()

    def slow(path: object, **options: object) -> os.stat_result:
        if str(path).endswith("record.json"):
            threads.add(threading.get_ident())
            time.sleep(0.001)
        return stat(path, **options)  # type: ignore[call-overload, no-any-return]

    monkeypatch.setattr(os, "stat", slow)
    watch = Watch(Store(root, 0o755, 0o644), lambda: None)
    signs = watch.look()
    assert len(threads) > 8
    monkeypatch.undo()
    assert signs == Watch(Store(root, 0o755, 0o644), lambda: None).look()
