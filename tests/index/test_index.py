"""The index on a real disk: kept up with its sources by threads and processes at once."""

from __future__ import annotations

import errno
import os
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.index import Index, IndexEntry, Refreshed, Search
from huggingnersc_lab.index.snapshot.lock import locked
from huggingnersc_lab.index.snapshot.manifest import Manifest
from huggingnersc_lab.index.snapshot.store import STALE_SECONDS

from .conftest import THREE

Entries = dict[str, IndexEntry]


@pytest.fixture
def index(tmp_path: Path) -> Index:
    index = Index(tmp_path / "index")
    index.refresh(dict.fromkeys(THREE, "1"), THREE.get)
    return index


def test_only_what_has_changed_is_read_again(index: Index, tmp_path: Path) -> None:
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


def test_one_that_is_open_sees_what_another_process_wrote(index: Index, tmp_path: Path) -> None:
    other = Index(tmp_path / "index")
    assert other.search(Search("orchids")).total == 0
    index.refresh({"new": "1"}, lambda name: IndexEntry(name, "Orchids"))
    assert other.search(Search("orchids")).names == ("new",)
    assert other.refresh({"new": "1"}, lambda _: pytest.fail("read again")) == Refreshed()


def test_an_entry_that_cannot_be_read_is_left_out_and_not_asked_for_again(index: Index) -> None:
    sources = dict.fromkeys(THREE, "1") | {"broken": "1"}
    assert index.refresh(sources, lambda _: None) == Refreshed(changed=1)
    assert index.refresh(sources, lambda _: pytest.fail("asked again")) == Refreshed()
    assert index.search().total == 3


def test_nothing_is_there_before_it_was_made(tmp_path: Path) -> None:
    assert Index(tmp_path / "none").search(Search("x")).total == 0
    assert not (tmp_path / "none").exists()


def test_while_another_process_writes_searching_goes_on(index: Index, tmp_path: Path) -> None:
    with locked(tmp_path / "index" / ".lock") as held:
        assert held
        assert index.refresh({}, lambda _: None) == Refreshed(is_held=True)
        assert index.search(Search("iris")).names == ("iris",)


def test_threads_may_search_while_one_refreshes(index: Index) -> None:
    base = dict.fromkeys(THREE, "1")

    def search() -> list[int]:
        return [index.search(Search("cosmology")).total for _ in range(100)]

    with ThreadPoolExecutor(4) as pool:
        found = [pool.submit(search) for _ in range(4)]
        for number in range(10):
            index.refresh(base | {f"n{number}": "1"}, lambda name: IndexEntry(name, "Orchids"))
    assert {total for future in found for total in future.result()} == {2}


def test_the_parts_of_an_index_are_searched_together(index: Index) -> None:
    hub = {f"nersc/{name}": IndexEntry(name, "Orchids", key=f"nersc/{name}", note=name) for name in ("x", "y")}
    assert index.refresh(dict.fromkeys(hub, "1"), hub.get, part="hub") == Refreshed(changed=2)
    assert index.search().total == 5
    assert (set(index.keys()), set(index.keys("hub"))) == (set(THREE), set(hub))
    assert (index.notes(), index.notes("hub")) == ({}, {"nersc/x": "x", "nersc/y": "y"})
    assert index.refresh(dict.fromkeys(THREE, "1"), THREE.get) == Refreshed()
    assert index.refresh({"nersc/x": "1"}, hub.get, part="hub") == Refreshed(removed=1)
    assert [hit.id for hit in index.search(Search("orchids")).hits] == ["nersc/x"]


def test_its_state_changes_with_it(index: Index, tmp_path: Path) -> None:
    before = index.state
    index.refresh(dict.fromkeys(THREE, "1"), THREE.get)
    assert index.state == before == Index(tmp_path / "index").state
    index.refresh({}, THREE.get)
    assert index.state not in (before, None)
    assert Index(tmp_path / "none").state is None


def test_it_remembers_when_a_part_was_checked(index: Index, tmp_path: Path) -> None:
    assert index.checked_at("hub") is None
    moment = index.checked_at()
    assert moment is not None
    assert abs(time.time() - moment) < 60
    os.utime(tmp_path / "index" / "looked-at-catalog", (1000, 1000))
    assert Index(tmp_path / "index").checked_at() == 1000
    index.refresh(dict.fromkeys(THREE, "1"), THREE.get)
    assert (index.checked_at() or 0) > 1000


def test_what_is_no_folder_at_all_is_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    index = Index(tmp_path / "file" / "index")
    assert index.search().total == 0
    assert index.refresh(dict.fromkeys(THREE, "1"), THREE.get).changed == 3
    assert index.search(Search("cosmology")).total > 0
    assert index.refresh(dict.fromkeys(THREE, "1"), THREE.get) == Refreshed()


def _full(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_full_disk_keeps_nobody_from_searching(
    whole: Path, forty: Entries, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write: Callable[..., None] = Manifest.write
    monkeypatch.setattr(
        Manifest,
        "write",
        lambda self, folder, version: _full() if whole in folder.parents else write(self, folder, version),
    )
    index, other = Index(whole), Index(whole)
    fingerprints = dict.fromkeys(forty, "1")
    done = index.refresh(
        {**fingerprints, "n1": "2"}, lambda key: IndexEntry(key, "Orchids") if key == "n1" else forty[key]
    )
    assert done.changed == 40  # of the fresh one
    assert index.search(Search("orchids")).names == ("n1",)
    assert other.search(Search("orchids")).total == 0
    assert other.search(Search("plasma")).total > 0
    # What was begun is not left there, and the next start tries again.
    assert all((path / "manifest.json").exists() for path in whole.iterdir() if path.is_dir())
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    with pytest.raises(CatalogError) as err:
        other.refresh({}, forty.get)
    assert err.value.code == "storage"
    assert "Could not write the search index" in err.value.detail
    assert other.search(Search("plasma")).total > 0


def test_one_who_hangs_is_not_waited_for(whole: Path, forty: Entries) -> None:
    index = Index(whole)
    fingerprints = dict.fromkeys(forty, "1")
    changed = {**fingerprints, "n1": "2"}
    with locked(whole / ".lock") as held:
        assert held
        assert index.refresh(changed, forty.get) == Refreshed(is_held=True)
        assert index.search(Search("plasma")).total > 0
        assert index.refresh(fingerprints, forty.get) == Refreshed()  # which needs no lock
        long_ago = time.time() - STALE_SECONDS - 1
        os.utime(whole / ".lock", (long_ago, long_ago))
        assert index.refresh(changed, forty.get) == Refreshed(changed=1)


def test_a_long_refresh_shows_that_it_is_at_work(tmp_path: Path) -> None:
    index = Index(tmp_path / "index")
    beats: list[float] = []

    def read(key: str) -> IndexEntry:
        lock = tmp_path / "index" / ".lock"
        beats.append(lock.stat().st_mtime)
        os.utime(lock, (1000, 1000))
        return IndexEntry(key)

    index.refresh({f"n{number}": "1" for number in range(250)}, read)
    assert [place for place, moment in enumerate(beats) if moment > 1000] == [0, 100, 200]
