"""The catalog on disk: broken entries, rights, full disks, groups."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.store import BrokenEntry, Store, StoredRecord
from huggingnersc_lab.store import durable as files
from huggingnersc_lab.store.owner import Owner
from huggingnersc_lab.store.staging import Staging

AS_ROOT = os.geteuid() == 0
FILES = {"record.json": b'{"name": "sky", "pretty_name": "Sky", "publish_id": "1"}', "README.md": b"# Sky\n"}
PLAN = {"publish_id": "1"}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    root = tmp_path / "root"
    root.mkdir()
    return Store(root, 0o755, 0o644)


def write_owner(store: Store, owner: Owner) -> None:
    """As if another process had claimed the name."""
    staging = store.staging("sky")
    assert staging is not None
    staging.release()
    for path in (*staging.folder.glob("owner-*"), *staging.folder.glob("idle-*")):
        path.unlink()
    owner.write(staging.folder / "owner-1")


def put(store: Store, content: dict[str, bytes] = FILES, publish_id: str = "1") -> None:
    staging = store.stage("sky", content, {"publish_id": publish_id})
    staging.swap_in()
    staging.close()


def test_what_is_staged_and_swapped_in_is_read(store: Store) -> None:
    put(store)
    stored = store.read("sky")
    assert stored.record.pretty_name == "Sky"
    assert store.names() == ["sky"]
    assert sorted(path.name for path in store.root.iterdir()) == ["sky"]


def test_the_etag_follows_the_record(store: Store) -> None:
    put(store)
    before = store.read("sky").etag
    newer = FILES | {"record.json": b'{"name": "sky", "pretty_name": "Skies", "publish_id": "2"}'}
    put(store, newer, publish_id="2")
    assert store.read("sky").etag != before


@pytest.mark.parametrize("name", ["", ".", "..", "../sky", "a/b", "sky/", ".sky", "a\0b", "\ud800", "x" * 5000])
def test_what_is_no_name_leads_nowhere(store: Store, name: str) -> None:
    put(store)
    with pytest.raises(CatalogError) as err:
        store.read(name)
    assert err.value.code == "not_found"
    assert not store.exists(name)
    assert store.staging(name) is None


@pytest.mark.parametrize("member", ["name", "loader", "batch_script"])
def test_a_record_leads_to_no_file_elsewhere(store: Store, tmp_path: Path, member: str) -> None:
    put(store)
    (tmp_path / "id_rsa").write_text("mine alone")
    record = json.loads((store.root / "sky" / "record.json").read_bytes()) | {member: "../../id_rsa"}
    (store.root / "sky" / "record.json").write_text(json.dumps(record))
    with pytest.raises(CatalogError, match="id_rsa") as err:
        store.read("sky")
    assert err.value.code == "invalid_record"


def test_no_link_is_followed_to_a_file_elsewhere(store: Store, tmp_path: Path) -> None:
    put(store)
    (tmp_path / "id_rsa").write_text("mine alone")
    (store.root / "sky" / "load_sky.py").unlink(missing_ok=True)
    (store.root / "sky" / "load_sky.py").symlink_to(tmp_path / "id_rsa")
    with pytest.raises(CatalogError, match="symbolic link") as err:
        store.read_file("sky", "load_sky.py")
    assert err.value.code == "invalid_record"


@pytest.mark.timeout(20)
def test_broken_entries_hide_no_others_and_hang_nobody(store: Store, tmp_path: Path) -> None:
    put(store)
    names = {"truncated", "folder", "fifo", "dead-link", "huge", "list", "empty", "deep", "binary"}
    for name in names:
        (store.root / name).mkdir()
    (store.root / "truncated" / "record.json").write_text('{"name": "trunc')
    (store.root / "folder" / "record.json").mkdir()
    os.mkfifo(store.root / "fifo" / "record.json")
    (store.root / "dead-link" / "record.json").symlink_to(tmp_path / "nowhere")
    with (store.root / "huge" / "record.json").open("wb") as stream:
        stream.truncate(50 * 2**20)
    (store.root / "list" / "record.json").write_text("[1]")
    (store.root / "deep" / "record.json").write_text("[" * 100_000)
    (store.root / "binary" / "record.json").write_bytes(bytes(range(256)))
    (store.root / "a-file").write_text("not an entry")
    found = list(store.entries())
    assert [entry.record.name for entry in found if isinstance(entry, StoredRecord)] == ["sky"]
    broken = {entry.folder.name: entry.reason for entry in found if isinstance(entry, BrokenEntry)}
    assert broken.keys() == names
    assert "damaged" in broken["truncated"]


def test_a_record_of_a_newer_version_is_read_as_far_as_it_is_known_and_cannot_be_changed(store: Store) -> None:
    (store.root / "newer").mkdir(parents=True)
    record = {"name": "newer", "pretty_name": "New", "schema_version": 99, "size_categories": [], "unheard_of": [1]}
    (store.root / "newer" / "record.json").write_text(json.dumps(record))
    stored = store.read("newer")
    assert (stored.record.pretty_name, stored.record.schema_version) == ("New", 99)
    assert "schema version 99; this program knows up to 1" in str(stored.read_only)
    with pytest.raises(CatalogError, match="Update huggingnersc_lab") as err:
        stored.require_changeable()
    assert err.value.code == "conflict"
    (store.root / "newer" / "record.json").write_text(json.dumps(record | {"tags": {"en": ["a"]}}))
    with pytest.raises(CatalogError, match="damaged"):
        store.read("newer")


def test_a_root_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    for root in (tmp_path / "none", tmp_path / "file"):
        (tmp_path / "file").write_text("")
        with pytest.raises(CatalogError) as err:
            Store(root, 0o755, 0o644).names()
        assert err.value.code == "not_found"
        assert "--catalog-root" in str(err.value)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 64 KiB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = shutil.which("mount")
    if not AS_ROOT or mount is None:
        pytest.skip("only root may mount a small file system")
    if subprocess.run([mount, "-t", "tmpfs", "-o", "size=64k", "none", str(disk)], check=False).returncode:
        pytest.skip("this machine does not let root mount a tmpfs")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_leaves_nothing(small_disk: Path) -> None:
    store = Store(small_disk, 0o755, 0o644)
    with pytest.raises(CatalogError) as err:
        store.stage("sky", FILES | {"big.py": b"x" * 200_000}, PLAN)
    assert err.value.code == "storage"
    assert "No space left" in err.value.detail
    assert not list(small_disk.iterdir())


def test_a_full_disk_is_told_also_without_one(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(CatalogError) as err:
        store.stage("sky", FILES, PLAN)
    assert err.value.code == "storage"
    assert not list(store.root.iterdir())


def test_who_may_not_write_is_told_whom_to_ask(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.root.chmod(0o555)
    if AS_ROOT:  # root may write everywhere: ask as somebody else would
        monkeypatch.setattr(os, "access", lambda path, mode: not mode & os.W_OK)
    with pytest.raises(CatalogError) as err:
        store.stage("sky", FILES, PLAN)
    assert err.value.code == "forbidden"
    assert "curator" in str(err.value)
    assert not list(store.root.iterdir())


@pytest.mark.skipif(not AS_ROOT, reason="only root may give files to another group")
def test_group_and_modes_are_the_sites(tmp_path: Path) -> None:
    store = Store(tmp_path, 0o2775, 0o664, group="daemon")
    put(store)
    folder = tmp_path / "sky"
    assert folder.group() == "daemon"
    assert folder.stat().st_mode & 0o7777 == 0o2775
    for path in folder.iterdir():
        assert path.group() == "daemon"
        assert path.stat().st_mode & 0o7777 == 0o664


def test_a_group_that_is_not_there_leaves_nothing(tmp_path: Path) -> None:
    store = Store(tmp_path, 0o2775, 0o664, group="no-such-group")
    with pytest.raises(CatalogError) as err:
        store.stage("sky", FILES, PLAN)
    assert err.value.code == "forbidden"
    assert not list(tmp_path.iterdir())


def test_two_claims_on_a_name(store: Store) -> None:
    first = store.stage("sky", FILES, PLAN)
    with pytest.raises(CatalogError) as err:
        store.stage("sky", FILES, PLAN)
    assert err.value.code == "conflict"
    assert f"process {os.getpid()}" in err.value.detail
    assert [path.name for path in store.root.iterdir()] == [".sky.staging"]
    first.close()
    assert not list(store.root.iterdir())


def test_of_two_that_take_over_one_wins(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    dead = Owner("elsewhere", "", 1, "1", "somebody")
    store.stage("sky", FILES, PLAN)
    write_owner(store, dead)
    os.utime(store.root / ".sky.staging" / "journal.jsonl", (0, 0))
    first, second = store.staging("sky"), store.staging("sky")
    assert isinstance(first, Staging)
    assert isinstance(second, Staging)
    first.take_over()
    monkeypatch.setattr(Owner, "this", classmethod(lambda cls: cls("elsewhere", "", 2, "2", "another")))
    with pytest.raises(CatalogError) as err:
        second.take_over()
    assert err.value.code == "conflict"


def test_an_owner_on_another_machine_counts_while_its_journal_grows(store: Store) -> None:
    store.stage("sky", FILES, PLAN)
    write_owner(store, Owner("elsewhere", "", 1, "1", "somebody"))
    staging = store.staging("sky")
    assert staging is not None
    with pytest.raises(CatalogError) as err:
        staging.take_over()
    assert "somebody on elsewhere" in err.value.detail


def test_a_process_that_has_another_start_is_another_process() -> None:
    here = Owner.this()
    assert here.is_alive(0, 1)
    assert not Owner(here.host, here.space, here.pid, "0", here.user).is_alive(0, 1)
    assert not Owner(here.host, here.space, 2**22 + 1, "1", here.user).is_alive(0, 1)


@pytest.mark.parametrize("exchange", [True, False])
def test_an_update_is_swapped_in_and_out(exchange: bool, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    from huggingnersc_lab.store import swap as module

    if not exchange:
        monkeypatch.setattr(module, "exchange", lambda *_: False)
    put(store)
    newer = FILES | {"record.json": b'{"name": "sky", "pretty_name": "New", "publish_id": "2"}'}
    staging = store.stage("sky", newer, {"publish_id": "2"})
    for _ in range(2):  # each is repeatable
        staging.swap_in()
        assert store.read("sky").record.pretty_name == "New"
    for _ in range(2):
        staging.swap_out()
        assert store.read("sky").record.pretty_name == "Sky"
    staging.close()
    assert sorted(path.name for path in store.root.iterdir()) == ["sky"]


def test_left_overs_of_dead_processes_are_swept(store: Store) -> None:
    for name in (".sky.0123abcd.gone", ".sky.staging.0123abcd.gone", ".sky.0123abcd.new"):
        (store.root / name).mkdir()
        os.utime(store.root / name, (0, 0))
    (store.root / ".skyline.0123abcd.new").mkdir()
    put(store)
    assert sorted(path.name for path in store.root.iterdir()) == [".skyline.0123abcd.new", "sky"]
