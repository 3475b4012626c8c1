"""Only plain files of the folder itself are listed and read, within limits."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from huggingnersc_lab.inspection.prefill.files import list_files, read_files


def test_links_folders_and_pipes_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("here")
    (tmp_path / "LICENSE").symlink_to("/etc/passwd")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "load").mkdir()
    os.mkfifo(tmp_path / "load.py")
    assert list_files(str(tmp_path), 100) == ["README.md"]


def test_a_large_folder_is_listed_in_part(tmp_path: Path) -> None:
    for number in range(20):
        (tmp_path / f"{number}.csv").touch()
    assert len(list_files(str(tmp_path), 5)) == 5


def test_each_file_is_read_or_has_a_reason(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"one")
    (tmp_path / "large").write_bytes(b"x" * 2049)
    (tmp_path / "out").symlink_to("/etc/passwd")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "z").write_bytes(b"two")
    names = ["a", "large", "out", "pipe", "gone", "../a", "z"]
    assert read_files(str(tmp_path), names, 2048) == (
        [
            3,
            "is larger than 2 KiB",
            "is a symbolic link that is not followed",
            "is a named pipe, not a file",
            "does not exist",
            "is not in this folder",
            3,
        ],
        b"onetwo",
    )


def test_the_folder_itself_may_be_no_link(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path)
    with pytest.raises(NotADirectoryError):
        list_files(str(tmp_path / "link"), 1)
