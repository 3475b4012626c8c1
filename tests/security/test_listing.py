"""What mallory puts into the catalog hides nothing from ada, and holds up and crashes nothing of hers."""

from __future__ import annotations

from typing import Any

import pytest

from tests.practice_hub import FaultyHub

from .conftest import plan
from .people import Person


@pytest.fixture
def spoilt(ada: Person, mallory: Person, hub: FaultyHub) -> None:
    """Ada's dataset, among everything that mallory could think of."""
    ada.do("publish")
    for number in range(10):
        mallory.do(
            "plant", name=f"bad{number}", plan=["", "{", "[]", "\0", "[" * 9000][number % 5], journal="x" * number
        )
    mallory.do("plant", name="fine", plan=plan("fine", "NERSC/fine", hub=hub.url))
    steps: list[list[Any]] = [
        ["mkdir", ".fifo.staging", 0o755],
        ["fifo", ".fifo.staging/plan.json"],
        ["mkdir", ".sparse.staging", 0o755],
        ["write", ".sparse.staging/plan.json", "{}"],
        ["write", ".sparse.staging/journal.jsonl", ""],
        ["truncate", ".sparse.staging/journal.jsonl", 2**30],
        ["mkdir", ".private.staging", 0o700],
        ["symlink", ".loop.staging", ".loop.staging"],
        ["symlink", "loop", "loop"],
        ["symlink", "/etc", "etc"],
        ["mkdir", "private", 0o700],
        ["mkdir", "closed", 0o755],
        ["write", "closed/record.json", "{}"],
        ["chmod", "closed/record.json", 0o600],
        ["mkdir", "pipe", 0o755],
        ["fifo", "pipe/record.json"],
        ["mkdir", "zeros", 0o755],
        ["write", "zeros/record.json", ""],
        ["truncate", "zeros/record.json", 2**30],
        ["fifo", "a-fifo"],
        ["write", "a-file", ""],
    ]
    assert set(mallory.act(steps)) == {None}


DAMAGED = {
    "loop": "it is a symbolic link",
    "etc": "it is a symbolic link",
    "private": "Permission denied",
    "closed": "Permission denied",
    "pipe": "'record.json' is a FIFO",
    "zeros": "'record.json' is larger than 4 MiB",
}
BEGUN = {*(f"bad{number}" for number in range(10)), "fine", "fifo", "sparse", "private"}


@pytest.mark.usefixtures("spoilt")
def test_the_list_has_one_damaged_row_each_and_all_the_others(ada: Person) -> None:
    body = ada.do("page")
    rows = {row["name"]: row for row in body["datasets"]}
    assert rows.keys() == {"iris", *DAMAGED}
    assert "broken" not in rows["iris"]
    for name, reason in DAMAGED.items():
        assert reason in rows[name]["broken"]
    assert set(body["unfinished"]) == BEGUN - {"private"}
    assert rows["private"]["unfinished"]
    assert "problem" not in body["catalog"]
    assert body["catalog"]["as_of"]
    assert body["catalog"]["writable"]
    assert body["kilobytes"] < 400_000


@pytest.mark.usefixtures("spoilt")
def test_every_command_goes_on(ada: Person) -> None:
    found = ada.do("listed")
    assert found["records"] == ["iris"]
    assert found["broken"].keys() == DAMAGED.keys()
    assert set(found["unfinished"]) == BEGUN
    told = [detail for name, _, detail, _ in found["doctor"] if name == "unfinished"]
    assert len(told) == len(BEGUN)
    for command, code in ((["list"], 0), (["list", "--json"], 0), (["resume"], 0), (["show", "iris"], 0)):
        said = ada.do("cli", arguments=command)
        assert said["code"] == code, said
    assert ada.do("update")["license"] == "mit"
    assert ada.do("publish", name="sky")["name"] == "sky"


@pytest.mark.usefixtures("spoilt")
def test_each_unfinished_one_says_what_is_wrong_with_it(ada: Person) -> None:
    reasons = {
        "fifo": "'plan.json' is a FIFO",
        "sparse": "'journal.jsonl' is larger than 1 MiB",
        "private": "belongs to 64002",
        "loop": "'.loop.staging' is a symbolic link",
        "bad0": "is damaged",
    }
    for name, reason in reasons.items():
        found = ada.do("unfinished", name=name)
        assert reason in found["problem"]
    assert ada.do("unfinished", name="fine")["problem"] is None


def test_a_catalog_that_cannot_be_looked_at_says_so(ada: Person, mallory: Person, root: Any) -> None:
    """It is never shown as empty or current; what was known of it stays."""
    ada.do("publish")
    assert [row["name"] for row in ada.do("page")["datasets"]] == ["iris"]
    for mode, word in ((0o000, "Permission denied"), (0o111, "Permission denied")):
        root.chmod(mode)
        body = ada.do("page")
        assert [row["name"] for row in body["datasets"]] == ["iris"]
        assert word in body["catalog"]["problem"]
        assert not body["catalog"]["writable"]
    root.chmod(0o2775)
    assert "problem" not in ada.do("page")["catalog"]
