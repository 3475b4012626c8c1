"""An older catalog that is brought in: whatever others put there, no file of one's own gets into the new one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.store.older import find_files, names_in, read_older


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "old"
    (folder / "group" / "sky").mkdir(parents=True)
    (folder / "group" / "sky" / "sky_info.json").write_text("{}")
    (folder / "group" / "sky" / "load.py").write_text("x = 1\n")
    (folder / "sun_info.json").write_text("{}")
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "mine_info.json").write_text("private")
    return folder


def test_files_are_found_at_any_depth_and_no_link_is_followed(root: Path, tmp_path: Path) -> None:
    (root / "link").symlink_to(tmp_path / "home")
    (root / "loop").symlink_to(root)
    assert find_files(root, "_info.json") == [("group", "sky", "sky_info.json"), ("sun_info.json",)]
    assert names_in(root, ("group", "sky"), ".py") == ["load.py"]
    assert names_in(root, (), ".json") == ["sun_info.json"]
    assert names_in(root, ("nothing",), ".py") == []


def test_what_lies_too_deep_is_left_out(root: Path) -> None:
    here = root
    for _ in range(40):
        here /= "a"
        here.mkdir()
        (here / "deep_info.json").touch()
    assert len(find_files(root, "deep_info.json")) == 32


@pytest.mark.timeout(10)
@pytest.mark.parametrize("kind", ["link", "FIFO", "folder on the way", "too large"])
def test_what_is_no_plain_file_is_refused(root: Path, tmp_path: Path, kind: str) -> None:
    parts, path = ("group", "sky"), root / "group" / "sky" / "README.md"
    if kind == "link":
        path.symlink_to(tmp_path / "home" / "mine_info.json")
    elif kind == "FIFO":
        os.mkfifo(path)
    elif kind == "too large":
        with path.open("wb") as stream:
            stream.truncate(2**30)
    else:
        (root / "away").symlink_to(tmp_path / "home")
        parts = ("away",)
    with pytest.raises(CatalogError) as err:
        read_older(root, parts, ("README.md", "mine_info.json"))
    assert err.value.code == "invalid_record"
    assert str(root) in err.value.detail


def test_what_is_there_is_read(root: Path) -> None:
    assert read_older(root, ("group", "sky"), ("load.py", "none.py")) == {"load.py": b"x = 1\n"}
    assert read_older(root, ("none",), ("load.py",)) == {}


@pytest.mark.parametrize("name", ["nothing", "sun_info.json"])
def test_what_is_no_folder(root: Path, name: str) -> None:
    with pytest.raises(CatalogError, match="is not a folder") as err:
        find_files(root / name, "_info.json")
    assert err.value.code == "not_found"
