"""The list of all datasets: read anew only where it changed, and never older than the question."""

from __future__ import annotations

import json
import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from huggingnersc_lab.catalog.summaries import Summaries
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.store import Store, StoredRecord

LONG_AGO = 1_000_000_000


class CountingStore(Store):
    """Counts what is read, and may be slow about its list."""

    def __init__(self, root: Path) -> None:
        super().__init__(root, 0o755, 0o644)
        self.read_names: list[str] = []
        self.looks = 0
        self.may_go_on = threading.Event()
        self.may_go_on.set()
        self.is_looking = threading.Event()

    def read(self, name: str) -> StoredRecord:
        self.read_names.append(name)
        return super().read(name)

    def listing(self) -> tuple[list[str], list[str]]:
        self.looks += 1
        found = super().listing()
        self.is_looking.set()
        assert self.may_go_on.wait(30)
        return found


class CountingLock:
    """A lock that tells when so many want it or have it."""

    def __init__(self, count: int, enough: threading.Semaphore) -> None:
        self._lock = threading.Lock()
        self._missing = count
        self._enough = enough
        self._counting = threading.Lock()

    def __enter__(self) -> None:
        with self._counting:
            self._missing -= 1
            if self._missing == 0:
                self._enough.release()
        self._lock.acquire()

    def __exit__(self, *_: object) -> None:
        self._lock.release()


@pytest.fixture
def store(catalog_root: Path) -> CountingStore:
    return CountingStore(catalog_root)


def put(root: Path, name: str, title: str, at: int = LONG_AGO) -> None:
    (root / name).mkdir(exist_ok=True)
    path = root / name / "record.json"
    path.write_text(json.dumps({"name": name, "pretty_name": title}))
    os.utime(path, (at, at))


def titles(summaries: Summaries, store: Store) -> list[str]:
    entries, _ = summaries.list(store)
    return [entry.record.pretty_name for entry in entries if entry.record]


def test_only_what_changed_is_read_again(store: CountingStore) -> None:
    summaries = Summaries()
    put(store.root, "a", "A"), put(store.root, "b", "B")
    first, _ = summaries.list(store)
    second, _ = summaries.list(store)
    assert store.read_names == ["a", "b"]
    assert all(one is other for one, other in zip(first, second, strict=True))
    put(store.root, "b", "C")
    assert titles(summaries, store) == ["A", "C"]
    assert store.read_names == ["a", "b", "b"]


def test_what_was_written_just_now_is_read_again(store: CountingStore) -> None:
    summaries = Summaries()
    now = int(time.time())
    for title in "ABC":  # of one size, in one file, within one tick of the clock
        put(store.root, "a", title, now)
        assert titles(summaries, store) == [title]


def test_what_is_broken_is_looked_at_again(store: CountingStore) -> None:
    summaries = Summaries()
    put(store.root, "a", "A")
    (store.root / "a" / "record.json").write_text("{")
    entries, _ = summaries.list(store)
    assert "damaged" in str(entries[0].broken)
    put(store.root, "a", "A")
    assert titles(summaries, store) == ["A"]


def test_an_update_that_begins_and_ends_is_seen(store: CountingStore) -> None:
    summaries = Summaries()
    put(store.root, "a", "A")
    for is_unfinished in (False, True, False):
        staging = store.root / ".a.staging"
        staging.mkdir() if is_unfinished else staging.exists() and staging.rmdir()
        (entry,), unfinished = summaries.list(store)
        assert (entry.unfinished, unfinished) == (is_unfinished, ())


def test_many_who_ask_at_once_share_a_look_that_none_of_them_finds_too_old(store: CountingStore) -> None:
    summaries = Summaries()
    put(store.root, "a", "A")
    store.may_go_on.clear()
    asked = threading.Semaphore(0)
    lock = CountingLock(8, asked)
    summaries._looking = lock  # type: ignore[assignment]
    with ThreadPoolExecutor(8) as pool:
        first = pool.submit(titles, summaries, store)
        assert store.is_looking.wait(30)
        put(store.root, "b", "B")  # after that look was begun
        later = [pool.submit(titles, summaries, store) for _ in range(7)]
        assert asked.acquire(timeout=30)
        store.may_go_on.set()
        assert first.result(30) == ["A"]
        assert [future.result(30) for future in later] == [["A", "B"]] * 7
    assert store.looks == 2


def test_a_look_that_failed_is_nobodys_answer(store: CountingStore) -> None:
    summaries = Summaries()
    put(store.root, "a", "A")
    assert titles(summaries, store) == ["A"]
    store.root.rename(store.root.with_name("away"))
    for _ in range(2):
        with pytest.raises(CatalogError) as err:
            summaries.list(store)
        assert err.value.code == "not_found"
    store.root.with_name("away").rename(store.root)
    assert titles(summaries, store) == ["A"]
