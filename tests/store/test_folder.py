"""The catalog's folder as it is written to: rights, full disks, groups, leftovers."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.store import Store
from huggingnersc_lab.store import durable as files

from .conftest import AS_ROOT, FILES, PLAN, names, put

NOBODY = 65534


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
    assert "No space left" in str(err.value)
    assert names(small_disk) == []


def test_a_full_disk_is_told_also_without_one(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(CatalogError) as err:
        store.stage("sky", FILES, PLAN)
    assert err.value.code == "storage"
    assert names(store.root) == []


def test_who_may_not_write_is_told_whom_to_ask(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.root.chmod(0o555)
    if AS_ROOT:  # root may write everywhere: ask as somebody else would
        monkeypatch.setattr(os, "access", lambda path, mode: not mode & os.W_OK)
    assert not store.is_writable
    with pytest.raises(CatalogError) as err:
        store.stage("sky", FILES, PLAN)
    assert err.value.code == "forbidden"
    assert "curator" in str(err.value)
    assert names(store.root) == []


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


@pytest.mark.skipif(not AS_ROOT, reason="only root may give files to another group")
def test_until_it_is_in_its_place_only_its_owner_may_write_to_it(tmp_path: Path) -> None:
    store = Store(tmp_path, 0o2775, 0o664, group="daemon")
    folder = store.stage("sky", FILES, PLAN).folder
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            assert path.stat().st_mode & 0o022 == 0, path
            assert path.is_relative_to(folder / "files") is (path.stat().st_mode & 0o044 == 0o044) or path.parent in (
                folder,
                tmp_path,
            )


def test_a_group_that_is_not_there_leaves_nothing(tmp_path: Path) -> None:
    store = Store(tmp_path, 0o2775, 0o664, group="no-such-group")
    with pytest.raises(CatalogError) as err:
        store.stage("sky", FILES, PLAN)
    assert err.value.code == "forbidden"
    assert names(tmp_path) == []


def test_an_entry_that_belongs_to_nothing_outside_is_put_in_by_itself(store: Store) -> None:
    store.add("sky", FILES)
    assert store.read("sky").record.pretty_name == "Sky"
    assert names(store.root) == ["sky"]
    with pytest.raises(CatalogError) as err:
        store.add("sky", FILES)
    assert err.value.code == "conflict"
    assert names(store.root) == ["sky"]


def test_nothing_is_put_in_over_what_is_being_published(store: Store) -> None:
    store.stage("sky", FILES, PLAN)
    with pytest.raises(CatalogError) as err:
        store.add("sky", FILES)
    assert err.value.code == "conflict"
    assert names(store.root) == [".sky.staging"]


def test_what_is_removed_is_gone_and_a_link_is_not_followed(store: Store, tmp_path: Path) -> None:
    put(store)
    store.remove("sky")
    store.remove("sky")
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "thesis").write_text("mine")
    (store.root / "sky").symlink_to(tmp_path / "home")
    store.remove("sky")
    assert names(store.root) == []
    assert names(tmp_path / "home") == ["thesis"]


def test_left_overs_of_dead_processes_are_swept(store: Store) -> None:
    for name in (".sky.0123abcd.gone", ".sky.staging.0123abcd.gone", ".sky.0123abcd.new"):
        (store.root / name).mkdir()
        os.utime(store.root / name, (0, 0))
    (store.root / ".skyline.0123abcd.new").mkdir()
    put(store)
    assert names(store.root) == [".skyline.0123abcd.new", "sky"]


def test_what_is_nested_too_deeply_stops_nobody(store: Store) -> None:
    """Python before 3.13 removes folders by recursion."""
    here = os.open(store.root, os.O_RDONLY)
    os.mkdir(".sky.0123abcd.gone", dir_fd=here)
    for name in [".sky.0123abcd.gone", *["a"] * 1500]:
        below = os.open(name, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
        os.mkdir("a", dir_fd=here)
    os.close(here)
    put(store)
    assert "sky" in names(store.root)
    subprocess.run(["rm", "-rf", str(store.root / ".sky.0123abcd.gone")], check=True)


@pytest.mark.skipif(not AS_ROOT, reason="only root may give a folder away")
def test_what_others_left_is_not_ours_to_sweep(store: Store) -> None:
    (store.root / ".sky.0123abcd.gone").mkdir()
    os.chown(store.root / ".sky.0123abcd.gone", NOBODY, NOBODY)
    put(store)
    assert names(store.root) == [".sky.0123abcd.gone", "sky"]
