"""Ways in which others could come to write to a staging."""

from __future__ import annotations

import os
from pathlib import Path

OTHER = 64_001


def make_group_writable(folder: Path) -> None:
    folder.chmod(0o2775)


def make_plan_writable(folder: Path) -> None:
    (folder / "plan.json").chmod(0o664)


def make_journal_writable(folder: Path) -> None:
    (folder / "journal.jsonl").chmod(0o646)


def link_the_plan_elsewhere(folder: Path) -> None:
    (folder.parent / "second").hardlink_to(folder / "plan.json")


def give_away(folder: Path) -> None:
    os.chown(folder, OTHER, -1)


def give_the_plan_away(folder: Path) -> None:
    os.chown(folder / "plan.json", OTHER, -1)


OPENINGS = [
    make_group_writable,
    make_plan_writable,
    make_journal_writable,
    link_the_plan_elsewhere,
    give_away,
    give_the_plan_away,
]
