"""What of a folder is packed; the bundle's tests have links, pipes and odd names."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from huggingnersc_lab.channels.drive.archive.members import clashes, survey
from huggingnersc_lab.errors import CatalogError


def test_is_sorted_by_bytes_with_empty_folders(tmp_path: Path) -> None:
    for name in ("b/z", "b-c", "a/y", "é", "Z"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(name)
    (tmp_path / "empty" / "inner").mkdir(parents=True)
    found = survey(tmp_path)
    assert [(member.path, member.size) for member in found.members] == [
        ("Z", 1),
        ("a/y", 3),
        ("b-c", 3),
        ("b/z", 3),
        ("empty/inner", None),
        ("é", 2),
    ]
    assert (found.size, found.left) == (12, [])


def test_data_may_be_one_file_or_a_link(tmp_path: Path) -> None:
    (tmp_path / "one.csv").write_text("1")
    (tmp_path / "link").symlink_to("one.csv")
    found = survey(tmp_path / "link")
    assert [member.path for member in found.members] == ["one.csv"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_names_what_may_not_be_read(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0)
    (tmp_path / "secret").write_text("x")
    (tmp_path / "secret").chmod(0)
    found = survey(tmp_path)
    assert [str(left) for left in found.left] == [
        "closed: you have no right to read it",
        "secret: you have no right to read it",
    ]


def test_no_data(tmp_path: Path) -> None:
    for path in (tmp_path / "gone", tmp_path / "nul\0"):
        with pytest.raises(CatalogError, match="The data cannot be found at"):
            survey(path)


def test_names_that_differ_in_capitals() -> None:
    assert clashes(["a/B", "a/b", "c", "A/b"]) == [("a/B", "a/b", "A/b")]
