"""The folder with the snapshots of an index."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from huggingnersc_lab.index import Index, IndexEntry
from huggingnersc_lab.index.snapshot.lock import locked
from huggingnersc_lab.index.snapshot.store import ABANDONED_SECONDS, GRACE_SECONDS, STALE_SECONDS, SnapshotStore

Entries = dict[str, IndexEntry]


def age(path: Path, seconds: float) -> None:
    moment = time.time() - seconds
    os.utime(path, (moment, moment))


def folders(whole: Path) -> set[Path]:
    return {path for path in whole.iterdir() if path.is_dir()}


def test_old_snapshots_go(whole: Path, forty: Entries) -> None:
    index = Index(whole)
    fingerprints = dict.fromkeys(forty, "1")
    for number in range(5):
        index.refresh({**fingerprints, "n1": f"{number + 2}"}, forty.get)
    assert len(folders(whole)) == 7
    begun, left = whole / "begun", whole / "left"
    begun.mkdir()
    left.mkdir()
    former = whole / (whole / "current").read_text()
    for path in folders(whole) - {former}:
        age(path, GRACE_SECONDS + 1)
    age(left, ABANDONED_SECONDS + 1)
    (whole / ".leftover").touch()
    age(whole / ".leftover", ABANDONED_SECONDS + 1)
    index.refresh(fingerprints, forty.get)
    assert folders(whole) == {former, whole / (whole / "current").read_text(), begun}
    assert {path.name for path in whole.iterdir() if path.is_file()} == {".lock", "current", "looked-at-catalog"}


@pytest.mark.parametrize("name", ["", "..", "../other", "none", "a\0b", "\xff"])
def test_a_name_that_is_none_opens_nothing(whole: Path, name: str) -> None:
    (whole / "current").write_text(name, "latin-1")
    assert SnapshotStore(whole).open() is None


def test_the_one_that_is_open_is_given_back_while_it_is_current(whole: Path, forty: Entries) -> None:
    store = SnapshotStore(whole)
    known = store.open()
    assert known is not None
    assert store.open(known) is known
    Index(whole).refresh({}, forty.get)
    after = store.open(known)
    assert after is not None
    assert after.folder != known.folder
    store.discard()
    assert store.current() is None
    assert store.open(known) is None


def test_one_at_a_time_writes(tmp_path: Path) -> None:
    store = SnapshotStore(tmp_path / "a" / "index")
    with store.lock() as is_free:
        assert is_free
        with store.lock() as is_free_for_another:
            assert not is_free_for_another
        age(store.folder / ".lock", STALE_SECONDS + 1)
        with store.lock() as is_free_for_another:  # whoever holds it hangs
            assert is_free_for_another
        store.heartbeat()
        with store.lock() as is_free_for_another:
            assert not is_free_for_another
    assert store.folder.stat().st_mode & 0o777 == 0o700
    with locked(store.folder / ".lock") as held:
        assert held


def test_the_moment_of_a_check_is_kept(tmp_path: Path) -> None:
    store = SnapshotStore(tmp_path)
    assert store.checked_at("catalog") is None
    store.mark_checked("catalog")
    assert abs((store.checked_at("catalog") or 0) - time.time()) < 60
    assert store.checked_at("hub") is None
    SnapshotStore(tmp_path / "none").mark_checked("catalog")  # nobody is told
