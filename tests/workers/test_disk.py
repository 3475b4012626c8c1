"""Files on file systems that may never answer, as the server sees them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from huggingnersc_lab.workers import disk
from huggingnersc_lab.workers.calls import UnansweredError, Workers


@pytest.fixture(autouse=True)
def _own_workers(workers: Workers, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(disk, "workers", lambda: workers)
    return


def is_within(path: Path, *folders: Path) -> bool | None:
    return disk.is_within(str(path), map(str, folders))


def test_links_do_not_lead_out(tmp_path: Path) -> None:
    root, outside = tmp_path / "root", tmp_path / "rooted"
    root.mkdir()
    outside.mkdir()
    (root / "link").symlink_to(outside)
    (tmp_path / "other").symlink_to(root)
    assert is_within(root / "a", root) is True
    assert is_within(root, outside, root) is True
    assert is_within(tmp_path / "other" / "a", root) is True
    assert is_within(root / "a", tmp_path / "other") is True
    assert is_within(outside, root) is False
    assert is_within(root / "link" / "a", root) is False
    assert is_within(root / ".." / "rooted", root) is False
    assert is_within(root) is False
    assert is_within(Path("/\ud800"), root) is False


def test_of_what_hangs_nobody_knows(tmp_path: Path, workers: Workers) -> None:
    workers.hung.add("/hung", None)
    assert is_within(Path("/hung/a"), tmp_path) is None
    assert is_within(tmp_path / "a", Path("/hung"), Path("/other")) is None
    assert is_within(tmp_path / "a", Path("/hung"), tmp_path) is True
    with pytest.raises(UnansweredError):
        disk.look("/hung/a")


def test_a_path_from_the_working_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "dir").mkdir()
    monkeypatch.chdir(tmp_path)
    assert disk.look("dir").real == os.path.realpath("dir")
    assert disk.look("dir").is_folder


def test_files_are_read_and_created(tmp_path: Path) -> None:
    assert disk.create_file(str(tmp_path), ["a", "b"], b"\0mine\xff") == "a"
    assert disk.create_file(str(tmp_path), ["a", "b"], b"other") == "b"
    assert disk.create_file(str(tmp_path), ["a", "b"], b"third") is None
    assert disk.read_file(f"{tmp_path}/a", 100) == (6, b"\0mine\xff")
    assert disk.read_file(f"{tmp_path}/a", 5) == (6, b"")
