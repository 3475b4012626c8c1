"""Work on an unfinished publication of one's own."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

import pytest

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.store import Store
from huggingnersc_lab.store.owner import Owner
from huggingnersc_lab.store.staging import Staging
from tests.store.openings import link_the_plan_elsewhere, make_group_writable, make_journal_writable

from .conftest import DEAD, FILES, PLAN, abandon, names, plant, staged


def test_own_files_are_read_to_be_sent_unless_they_were(store: Store) -> None:
    store.stage("sky", FILES, PLAN)
    abandon(store)
    staging = store.take_over(staged(store))
    assert staging.contents == FILES
    staging.note("commit", oid="1", url="https://x/1", pull_request=None, pull_request_url=None)
    staging.release()
    assert store.take_over(staged(store)).contents == {}


@pytest.mark.parametrize("kind", ["FIFO", "link", "folder", "writable", "second name", "large", "many"])
def test_what_would_be_sent_is_ones_own_and_plain(store: Store, tmp_path: Path, kind: str) -> None:
    folder = plant(store.root)
    trap = folder / "files" / "trap"
    (tmp_path / "key").write_text("private")
    (tmp_path / "key").chmod(0o600)
    if kind == "FIFO":
        os.mkfifo(trap)
    elif kind == "link":
        trap.symlink_to(tmp_path / "key")
    elif kind == "folder":
        trap.mkdir()
    elif kind == "writable":
        trap.touch()
        trap.chmod(0o664)
    elif kind == "second name":
        trap.hardlink_to(tmp_path / "key")
    elif kind == "large":
        with trap.open("wb") as stream:
            stream.truncate(2**30)
    else:
        for number in range(300):
            (folder / "files" / f"{number}").touch()
    with pytest.raises(CatalogError, match="Nothing was sent") as err:
        store.take_over(staged(store))
    assert err.value.code == "conflict"
    assert staged(store).worker() is None  # and nobody is kept from it


def test_what_a_hub_says_that_no_journal_can_hold_is_not_noted(store: Store) -> None:
    staging = store.stage("sky", FILES, PLAN)
    with pytest.raises(CatalogError, match="'parent' in its journal entry of the step 'repository'") as err:
        staging.note("repository", created=True, parent="\ud800")
    assert err.value.code == "upstream"
    assert staged(store).fact("repository") is None


def test_a_staging_is_regained_by_the_process_that_claimed_it(store: Store) -> None:
    assert store.regain("sky", "1") is None
    staging = store.stage("sky", FILES, PLAN)
    found = store.regain("sky", "1")
    assert isinstance(found, Staging)
    assert found.key == staging.key
    assert store.regain("sky", "2") is None
    abandon(store)
    assert store.regain("sky", "1") is None


@pytest.mark.parametrize("opened", [make_group_writable, make_journal_writable, link_the_plan_elsewhere])
def test_what_others_could_have_put_there_is_not_regained(store: Store, opened: Any) -> None:
    """Somebody who has read the publish id and the owner of a staging puts one of the same in its place."""
    folder = plant(store.root)
    (folder / "owner-1").symlink_to(json.dumps(vars(Owner.this())))
    assert store.regain("sky", "1") is not None
    opened(folder)
    assert store.regain("sky", "1") is None


def journal_of(store: Store) -> Path:
    return store.root / ".sky.staging" / "journal.jsonl"


def modes(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mode & 0o777 for path in (folder, *folder.iterdir())}


def test_files_are_opened_up_when_they_are_put_in_place(store: Store) -> None:
    staging = store.stage("sky", FILES, PLAN)
    hidden = store.root / ".sky.staging" / "files"
    assert {path.stat().st_mode & 0o077 for path in hidden.iterdir()} == {0o044}
    staging.swap_in()
    staging.swap_in()  # as after a crash
    assert modes(store.root / "sky") == {"sky": 0o755, "README.md": 0o644, "record.json": 0o644}
    assert {path.name: path.read_bytes() for path in (store.root / "sky").iterdir()} == FILES
    assert staging.is_there
    staging.swap_out()
    staging.swap_out()
    assert names(store.root) == [".sky.staging"]


@pytest.mark.parametrize(("directory_mode", "file_mode"), [(0o750, 0o640), (0o700, 0o600)])
def test_the_catalog_says_who_can_read_them(tmp_path: Path, directory_mode: int, file_mode: int) -> None:
    store = Store(tmp_path, directory_mode, file_mode)
    store.stage("sky", FILES, PLAN).swap_in()
    expected = {"sky": directory_mode, "README.md": file_mode, "record.json": file_mode}
    assert modes(tmp_path / "sky") == expected


@pytest.mark.parametrize("kind", ["link", "FIFO"])
def test_only_plain_files_are_opened_up(store: Store, tmp_path: Path, kind: str) -> None:
    staging = store.stage("sky", FILES, PLAN)
    key, trap = tmp_path / "key", store.root / ".sky.staging" / "files" / "trap"
    key.touch(0o600)
    if kind == "link":
        trap.symlink_to(key)
        with pytest.raises(CatalogError):
            staging.swap_in()
        assert names(store.root) == [".sky.staging"]
    else:
        os.mkfifo(trap)
        staging.swap_in()  # does not wait for a writer
    assert key.stat().st_mode & 0o777 == 0o600


def test_the_record_as_it_is_staged(store: Store) -> None:
    staging = store.stage("sky", FILES, PLAN)
    assert staging.record() == FILES["record.json"]
    (store.root / ".sky.staging" / "files" / "record.json").unlink()
    assert staging.record() is None
    staging.replace_file("record.json", b"{}")
    assert staging.record() == b"{}"
    staging.replace_file("record.json", FILES["record.json"])
    staging.swap_in()
    assert staging.record() is None
    with pytest.raises(CatalogError, match="its files are gone"):
        staging.replace_file("record.json", b"{}")
    assert (store.root / "sky" / "record.json").read_bytes() == FILES["record.json"]


def test_the_journal_is_appended_to(store: Store) -> None:
    staging = store.stage("sky", FILES, PLAN)
    staging.note("repository", created=True, parent="abc")
    with journal_of(store).open("ab") as stream:
        stream.write(b'{"step": "comm')  # a crash
    staging.note("repository_asked", moment=1.5)
    staging.forget("repository")
    first, torn, second, third = [line for line in journal_of(store).read_bytes().splitlines() if line]
    assert torn == b'{"step": "comm'
    entries = [json.loads(line) for line in (first, second, third)]
    assert all(abs(time.time() - entry.pop("at")) < 600 for entry in entries)
    assert entries == [
        {"step": "repository", "created": True, "parent": "abc"},
        {"step": "repository_asked", "moment": 1.5},
        {"step": "repository", "forgotten": True},
    ]
    assert staging.fact("repository") is staged(store).fact("repository") is None
    assert staging.fact("repository_asked") == staged(store).fact("repository_asked") == {"moment": 1.5}


@pytest.mark.parametrize("kind", ["link", "FIFO", "nothing"])
def test_what_is_no_journal_is_not_written_to(store: Store, tmp_path: Path, kind: str) -> None:
    staging = store.stage("sky", FILES, PLAN)
    journal_of(store).unlink()
    if kind == "link":
        (tmp_path / "mine").write_bytes(b"mine")
        journal_of(store).symlink_to(tmp_path / "mine")
    elif kind == "FIFO":
        os.mkfifo(journal_of(store))
    with pytest.raises(CatalogError):
        staging.note("undo")
    assert staging.fact("undo") is None
    if kind == "link":
        assert (tmp_path / "mine").read_bytes() == b"mine"
    assert journal_of(store).exists() is (kind != "nothing")


def test_who_lets_go_says_so(store: Store) -> None:
    staging = store.stage("sky", FILES, PLAN)
    folder = store.root / ".sky.staging"
    assert staged(store).worker() == Owner.this()
    staging.release()
    staging.release()
    assert (folder / "idle-1").stat().st_mode & 0o777 == 0o600
    assert staged(store).worker() is None
    (folder / "idle-1").unlink()
    (folder / "owner-2").symlink_to(json.dumps(vars(DEAD)))
    staging.release()
    assert not list(folder.glob("idle-*"))  # it is not ours any more


def test_a_link_in_the_place_of_the_note_is_not_followed(store: Store, tmp_path: Path) -> None:
    staging = store.stage("sky", FILES, PLAN)
    (store.root / ".sky.staging" / "idle-1").symlink_to(tmp_path / "new")
    staging.release()
    assert not (tmp_path / "new").exists()


def test_the_next_owner_has_the_next_number(store: Store) -> None:
    staging = store.stage("sky", FILES, PLAN)
    abandon(store)
    store.take_over(staged(store))
    assert [path.name for path in (store.root / ".sky.staging").glob("owner-*")] != []
    assert (store.root / ".sky.staging" / "owner-2").is_symlink()
    staging.require_held()  # the same process


@pytest.mark.parametrize("act", ["note", "forget", "swap_in", "swap_out", "require_held"])
def test_whoever_lost_it_does_nothing_more(store: Store, act: str) -> None:
    staging = store.stage("sky", FILES, PLAN)
    (store.root / ".sky.staging" / "owner-2").symlink_to(json.dumps(vars(DEAD)))
    before = journal_of(store).read_bytes()
    with pytest.raises(CatalogError) as raised:
        getattr(staging, act)(*(["undo"] if act in ("note", "forget") else []))
    assert raised.value.code == "conflict"
    assert "taken over by somebody on elsewhere" in raised.value.detail
    assert (names(store.root), journal_of(store).read_bytes()) == ([".sky.staging"], before)


def test_it_is_there_until_it_is_closed_or_replaced(store: Store) -> None:
    staging = store.stage("sky", FILES, PLAN)
    assert staging.is_there
    folder = store.root / ".sky.staging"
    folder.rename(store.root / "away")
    assert not staging.is_there
    plant(store.root)
    assert not staging.is_there  # another one
    with pytest.raises(CatalogError):
        staging.require_held()


def test_closing_frees_the_name(store: Store) -> None:
    staging = store.stage("sky", FILES, PLAN)
    staging.close()
    assert (names(store.root), staging.is_there) == ([], False)
    store.stage("sky", FILES, PLAN)


def test_files_that_were_sent_are_read_again_once_they_are_undone(store: Store) -> None:
    staging = store.stage("sky", FILES, PLAN)
    staging.note("commit", oid="1", url="https://x/1", pull_request=None, pull_request_url=None)
    staging.note("undo")
    abandon(store)
    (store.root / ".sky.staging" / "files" / "README.md").chmod(0o666)
    again = store.take_over(staged(store))
    assert again.contents == {"record.json": FILES["record.json"]}  # what others could write to is left out
