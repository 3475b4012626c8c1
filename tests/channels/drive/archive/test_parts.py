"""Which archives a folder becomes."""

from __future__ import annotations

import pytest

from huggingnersc_lab.channels.drive.archive.members import Member
from huggingnersc_lab.channels.drive.archive.parts import MAX_PARTS, parts_of
from huggingnersc_lab.errors import CatalogError


def test_names_do_not_clash() -> None:
    members = [Member(path, 1) for path in ("Train/a", "train/b", "TRAIN/c", "files/d", "loose")]
    parts = parts_of("Ocean Waves", members, "zip", split=True)
    assert [(part.file_name, part.label, part.size) for part in parts] == [
        ("ocean-waves-files.zip", "files", 1),
        ("ocean-waves-train.zip", "TRAIN", 1),
        ("ocean-waves-train-2.zip", "Train", 1),
        ("ocean-waves-files-2.zip", "files", 1),
        ("ocean-waves-train-3.zip", "train", 1),
    ]


def test_one_archive_unless_asked() -> None:
    (part,) = parts_of("waves", [Member("a/b", 1), Member("c/d", 2)], "tar.zst", split=False)
    assert (part.file_name, part.label, part.size) == ("waves.tar.zst", None, 3)


def test_too_many_folders() -> None:
    members = [Member(f"{index}/a", 1) for index in range(MAX_PARTS + 1)]
    with pytest.raises(CatalogError, match="a dataset can have 90 archives: do not split it"):
        parts_of("waves", members, "zip", split=True)
