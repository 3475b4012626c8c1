"""How a process comes to work on a publication: one of several wins, and somebody else's is copied."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.store import Store, claim
from huggingnersc_lab.store.owner import Owner
from huggingnersc_lab.store.staged import Staged

from .conftest import AS_ROOT, DEAD, FILES, PLAN, abandon, names, plant, put, staged, update

OTHER = 64_001
as_root = pytest.mark.skipif(not AS_ROOT, reason="only root may give files away")


def test_two_claims_on_a_name(store: Store) -> None:
    first = store.stage("sky", FILES, PLAN)
    with pytest.raises(CatalogError) as err:
        store.stage("sky", FILES, PLAN)
    assert err.value.code == "conflict"
    assert f"process {os.getpid()}" in err.value.detail
    assert names(store.root) == [".sky.staging"]
    first.close()
    assert names(store.root) == []


@pytest.mark.parametrize("kind", ["a staging", "an empty folder", "a file", "a link", "a loop"])
def test_what_others_put_in_the_place_beforehand(store: Store, tmp_path: Path, kind: str) -> None:
    place = store.root / ".sky.staging"
    (tmp_path / "home").mkdir()
    if kind == "a staging":
        plant(store.root)
    elif kind == "an empty folder":
        place.mkdir()
    elif kind == "a file":
        place.touch()
    else:
        place.symlink_to(tmp_path / "home" if kind == "a link" else place)
    if kind == "an empty folder":
        assert store.stage("sky", FILES, PLAN).is_there
        return
    with pytest.raises(CatalogError) as err:
        store.stage("sky", FILES, PLAN)
    assert err.value.code == "conflict"
    assert names(tmp_path / "home") == []
    assert names(store.root) == [".sky.staging"]


def test_a_claim_that_is_taken_away_at_once_is_none(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    move = claim.Prepared.move

    def stolen(self: claim.Prepared, to: str, *, part: str | None = None) -> None:
        move(self, to, part=part)
        (store.root / to).rename(store.root / "stolen")
        plant(store.root, plan=PLAN)

    monkeypatch.setattr(claim.Prepared, "move", stolen)
    with pytest.raises(CatalogError, match="taken over") as err:
        store.stage("sky", FILES, PLAN)
    assert err.value.code == "conflict"
    assert staged(store).worker() is None


def test_of_two_that_take_over_one_wins(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.stage("sky", FILES, PLAN)
    abandon(store)
    first, second = staged(store), staged(store)
    store.take_over(first)
    monkeypatch.setattr(Owner, "this", classmethod(lambda cls: cls("elsewhere", "", 2, "2", "another")))
    with pytest.raises(CatalogError) as err:
        store.take_over(second)
    assert err.value.code == "conflict"


def test_an_owner_on_another_machine_counts_while_its_journal_grows(store: Store) -> None:
    store.stage("sky", FILES, PLAN)
    abandon(store)
    os.utime(store.root / ".sky.staging" / "journal.jsonl")
    with pytest.raises(CatalogError) as err:
        store.take_over(staged(store))
    assert "somebody on elsewhere" in err.value.detail


def test_what_was_noted_meanwhile_is_known(store: Store) -> None:
    """Its former owner went on between the look and the taking over."""
    former = store.stage("sky", FILES, PLAN)
    looked = staged(store)
    former.note("repository", created=True, parent="abc")
    former.release()
    assert store.take_over(looked).fact("repository") == {"created": True, "parent": "abc"}


def test_ones_own_can_be_taken_over_again_and_again(store: Store) -> None:
    store.stage("sky", FILES, PLAN).release()
    for _ in range(200):
        store.take_over(staged(store)).release()
    assert store.take_over(staged(store)).contents == FILES


def theirs(store: Store, **members: object) -> Staged:
    plant(store.root, uid=OTHER, **members)  # type: ignore[arg-type]
    found = staged(store)
    assert not found.is_own
    assert found.account == str(OTHER)
    return found


@as_root
def test_somebody_elses_is_copied_once_it_was_seen(store: Store) -> None:
    journal = b'{"step": "repository", "created": false, "parent": "abc", "more": 1}\n'
    found = theirs(store, journal=journal, plan={"publish_id": "1", "title": "T"})
    with pytest.raises(CatalogError, match="belongs to 64001") as err:
        store.take_over(found)
    assert err.value.code == "forbidden"
    with pytest.raises(CatalogError, match="changed since it was shown") as err:
        store.take_over(found, seen="another")
    assert err.value.code == "conflict"
    assert staged(store).key == found.key
    staging = store.take_over(found, seen="".join([*found.etag]))  # which a person has read somewhere
    assert staging.key != found.key
    assert (staging.is_own, staging.account) == (True, "root")
    assert staging.plan == {"publish_id": "1", "title": "T"}
    assert staging.fact("repository") == {"created": False, "parent": "abc"}
    assert staging.contents == FILES
    assert staged(store).key == staging.key
    for path in (staging.folder, *staging.folder.rglob("*")):
        assert path.lstat().st_uid == 0
    staging.note("catalog")
    staging.close()
    assert names(store.root) == []


@as_root
@pytest.mark.parametrize("exchange", [True, False])
def test_a_copy_takes_its_place_also_by_renames(exchange: bool, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    if not exchange:
        monkeypatch.setattr(claim, "exchange", lambda *_: False)
    found = theirs(store)
    assert store.take_over(found, seen=found.etag).is_there
    assert names(store.root) == [".sky.staging"]


@as_root
def test_what_changed_since_it_was_seen_is_not_taken_over(store: Store) -> None:
    """A person said yes to one thing, and another stands there by now."""
    seen = theirs(store).etag
    (store.root / ".sky.staging" / "journal.jsonl").write_bytes(
        b'{"step": "repository", "created": true, "parent": "a"}'
    )
    with pytest.raises(CatalogError, match="changed since it was shown"):
        store.take_over(staged(store), seen=seen)


@as_root
def test_what_is_exchanged_while_it_is_copied_is_not_taken_over(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    found = theirs(store)
    write_notes = claim.Prepared.write_notes

    def exchanged(self: claim.Prepared, *notes: object) -> None:
        write_notes(self, *notes)  # type: ignore[arg-type]
        found.folder.rename(store.root / "away")
        plant(store.root, plan={"publish_id": "2"}, uid=OTHER)

    monkeypatch.setattr(claim.Prepared, "write_notes", exchanged)
    with pytest.raises(CatalogError, match="taken over"):
        store.take_over(found, seen=found.etag)
    assert names(store.root) == [".sky.staging", "away"]
    assert staged(store).publish_id == "2"


@as_root
@pytest.mark.parametrize("kind", ["link", "FIFO", "second name", "folder"])
def test_no_file_of_ones_own_gets_into_a_copy(store: Store, tmp_path: Path, kind: str) -> None:
    found = theirs(store)
    trap = found.folder / "files" / "README.md"
    trap.unlink()
    (tmp_path / "id_rsa").write_text("private")
    (tmp_path / "id_rsa").chmod(0o600)
    if kind == "link":
        trap.symlink_to(tmp_path / "id_rsa")
    elif kind == "FIFO":
        os.mkfifo(trap)
    elif kind == "folder":
        trap.mkdir()
    else:
        trap.hardlink_to(tmp_path / "id_rsa")
    with pytest.raises(CatalogError, match=r"README\.md.* Nothing was sent") as err:
        store.take_over(found, seen=found.etag)
    assert err.value.code == "conflict"
    assert names(store.root) == [".sky.staging"]


@as_root
@pytest.mark.parametrize("exchange", [True, False])
def test_a_former_entry_goes_back_as_it_was(exchange: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of an update that was stopped after the exchange, whose staging holds the former entry with a folder in it."""
    from huggingnersc_lab.store import swap

    if not exchange:
        monkeypatch.setattr(swap, "exchange", lambda *_: False)
    store = Store(tmp_path, 0o2775, 0o664)
    put(store)
    (tmp_path / "sky" / ".ipynb_checkpoints").mkdir()
    staging = store.stage("sky", update("New", "2"), {"publish_id": "2"})
    staging.note("commit", oid="1", url="https://x/1", pull_request=None, pull_request_url=None)
    staging.swap_in()
    abandon(store, DEAD)
    for path in (staging.folder, *staging.folder.rglob("*")):
        os.chown(path, OTHER, OTHER, follow_symlinks=False)
    found = staged(store)
    taken = store.take_over(found, seen=found.etag)
    assert store.read("sky").record.pretty_name == "New"
    taken.swap_out()
    taken.close()
    assert store.read("sky").record.pretty_name == "Sky"
    assert store.open("sky").files == FILES
    for path in (tmp_path / "sky", *(tmp_path / "sky").iterdir()):
        assert path.stat().st_mode & 0o7777 == (0o2775 if path.is_dir() else 0o664)


@as_root
def test_the_account_of_root_is_not_the_one_of_a_staging_that_names_a_process_of_root(store: Store) -> None:
    """A living process of somebody else keeps nobody from a name."""
    found = theirs(store)
    (found.folder / "owner-1").symlink_to(json.dumps({**vars(Owner.this()), "pid": os.getppid()}))
    assert staged(store).worker() is None
    assert store.take_over(found, seen=found.etag).is_own
