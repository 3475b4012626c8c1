"""Writing the next snapshot."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from huggingnersc_lab.index import IndexEntry
from huggingnersc_lab.index.snapshot import writer as module
from huggingnersc_lab.index.snapshot.snapshot import META_FILE, Snapshot
from huggingnersc_lab.index.snapshot.writer import Change, write_snapshot

Entries = dict[str, IndexEntry]


@pytest.fixture
def former(snapshot_folder: Path) -> Snapshot:
    snapshot = Snapshot.open(snapshot_folder)
    assert snapshot is not None
    return snapshot


@pytest.fixture
def folder(whole: Path) -> Path:
    folder = whole / "next"
    folder.mkdir()
    return folder


def change_of(forty: Entries, changed: list[str], removed: list[str] | None = None) -> Change:
    fingerprints = {key: "1" for key in forty if key not in (removed or ())} | dict.fromkeys(changed, "2")
    return Change("catalog", fingerprints, changed, removed or [], lambda key: IndexEntry(key, "Orchids"))


def number(snapshot: Snapshot | None) -> int:
    assert snapshot is not None
    return snapshot.index.searcher().num_docs


def test_files_are_shared_with_the_snapshot_before(
    former: Snapshot, folder: Path, forty: Entries, snapshot_folder: Path
) -> None:
    snapshot = write_snapshot(folder, former, change_of(forty, ["n1", "new"], ["n2"]))
    assert number(snapshot) == number(Snapshot.open(folder)) == 40
    shared = former.files.keys() & snapshot.files.keys()
    assert len(shared) >= 6
    assert snapshot.files.keys() - former.files.keys()
    for name in shared:
        assert (folder / name).samefile(snapshot_folder / name)
        assert snapshot.files[name] is former.files[name]
    assert snapshot.is_whole()
    assert snapshot.sources("catalog").fingerprints["new"] == "2"
    assert "n2" not in snapshot.sources("catalog").fingerprints


def test_what_was_cut_meanwhile_is_written_again_from_the_copy(
    former: Snapshot, folder: Path, forty: Entries, snapshot_folder: Path
) -> None:
    names = list(former.files)
    os.truncate(snapshot_folder / names[0], 5)
    (snapshot_folder / names[1]).unlink()
    snapshot = write_snapshot(folder, former, change_of(forty, ["new"]))
    assert snapshot.is_whole()
    assert number(Snapshot.open(folder)) == 41


def test_a_file_system_without_links_takes_copies(
    former: Snapshot, folder: Path, forty: Entries, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub = Change("hub", {"h": "1"}, ["h"], [], lambda key: IndexEntry(key, "On the Hub"))

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    snapshot = write_snapshot(folder, former, hub)
    assert snapshot.is_whole()
    assert number(Snapshot.open(folder)) == 41
    assert snapshot.sources("catalog") == former.sources("catalog")


def test_where_memory_is_full_another_place_is_taken(
    former: Snapshot, folder: Path, forty: Entries, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    places = [tmp_path / "full", tmp_path / "free"]
    for place in places:
        place.mkdir()
    tried: list[Path] = []
    run = module._run_library

    def library(scratch: Path, *rest: object) -> object:
        tried.append(scratch.parent)
        if scratch.parent == places[0]:
            raise OSError(errno.ENOSPC, "No space left on device")
        return run(scratch, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "_run_library", library)
    monkeypatch.setattr(module, "scratch_places", lambda last, in_memory: [*places, last])
    snapshot = write_snapshot(folder, former, change_of(forty, ["new"]))
    assert tried == places
    assert number(snapshot) == 41
    assert all(list(place.iterdir()) == [] for place in places)


def test_a_failure_is_told_and_leaves_no_manifest(
    former: Snapshot, folder: Path, forty: Entries, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(key: str) -> IndexEntry:
        raise ValueError("the library has no words")

    change = Change("catalog", {"new": "1"}, ["new"], [], fail)
    with pytest.raises(ValueError, match="no words"):
        write_snapshot(folder, former, change)
    assert not (folder / "manifest.json").exists()
    assert number(former) == 40


def test_notes_are_kept_of_what_did_not_change(tmp_path: Path) -> None:
    def entry(key: str) -> IndexEntry | None:
        return None if key == "none" else IndexEntry(key, note="" if key == "plain" else f"note of {key}")

    keys = {"a": "1", "b": "1", "plain": "1", "none": "1"}
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    read: list[None] = []
    first = write_snapshot(
        tmp_path / "one", None, Change("catalog", keys, list(keys), [], entry, lambda: read.append(None))
    )
    assert len(read) == 4
    assert first.sources("catalog").notes == {"a": "note of a", "b": "note of b"}
    assert first.sources("catalog").fingerprints == keys
    assert number(first) == 3
    left = {"a": "2", "b": "1"}
    second = write_snapshot(tmp_path / "two", first, Change("catalog", left, ["a"], ["plain", "none"], IndexEntry))
    assert second.sources("catalog").notes == {"b": "note of b"}
    assert number(second) == 2
    assert (tmp_path / "two" / META_FILE).exists()


def test_a_change_of_many_entries_is_a_large_one() -> None:
    def change(count: int) -> Change:
        return Change("catalog", {}, [str(place) for place in range(count)], [], lambda _: None)

    assert (change(999).is_small, change(1000).is_small) == (True, False)
