"""Unfinished publications as they lie in the catalog, whoever made them."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.store import Store
from huggingnersc_lab.store.owner import Owner
from huggingnersc_lab.store.staged import Staged
from tests.store.openings import OPENINGS, OTHER, give_away, give_the_plan_away

from .conftest import AS_ROOT, FILES, names, plant, staged


def refusal(store: Store, name: str = "sky") -> CatalogError:
    with pytest.raises(CatalogError) as err:
        store.staging(name)
    return err.value


def test_what_was_claimed_is_read(store: Store) -> None:
    staging = store.stage("sky", FILES, {"publish_id": "1", "title": "Sky"})
    staging.note("repository", created=True, parent="abc")
    found = staged(store)
    assert (found.plan["title"], found.publish_id, found.is_own) == ("Sky", "1", True)
    assert found.fact("repository") == {"created": True, "parent": "abc"}
    assert found.fact("commit") is None
    assert found.key == staging.key
    assert found.owner() == found.worker() == Owner.this()
    assert found.account == ("root" if AS_ROOT else Owner.this().user)
    staging.release()
    assert (found.owner(), found.worker()) == (Owner.this(), None)


def test_there_is_none(store: Store) -> None:
    assert store.staging("sky") is None
    assert not store.has_staging("sky")


def test_the_etag_follows_owner_plan_and_journal(store: Store) -> None:
    folder = plant(store.root)
    before = staged(store).etag
    assert staged(store).etag == before
    for path, content in (("journal.jsonl", b'{"step": "undo"}\n'), ("plan.json", b'{"publish_id": "2"}')):
        former = (folder / path).read_bytes()
        (folder / path).write_bytes(content)
        assert staged(store).etag != before
        (folder / path).write_bytes(former)
    if AS_ROOT:
        os.chown(folder, OTHER, OTHER)
        assert staged(store).etag != before


@pytest.mark.parametrize("opened", OPENINGS)
def test_what_others_could_have_changed_is_not_ones_own(store: Store, opened: Any) -> None:
    if opened in (give_away, give_the_plan_away) and not AS_ROOT:
        pytest.skip("only root may give files away")
    folder = plant(store.root)
    assert staged(store).is_own
    opened(folder)
    assert not staged(store).is_own
    with pytest.raises(CatalogError, match="--take-over") as err:
        store.take_over(staged(store))
    assert err.value.code == "forbidden"


@pytest.mark.timeout(20)
@pytest.mark.parametrize("file_name", ["plan.json", "journal.jsonl"])
@pytest.mark.parametrize("kind", ["nothing", "FIFO", "link", "loop", "folder", "sparse", "none of ours"])
def test_a_damaged_one_says_why(store: Store, file_name: str, kind: str) -> None:
    folder = plant(store.root)
    path = folder / file_name
    path.unlink()
    if kind == "FIFO":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    elif kind == "sparse":
        with path.open("wb") as stream:
            stream.truncate(2**30)
    elif kind == "none of ours":
        path.write_bytes(b"[1]\n")
    elif kind != "nothing":
        path.symlink_to("/etc/passwd" if kind == "link" else file_name)
    err = refusal(store)
    assert err.code == "conflict"
    reason = {
        "nothing": f"there is no {file_name}",
        "FIFO": "is a FIFO",
        "link": "is a symbolic link",
        "loop": "is a symbolic link",
        "folder": "is a folder",
        "sparse": "larger than 1 MiB",
        "none of ours": "is not a JSON object" if file_name == "plan.json" else "its journal is invalid",
    }[kind]
    assert reason in err.detail
    assert str(folder) in err.detail
    assert "curator" in err.detail


@pytest.mark.parametrize("kind", ["link", "loop", "file", "FIFO"])
def test_what_stands_in_its_place_is_not_followed(store: Store, tmp_path: Path, kind: str) -> None:
    plant(tmp_path, "elsewhere")
    place = store.root / ".sky.staging"
    if kind == "FIFO":
        os.mkfifo(place)
    elif kind == "file":
        place.touch()
    else:
        place.symlink_to(tmp_path / ".elsewhere.staging" if kind == "link" else ".sky.staging")
    assert refusal(store).code == "conflict"
    assert store.has_staging("sky")


def test_it_is_held_open_whatever_is_put_in_its_place(store: Store) -> None:
    plant(store.root)
    first = staged(store)
    first.folder.rename(store.root / "away")
    plant(store.root, plan={"publish_id": "2"})
    with pytest.raises(CatalogError, match="taken over"):
        store.take_over(first)
    assert first.publish_id == "1"
    assert names(store.root / "away") == ["files", "journal.jsonl", "owner-1", "plan.json"]
    assert staged(store).publish_id == "2"


@pytest.mark.parametrize("count", [300, 10_001])
def test_so_many_files_in_it_tell_nobody_else_anything(store: Store, count: int) -> None:
    folder = plant(store.root)
    for number in range(count):
        (folder / f"owner-{number + 1}").symlink_to("{}")
    found = staged(store)
    assert (found.owner(), found.worker()) == (None, None)


@pytest.mark.parametrize(
    "name", ["owner-0", "owner-01", "owner--1", "owner-1\n", "owner-9999999", "owner-\N{SUPERSCRIPT TWO}"]
)
def test_what_is_no_owners_number(store: Store, name: str) -> None:
    folder = plant(store.root)
    (folder / name).symlink_to(json.dumps(vars(Owner.this())))
    assert staged(store).owner() is None


def test_the_last_owner_counts(store: Store) -> None:
    folder = plant(store.root)
    for number in (2, 10, 9):
        (folder / f"owner-{number}").symlink_to(json.dumps({**vars(Owner.this()), "user": f"u{number}"}))
    assert staged(store).owner().user == "u10"  # type: ignore[union-attr]
    (folder / "owner-11").symlink_to("none")
    assert staged(store).owner() is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
PLANS = st.fixed_dictionaries({"publish_id": st.just("1") | JSON}, optional={"hub_files": JSON, "repo_id": JSON})
CONTENT = st.binary(max_size=60) | JSON.map(lambda value: json.dumps(value).encode())
LINKS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=60)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100)
@given(
    plan=CONTENT | PLANS.map(lambda value: json.dumps(value).encode()),
    journal=CONTENT,
    owners=st.lists(LINKS | JSON.map(json.dumps), max_size=3),
    numbers=st.lists(st.integers(0, 10**12), min_size=3, max_size=3),
)
def test_any_staging_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, plan: bytes, journal: bytes, owners: list[str], numbers: list[int]
) -> None:
    root = tmp_path_factory.mktemp("root")
    folder = plant(root, plan=plan, journal=journal)
    for number, owner in zip(numbers, owners, strict=False):
        if len(owner.encode()) < 4000 and not (folder / f"owner-{number}").is_symlink():
            (folder / f"owner-{number}").symlink_to(owner)
    store = Store(root, 0o755, 0o644)
    try:
        found = store.staging("sky")
    except CatalogError:
        return
    assert isinstance(found, Staged)
    assert isinstance(found.publish_id, str)
    found.owner(), found.worker()
