"""The two users are two users: what one publishes the other reads, and what is private of one the other cannot."""

from __future__ import annotations

from pathlib import Path

from huggingface_hub import HfApi

from .conftest import repositories
from .people import GROUP, Person


def test_what_one_publishes_the_other_reads(ada: Person, mallory: Person, root: Path, api: HfApi) -> None:
    record = ada.do("publish")
    assert record["published_by"] == "u64001"
    assert repositories(api) == ["NERSC/iris"]
    assert mallory.do("read", name="iris") == record
    assert (root / "iris").stat().st_uid == ada.uid
    assert (root / "iris").stat().st_gid == GROUP
    assert (root / "iris").stat().st_mode & 0o7777 == 0o2775


def test_the_attacker_is_no_root(ada: Person, mallory: Person) -> None:
    secret = ada.home / "id_rsa"
    ada.act([["write", str(secret), "private"], ["chmod", str(secret), 0o600]])
    assert mallory.act([["read", str(secret)], ["write", "x", ""], ["unlink", "x"]]) == [
        "EACCES",
        None,
        None,
    ]


def test_who_may_not_write_on_the_hub_changes_nothing_there(mallory: Person, root: Path, api: HfApi) -> None:
    assert mallory.fails("publish").code == "forbidden"
    assert repositories(api) == []
    assert list(root.iterdir()) == []
