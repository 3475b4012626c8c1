"""Whether the data has arrived, in words and in the ledger."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from huggingnersc_lab.record.parts import Contents, Distribution
from tests.channels.desk import Desk


def arrive(desk: Desk, target: Path) -> None:
    shutil.copytree(str(desk.record.data_path), target)


def test_it_is_offered_once_the_centre_was_asked(desk: Desk, target: Path) -> None:
    check = desk.action("check")
    assert not check.is_offered(desk.dataset, desk.ledger)
    desk.change(distributions=(Distribution("torrent", "https://example.org/"),))
    assert not check.is_offered(desk.dataset, desk.ledger)
    desk.change(distributions=(Distribution("request", "mailto:data@mila.example", state="requested"),))
    assert check.is_offered(desk.dataset, desk.ledger)  # somebody else has asked
    desk.change(distributions=())
    desk.ledger.note(asked_at="2026-01-01T00:00:00Z")
    assert check.is_offered(desk.dataset, desk.ledger)
    desk.change(data_path=str(target))
    assert not check.is_offered(desk.dataset, desk.ledger)


def test_all_of_it_is_there(desk: Desk, target: Path) -> None:
    arrive(desk, target)
    outcome = desk.run("check")
    assert outcome.text == (
        f"The data has arrived at {target}: 2 files of 8 bytes. 'Use the new path' makes it the dataset's path."
    )
    assert desk.ledger.read() == {"found": str(target)}


def test_nothing_is_there(desk: Desk, target: Path) -> None:
    desk.ledger.note(found=str(target))
    assert desk.run("check").text == f"Nothing is at {target} yet. Check again later."
    assert desk.ledger.read() == {}


def test_a_part_of_it_is_there(desk: Desk, target: Path) -> None:
    arrive(desk, target)
    (target / "a.csv").unlink()
    desk.ledger.note(found=str(target))
    assert desk.run("check").text == (
        f"{target} holds 1 file of 5 bytes; there should be 2 files of 8 bytes. "
        "It may still be being copied: check again later."
    )
    assert desk.ledger.read() == {}


@pytest.mark.parametrize(
    ("contents", "should_be"),
    [
        (Contents(files=3), "there should be 3 files. It may still be being copied: check again later."),
        (Contents(bytes=2000), "there should be ? files of 2 kB. It may still be being copied: check again later."),
        (None, "but how many there should be is not known. Inspect the data first."),
    ],
)
def test_what_the_record_knows_of_data_that_is_gone(
    desk: Desk, target: Path, contents: Contents | None, should_be: str
) -> None:
    target.parent.mkdir()
    Path(str(desk.record.data_path)).rename(target)
    desk.change(contents=contents)
    assert desk.run("check").text.partition("8 bytes")[2].lstrip("; ,") == should_be
    assert desk.ledger.get("found") is None


def test_as_much_under_other_names(desk: Desk, target: Path) -> None:
    arrive(desk, target)
    (target / "B c.csv").rename(target / "b-c.csv")
    assert desk.run("check").text == (
        f"The data has arrived at {target}: 2 files of 8 bytes. Some files have other names or sizes than here: "
        "look at them first. 'Use the new path' makes it the dataset's path."
    )
    assert desk.ledger.get("found") == str(target)
