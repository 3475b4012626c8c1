"""Work on an unfinished publication of one's own."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.store import Store
from huggingnersc_lab.store.owner import Owner
from huggingnersc_lab.store.staging import Staging
from tests.store.openings import link_the_plan_elsewhere, make_group_writable, make_journal_writable

from .conftest import FILES, PLAN, abandon, plant, staged


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
