"""A catalog's folder as it is read: names that lead nowhere, broken entries, what cannot be looked at."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.store import BrokenEntry, Store, StoredRecord

from .conftest import FILES, PLAN, plant, put, update

NO_NAMES = ["", ".", "..", "../sky", "a/b", "sky/", ".sky", "a\0b", "a\nb", "\ud800", "x" * 201, "x" * 5000]


def broken(store: Store) -> dict[str, str]:
    return {entry.folder.name: entry.reason for entry in store.entries() if isinstance(entry, BrokenEntry)}


def test_what_is_staged_and_swapped_in_is_read(store: Store) -> None:
    put(store)
    assert store.read("sky").record.pretty_name == "Sky"
    assert store.names() == ["sky"]
    stored = store.open("sky")
    assert (stored.files, stored.damaged) == (FILES, {})
    assert stored.text("README.md") == "# Sky\n"
    assert (stored.text(None), stored.text("nothing.py")) == (None, None)


def test_the_etag_follows_the_record(store: Store) -> None:
    assert store.etag("sky") is None
    put(store)
    before = store.read("sky").etag
    assert store.etag("sky") == before
    put(store, update("Skies", "2"), publish_id="2")
    assert store.etag("sky") == store.read("sky").etag != before
    (store.root / "sky" / "record.json").unlink()
    assert store.etag("sky") == ""


@pytest.mark.parametrize("name", NO_NAMES)
def test_what_is_no_name_leads_nowhere(store: Store, name: str) -> None:
    put(store)
    for read in (store.read, store.open):
        with pytest.raises(CatalogError) as err:
            read(name)
        assert err.value.code == "not_found"
    assert not store.exists(name)
    assert store.etag(name) is None
    assert store.read_file(name, "record.json") is None
    assert store.staging(name) is None
    assert not store.has_staging(name)


@pytest.mark.timeout(20)
def test_broken_entries_hide_no_others_and_hang_nobody(store: Store, tmp_path: Path) -> None:
    put(store)
    names = {"truncated", "folder", "fifo", "dead-link", "huge", "list", "empty", "deep", "binary", "number"}
    for name in names:
        (store.root / name).mkdir()
    (store.root / "truncated" / "record.json").write_text('{"name": "trunc')
    (store.root / "folder" / "record.json").mkdir()
    os.mkfifo(store.root / "fifo" / "record.json")
    (store.root / "dead-link" / "record.json").symlink_to(tmp_path / "nowhere")
    with (store.root / "huge" / "record.json").open("wb") as stream:
        stream.truncate(2**40)
    (store.root / "list" / "record.json").write_text("[1]")
    (store.root / "deep" / "record.json").write_text("[" * 100_000)
    (store.root / "binary" / "record.json").write_bytes(bytes(range(256)))
    (store.root / "number" / "record.json").write_text('{"name": "number", "pretty_name": NaN}')
    (store.root / "a-file").write_text("not an entry")
    os.mkfifo(store.root / "a-fifo")
    found = list(store.entries())
    assert [entry.record.name for entry in found if isinstance(entry, StoredRecord)] == ["sky"]
    assert broken(store).keys() == names
    assert "'record.json' is a FIFO" in broken(store)["fifo"]
    assert "'record.json' is a symbolic link" in broken(store)["dead-link"]
    assert "larger than 4 MiB" in broken(store)["huge"]
    assert "no record.json" in broken(store)["empty"]
    for reason in broken(store).values():
        assert "damaged" in reason
        assert "curator" in reason


def test_what_cannot_be_an_entry_is_told(store: Store) -> None:
    put(store)
    (store.root / "loop").symlink_to("loop")
    (store.root / "elsewhere").symlink_to("/etc")
    (store.root / "two\nlines").mkdir()
    (store.root / os.fsdecode(b"caf\xe9")).mkdir()
    (store.root / ("y" * 230)).mkdir()
    (store.root / ".hidden\n").mkdir()
    (store.root / ".link").symlink_to("loop")
    found = broken(store)
    assert found.keys() == {"loop", "elsewhere", r"two\nlines", r"caf\xe9", "y" * 230}
    assert "symbolic link" in found["loop"]
    assert "is not a valid nickname" in found[r"caf\xe9"]
    assert store.read("sky")


def test_a_name_that_looks_like_an_entrys_hides_it_not(store: Store) -> None:
    (store.root / "a\nb").mkdir()
    (store.root / r"a\nb").mkdir()
    (store.root / r"a\nb" / "record.json").write_text(r'{"name": "a\\nb", "pretty_name": "B"}')
    assert [type(entry) for entry in store.entries()] == [StoredRecord]


@pytest.mark.parametrize("kind", ["link", "loop", "fifo", "file"])
def test_what_stands_in_an_entrys_place_is_there_and_damaged(store: Store, tmp_path: Path, kind: str) -> None:
    place = store.root / "sky"
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "record.json").write_bytes(FILES["record.json"])
    if kind == "fifo":
        os.mkfifo(place)
    elif kind == "file":
        place.write_text("")
    else:
        place.symlink_to(tmp_path / "home" if kind == "link" else "sky")
    assert store.exists("sky")
    for read in (store.read, store.open):
        with pytest.raises(CatalogError) as err:
            read("sky")
        assert err.value.code == "invalid_record"
        assert "should be a folder" in str(err.value)


def test_no_link_is_followed_to_a_file_elsewhere(store: Store, tmp_path: Path) -> None:
    put(store)
    (tmp_path / "id_rsa").write_text("mine alone")
    (store.root / "sky" / "load_sky.py").symlink_to(tmp_path / "id_rsa")
    with pytest.raises(CatalogError, match="symbolic link") as err:
        store.read_file("sky", "load_sky.py")
    assert err.value.code == "invalid_record"
    stored = store.open("sky")
    assert "load_sky.py" not in stored.files
    with pytest.raises(CatalogError, match="symbolic link"):
        stored.file("load_sky.py")


def test_an_entry_that_is_too_large_as_a_whole_is_damaged(store: Store) -> None:
    put(store)
    for number in range(17):
        (store.root / "sky" / f"{number}.bin").write_bytes(bytes(4 * 2**20))
    with pytest.raises(CatalogError, match="64 MiB") as err:
        store.open("sky")
    assert err.value.code == "invalid_record"
    assert store.read("sky")


def test_a_root_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "loop").symlink_to("loop")
    for root in (tmp_path / "none", tmp_path / "file", tmp_path / "loop"):
        with pytest.raises(CatalogError) as err:
            Store(root, 0o755, 0o644).names()
        assert err.value.code == "not_found"
        assert "--catalog-root" in str(err.value)


def test_the_root_itself_may_be_a_link(store: Store, tmp_path: Path) -> None:
    put(store)
    (tmp_path / "link").symlink_to(store.root)
    assert Store(tmp_path / "link", 0o755, 0o644).names() == ["sky"]


def test_what_is_unfinished_is_listed_whoevers_it_is(store: Store) -> None:
    store.stage("sky", FILES, PLAN)
    plant(store.root, "sun", plan=b"none")
    (store.root / ".moon.staging").mkdir(mode=0o700)
    (store.root / ".mars.staging").symlink_to("/etc")
    (store.root / "..staging").mkdir()
    assert store.unfinished() == ["moon", "sky", "sun"]
    assert store.names() == []
    assert store.has_staging("mars")


def test_while_three_renames_exchange_an_entry_the_former_one_is_read(store: Store) -> None:
    put(store)
    staging = store.stage("sky", update("New", "2"), {"publish_id": "2"})
    (store.root / "sky").rename(staging.folder / "aside")
    assert store.read("sky").record.pretty_name == "Sky"
    assert store.open("sky").folder == staging.folder / "aside"
    assert store.names() == ["sky"]
    assert store.inodes()[0] == {"sky": 0}


def test_a_stamp_changes_with_the_record_and_the_root(store: Store) -> None:
    with pytest.raises(FileNotFoundError):
        store.stamp("sky")
    put(store)
    assert store.root_stamp() is None  # it may change again within the clock's tick
    os.utime(store.root, (0, 0))
    stamp, of_root = store.stamp("sky"), store.root_stamp()
    assert store.stamp("sky") == stamp
    assert of_root is not None
    put(store, update("New", "2"), publish_id="2")
    assert store.stamp("sky") != stamp
    assert store.root_stamp() != of_root


def test_the_longest_names_are_entries(store: Store) -> None:
    put(store)
    longest = "x" * 200
    for name in ("x" * 60, longest):
        (store.root / "sky").rename(store.root / name)
        assert store.names() == [name]
        (store.root / name).rename(store.root / "sky")


def test_a_publication_by_its_name(store: Store) -> None:
    store.stage("moon", FILES, PLAN).release()
    found = store.staging("moon")
    assert found is not None
    assert found.name == "moon"
    assert [store.staging(name) for name in ("", "..", "a/b", "\ud800")] == [None] * 4
