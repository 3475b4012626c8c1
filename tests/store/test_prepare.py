"""Folders that are prepared beside an entry's final place, where others may interfere."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.store.durable import PRIVATE, Rights
from huggingnersc_lab.store.owner import Owner
from huggingnersc_lab.store.prepare import is_abandoned, is_mine, prepared

from .conftest import AS_ROOT, FILES, names

OPEN = Rights(0o2775, 0o664)


def test_what_is_prepared_is_private_until_its_notes_are_written(tmp_path: Path) -> None:
    with prepared(tmp_path, "sky") as fresh:
        folder = tmp_path / fresh.name
        assert folder.stat().st_mode & 0o077 == 0
        assert Owner.parse(str((folder / "owner-1").readlink())) == Owner.this()
        fresh.write_entry("files", FILES, OPEN.guarded)
        fresh.write_notes({"publish_id": "1"}, b"", OPEN)
        assert folder.stat().st_mode & 0o777 == 0o755
        assert (folder / "files" / "README.md").stat().st_mode & 0o777 == 0o644
        assert json.loads((folder / "plan.json").read_bytes()) == {"publish_id": "1"}
        fresh.move("done")
    assert names(tmp_path) == ["done"]


def test_what_is_not_moved_is_gone_afterwards(tmp_path: Path) -> None:
    with prepared(tmp_path, "sky") as fresh:
        fresh.write_entry("files", FILES, PRIVATE)
        assert names(tmp_path) == [fresh.name]
    assert names(tmp_path) == []


def test_a_part_of_it_can_be_moved(tmp_path: Path) -> None:
    with prepared(tmp_path, "sky") as fresh:
        fresh.write_entry("files", FILES, OPEN)
        fresh.move("sky", part="files")
    assert names(tmp_path) == ["sky"]
    assert (tmp_path / "sky").stat().st_mode & 0o777 == 0o775


def test_what_is_put_in_its_place_is_neither_written_to_nor_removed(tmp_path: Path) -> None:
    """The folder is renamed away, and a link to a private folder of the one who publishes stands there."""
    home, root = tmp_path / "home", tmp_path / "root"
    home.mkdir(mode=0o700)
    root.mkdir()
    with prepared(root, "sky") as fresh:
        (root / fresh.name).rename(root / "stolen")
        (root / fresh.name).symlink_to(home)
        fresh.write_entry("files", FILES, OPEN)
        fresh.write_notes({"publish_id": "1"}, b"", OPEN)
    assert names(home) == []
    assert home.stat().st_mode & 0o777 == 0o700
    assert names(root) == [fresh.name, "stolen"]
    assert names(root / "stolen") == ["files", "journal.jsonl", "owner-1", "plan.json"]


def test_a_part_that_somebody_made_before_is_refused(tmp_path: Path) -> None:
    with prepared(tmp_path, "sky") as fresh:
        (tmp_path / fresh.name / "files").symlink_to("/etc")
        with pytest.raises((FileExistsError, CatalogError)):
            fresh.write_entry("files", FILES, OPEN)


def abandoned(root: Path, name: str, owner: str | None, age: float = 0) -> bool:
    (root / name).mkdir()
    if owner is not None:
        (root / name / "owner-1").symlink_to(owner)
    now = (root / name).stat().st_mtime
    os.utime(root / name, (now - age, now - age))
    return is_abandoned(root, name)


def test_what_a_killed_process_left_is_told_from_what_is_at_work(tmp_path: Path) -> None:
    alive = Owner.this()
    dead = Owner(alive.host, alive.space, 2**22 + 1, "1", alive.user)
    away = Owner("elsewhere", "", 1, "1", "somebody")
    assert not abandoned(tmp_path, "alive", json.dumps(vars(alive)))
    assert abandoned(tmp_path, "dead", json.dumps(vars(dead)))
    assert not abandoned(tmp_path, "away", json.dumps(vars(away)))
    assert abandoned(tmp_path, "silent", json.dumps(vars(away)), 1000)
    assert not abandoned(tmp_path, "young", None)
    assert abandoned(tmp_path, "old", None, 1000)
    assert abandoned(tmp_path, "from-the-future", "[" * 4000, -1000)
    assert not is_abandoned(tmp_path, "nothing")
    (tmp_path / "link").symlink_to("old")
    assert not is_abandoned(tmp_path, "link")


@pytest.mark.skipif(not AS_ROOT, reason="only root may give a folder away")
def test_whose_a_folder_is(tmp_path: Path) -> None:
    for name, uid in (("mine", 0), ("theirs", 65534)):
        (tmp_path / name).mkdir()
        os.chown(tmp_path / name, uid, uid)
    (tmp_path / "link").symlink_to("mine")
    assert [is_mine(tmp_path, name) for name in ("mine", "theirs", "link", "nothing")] == [True, False, False, False]
