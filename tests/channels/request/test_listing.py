"""Number, size and names of files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from huggingnersc_lab.channels.request import listing
from huggingnersc_lab.channels.request.listing import list_files
from huggingnersc_lab.errors import CatalogError


def fill(folder: Path) -> Path:
    (folder / "Sub Folder").mkdir(parents=True)
    (folder / "Sub Folder" / "B.csv").write_bytes(b"12345")
    (folder / "a.csv").write_bytes(b"123")
    (folder / "empty.csv").touch()
    return folder


def test_what_lies_there(tmp_path: Path) -> None:
    found = list_files(str(fill(tmp_path / "data")), lint=True)
    assert (found.files, found.bytes, found.is_whole) == (3, 8, True)
    assert [bad.path for bad in found.bad_names] == ["Sub Folder", "Sub Folder/B.csv"]


def test_a_copy_is_the_same_and_a_changed_one_is_not(tmp_path: Path) -> None:
    one, two = fill(tmp_path / "one"), fill(tmp_path / "two")
    assert list_files(str(one)) == list_files(str(two))
    (two / "a.csv").rename(two / "b.csv")
    assert list_files(str(two)).digest != list_files(str(one)).digest
    assert list_files(str(two)).fits(3, 8)


@pytest.mark.parametrize(
    ("files", "size", "fits"),
    [(3, 8, True), (3, None, True), (None, 8, True), (None, None, False), (4, 8, False), (3, 9, False)],
)
def test_as_much_as_is_known(files: int | None, size: int | None, fits: bool, tmp_path: Path) -> None:
    assert list_files(str(fill(tmp_path / "data"))).fits(files, size) is fits


def test_what_cannot_be_looked_at_is_not_the_whole(tmp_path: Path) -> None:
    (fill(tmp_path / "data") / "out").symlink_to("/etc/passwd")
    found = list_files(str(tmp_path / "data"))
    assert (found.files, found.is_whole, found.fits(3, 8)) == (3, False, False)


def test_a_loop_and_a_pipe_end(tmp_path: Path) -> None:
    folder = fill(tmp_path / "data")
    (folder / "loop").symlink_to(".")
    os.mkfifo(folder / "pipe")
    assert list_files(str(folder)).files == 3


def test_looking_has_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "MOST_FILES", 2)
    found = list_files(str(fill(tmp_path / "data")))
    assert (found.files, found.is_whole) == (2, False)
    monkeypatch.setattr(listing, "SECONDS", -1.0)
    assert list_files(str(tmp_path / "data")).files == 0


def test_names_have_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "MOST_NAMES", 1)
    found = list_files(str(fill(tmp_path / "data")), lint=True)
    assert (found.files, len(found.bad_names)) == (3, 2)


def test_nothing_there(tmp_path: Path) -> None:
    with pytest.raises(CatalogError) as raised:
        list_files(str(tmp_path / "nowhere"))
    assert raised.value.code == "not_found"


def test_it_says_how_far_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "_EVERY", 2)
    told: list[int] = []
    list_files(str(fill(tmp_path / "data")), told.append)
    assert told == [2]
