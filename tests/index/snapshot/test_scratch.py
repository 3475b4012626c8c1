"""Scratch folders."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from huggingnersc_lab.index.snapshot import scratch
from huggingnersc_lab.index.snapshot.scratch import ABANDONED_SECONDS, remove_abandoned, scratch_folder, scratch_places


def test_a_folder_is_private_and_removed_at_the_end(tmp_path: Path) -> None:
    with scratch_folder(tmp_path) as folder:
        assert folder.parent == tmp_path
        assert folder.stat().st_mode & 0o777 == 0o700
        (folder / "inner").mkdir()
        (folder / "inner" / "file").write_text("x")
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(KeyError), scratch_folder(tmp_path) as folder:
        raise KeyError
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(FileNotFoundError), scratch_folder(tmp_path / "none"):
        pass


def test_a_file_that_comes_while_it_is_removed_is_removed_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    late = iter([True, True, False])
    remove = scratch.shutil.rmtree

    def slow(path: Path, **options: bool) -> None:
        remove(path, **options)
        if next(late):
            path.mkdir()
            (path / "lock").touch()

    monkeypatch.setattr(scratch.shutil, "rmtree", slow)
    with scratch_folder(tmp_path):
        pass
    assert list(tmp_path.iterdir()) == []


def test_what_killed_processes_left_is_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with scratch_folder(tmp_path) as folder:
        left, fresh = (folder.with_name(f"{folder.name}-{name}") for name in ("left", "fresh"))
        other = tmp_path / "other"
        for path in (left, other, fresh):
            path.mkdir()
            (path / "file").touch()
        long_ago = time.time() - ABANDONED_SECONDS - 1
        for path in (left, other):
            os.utime(path, (long_ago, long_ago))
        with monkeypatch.context() as patch:
            patch.setattr(os, "getuid", lambda: 12345)  # it is somebody else's
            remove_abandoned(tmp_path)
        assert left.is_dir()
        remove_abandoned(tmp_path)
        assert set(tmp_path.iterdir()) == {folder, other, fresh}
    remove_abandoned(tmp_path / "none")


def test_memory_is_for_little_and_the_last_place_for_need(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    memory, temporary, last = (tmp_path / name for name in ("memory", "temporary", "last"))
    monkeypatch.setattr(scratch, "MEMORY", memory)
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    assert scratch_places(last, in_memory=True) == [temporary, last]  # there is none
    memory.mkdir()
    assert scratch_places(last, in_memory=True) == [memory, temporary, last]
    assert scratch_places(last, in_memory=False) == [temporary, last]

    def nowhere() -> str:
        raise FileNotFoundError("No usable temporary directory found")

    monkeypatch.setattr("tempfile.gettempdir", nowhere)
    assert scratch_places(last, in_memory=True) == [memory, last]
