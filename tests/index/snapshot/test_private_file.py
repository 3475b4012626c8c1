"""Copies of files that nobody can cut."""

from __future__ import annotations

import mmap
import os
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from huggingnersc_lab.index.snapshot import private_file
from huggingnersc_lab.index.snapshot.private_file import PrivateFile, private_copies

CONTENT = os.urandom(3_000_000)


@pytest.fixture
def original(tmp_path: Path) -> Path:
    path = tmp_path / "original"
    path.write_bytes(CONTENT)
    return path


@pytest.fixture(params=["memory", "disk", "memory of a system without memfd"])
def copy(request: pytest.FixtureRequest, original: Path, monkeypatch: pytest.MonkeyPatch) -> PrivateFile:
    if "without" in request.param:
        monkeypatch.delattr(os, "memfd_create")
    return PrivateFile.copy(original, in_memory="memory" in request.param)


def test_it_has_the_content(copy: PrivateFile, original: Path, tmp_path: Path) -> None:
    assert (copy.size, copy.checksum()) == (len(CONTENT), zlib.crc32(CONTENT))
    os.truncate(original, 0)
    copy.save(tmp_path / "saved")
    assert (tmp_path / "saved").read_bytes() == CONTENT
    assert (tmp_path / "saved").stat().st_mode & 0o777 == 0o600
    with pytest.raises(FileExistsError):
        copy.save(tmp_path / "saved")


def test_it_is_opened_by_a_name(copy: PrivateFile, tmp_path: Path) -> None:
    copy.show_at(tmp_path / "name")
    for _ in range(2):
        assert (tmp_path / "name").read_bytes() == CONTENT
    with (tmp_path / "name").open("rb") as file, closing(mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)) as mapped:
        (tmp_path / "name").unlink()
        assert mapped[-5:] == CONTENT[-5:]


def test_nobody_can_change_it_in_memory(original: Path, tmp_path: Path) -> None:
    copy = PrivateFile.copy(original, in_memory=True)
    copy.show_at(tmp_path / "name")
    with pytest.raises(PermissionError):
        os.truncate(tmp_path / "name", 5)
    with (tmp_path / "name").open("r+b") as file, pytest.raises(PermissionError):
        os.write(file.fileno(), b"x")
    assert (tmp_path / "name").read_bytes() == CONTENT


def test_on_disk_it_has_no_name(original: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "scratch"))
    (tmp_path / "scratch").mkdir()
    copy = PrivateFile.copy(original, in_memory=False)
    assert list((tmp_path / "scratch").iterdir()) == []
    assert copy.checksum() == zlib.crc32(CONTENT)


def test_without_dev_fd_the_content_is_written(
    copy: PrivateFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(private_file, "_DESCRIPTORS", tmp_path / "nowhere")
    copy.show_at(tmp_path / "name")
    assert not (tmp_path / "name").is_symlink()
    assert (tmp_path / "name").read_bytes() == CONTENT


def test_it_is_closed_with_its_object(original: Path) -> None:
    before = open_files()
    copy = PrivateFile.copy(original, in_memory=True)
    assert open_files() == before + 1
    del copy
    assert open_files() == before
    with pytest.raises(FileNotFoundError):
        PrivateFile.copy(original.with_name("none"), in_memory=True)
    assert open_files() == before


def test_what_cannot_be_copied_leaves_nothing_open(original: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    before = open_files()
    monkeypatch.setattr(os, "write", full)
    with pytest.raises(OSError, match="No space"):
        PrivateFile.copy(original, in_memory=True)
    monkeypatch.undo()
    assert open_files() == before


def open_files() -> int:
    return len(list(Path("/dev/fd").iterdir()))


@pytest.fixture(params=[0, 10**9], ids=["by threads", "one by one"])
def _how(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(private_file, "_MANY_BYTES", request.param)
    return None


@pytest.mark.usefixtures("_how")
def test_many_files_are_copied(tmp_path: Path) -> None:
    contents = {f"file{number}": os.urandom(number * 10_000) for number in range(20)}
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    copies = private_copies(tmp_path / name for name in contents)
    assert {name: copy.checksum() for name, copy in copies.items()} == {
        name: zlib.crc32(content) for name, content in contents.items()
    }
    with pytest.raises(FileNotFoundError):
        private_copies([tmp_path / "file1", tmp_path / "none"])
    assert private_copies([]) == {}


@pytest.mark.parametrize("limit", [0, 10**9])
def test_without_room_in_one_place_the_other_is_taken(
    original: Path, monkeypatch: pytest.MonkeyPatch, limit: int
) -> None:
    made = private_file._new_file

    def full(*, in_memory: bool) -> int:
        if in_memory == (limit > 0):
            raise OSError(28, "No space left on device")
        return made(in_memory=in_memory)

    monkeypatch.setattr(private_file, "_new_file", full)
    monkeypatch.setattr(private_file, "MEMORY_BYTES", limit)
    assert private_copies([original])["original"].checksum() == zlib.crc32(CONTENT)


def test_only_so_much_is_copied_into_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    in_memory: list[bool] = []
    made = private_file._new_file

    def spy(*, in_memory: bool, seen: list[bool] = in_memory) -> int:
        seen.append(in_memory)
        return made(in_memory=in_memory)

    monkeypatch.setattr(private_file, "_new_file", spy)
    monkeypatch.setattr(private_file, "MEMORY_BYTES", 100)
    for name, size in (("a", 60), ("b", 40), ("c", 1)):
        (tmp_path / name).write_bytes(b"x" * size)
    private_copies([tmp_path / "a", tmp_path / "b"])
    private_copies([tmp_path / "a", tmp_path / "b", tmp_path / "c"])
    assert in_memory == [True, True, False, False, False]
