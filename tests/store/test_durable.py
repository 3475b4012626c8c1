"""Writing into a folder that others may write to as well."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.store import durable as files
from huggingnersc_lab.store.durable import (
    PRIVATE,
    Rights,
    exchange,
    make_folder_at,
    remove_at,
    storage_errors,
    write_at,
)

from .conftest import AS_ROOT, names

OPEN = Rights(0o2775, 0o664)


@pytest.fixture
def above(tmp_path: Path) -> Iterator[int]:
    descriptor = os.open(tmp_path, os.O_RDONLY)
    yield descriptor
    os.close(descriptor)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


def test_until_all_is_sent_only_the_owner_may_write() -> None:
    assert OPEN.guarded == Rights(0o2755, 0o644)
    assert Rights(0o777, 0o666, 5).guarded == Rights(0o755, 0o644, 5)


def test_a_file_has_exactly_these_rights(above: int, tmp_path: Path) -> None:
    old = os.umask(0o077)
    try:
        write_at(above, "a", b"1", OPEN)
    finally:
        os.umask(old)
    write_at(above, "b", b"2", PRIVATE)
    assert (mode(tmp_path / "a"), mode(tmp_path / "b")) == (0o664, 0o600)
    assert names(tmp_path) == ["a", "b"]


def test_a_file_is_replaced_and_a_link_not_followed(above: int, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "thesis").write_text("mine")
    (tmp_path / "a").symlink_to("home/thesis")
    write_at(above, "a", b"new", PRIVATE)
    assert (tmp_path / "a").read_bytes() == b"new"
    assert not (tmp_path / "a").is_symlink()
    assert (tmp_path / "home" / "thesis").read_text() == "mine"


def test_what_cannot_be_written_leaves_nothing(above: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_at(above, "a", b"1", PRIVATE)
    assert names(tmp_path) == []


def test_a_new_folder_is_private_and_held(above: int, tmp_path: Path) -> None:
    folder = make_folder_at(above, "new")
    assert mode(tmp_path / "new") & 0o777 == 0o700
    (tmp_path / "new").rename(tmp_path / "away")
    (tmp_path / "new").symlink_to("elsewhere")
    write_at(folder, "file", b"1", PRIVATE)
    assert names(tmp_path / "away") == ["file"]
    OPEN.give(folder, OPEN.directory_mode)
    assert mode(tmp_path / "away") == 0o2775
    os.close(folder)
    with pytest.raises(FileExistsError):
        make_folder_at(above, "away")


@pytest.mark.parametrize("instead", ["open to all", "not empty", "a link", "somebody else's"])
def test_a_folder_that_is_exchanged_before_it_is_opened_is_refused(
    instead: str, above: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if instead == "somebody else's" and not AS_ROOT:
        pytest.skip("only root may give a folder away")
    mkdir = os.mkdir

    def exchanged(name: str, mode: int, *, dir_fd: int) -> None:
        mkdir(name, mode, dir_fd=dir_fd)
        if instead == "open to all":
            (tmp_path / name).chmod(0o777)
        elif instead == "not empty":
            (tmp_path / name / "trap").touch()
        elif instead == "a link":
            (tmp_path / name).rmdir()
            (tmp_path / name).symlink_to(tmp_path)
        else:
            os.chown(tmp_path / name, 65534, 65534)

    monkeypatch.setattr(os, "mkdir", exchanged)
    before = len(names(Path("/proc/self/fd")))
    with pytest.raises((CatalogError, OSError)):
        make_folder_at(above, "new")
    assert len(names(Path("/proc/self/fd"))) == before


def test_only_the_folder_that_is_meant_is_removed(above: int, tmp_path: Path) -> None:
    (tmp_path / "sky").mkdir()
    inode = (tmp_path / "sky").stat().st_ino
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "work").touch()
    remove_at(tmp_path, above, "other", inode)
    assert names(tmp_path / "other") == ["work"]
    remove_at(tmp_path, above, "sky", inode)
    assert names(tmp_path) == ["other"]
    remove_at(tmp_path, above, "sky", inode)
    remove_at(tmp_path, above, "other")
    assert names(tmp_path) == []


def test_what_is_exchanged_while_it_is_removed_comes_back(
    above: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sky").mkdir()
    inode = (tmp_path / "sky").stat().st_ino
    rename = os.rename

    def late(source: str, target: str, **folders: int) -> None:
        if source == "sky":
            rename(tmp_path / "sky", tmp_path / "away")
            (tmp_path / "sky").mkdir()
            (tmp_path / "sky" / "work").touch()
        rename(source, target, **folders)

    monkeypatch.setattr(os, "rename", late)
    remove_at(tmp_path, above, "sky", inode)
    assert names(tmp_path) == ["away", "sky"]
    assert names(tmp_path / "sky") == ["work"]


def test_no_link_in_what_is_removed_is_followed(above: int, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "thesis").touch()
    (tmp_path / "sky").mkdir()
    (tmp_path / "sky" / "link").symlink_to(tmp_path / "home")
    remove_at(tmp_path, above, "sky")
    (tmp_path / "moon").symlink_to("home")
    remove_at(tmp_path, above, "moon")
    assert names(tmp_path) == ["home"]
    assert names(tmp_path / "home") == ["thesis"]


def test_two_folders_are_exchanged_in_one_step(above: int, tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    if not exchange(above, "a", above, "b"):
        pytest.skip("this file system cannot exchange two folders in one step")
    assert (names(tmp_path / "a"), names(tmp_path / "b")) == (["b"], ["a"])
    with pytest.raises(FileNotFoundError):
        exchange(above, "a", above, "nothing")


@pytest.mark.parametrize("number", [errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EPERM])
def test_what_cannot_be_exchanged_is_told(above: int, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_renameat2", lambda: lambda *_: -1)
    monkeypatch.setattr(files.ctypes, "get_errno", lambda: number)
    assert not exchange(above, "a", above, "b")
    monkeypatch.setattr(files, "_renameat2", lambda: None)
    assert not exchange(above, "a", above, "b")


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.EACCES, "forbidden"),
        (errno.EPERM, "forbidden"),
        (errno.EROFS, "forbidden"),
        (errno.ENOENT, "not_found"),
        (errno.ENOSPC, "storage"),
        (errno.EDQUOT, "storage"),
        (errno.EIO, "storage"),
        (errno.ESTALE, "storage"),
    ],
)
def test_errors_say_what_was_being_done_and_what_to_do(number: int, code: str) -> None:
    with pytest.raises(CatalogError, match="Could not tidy up: '/x' ") as err, storage_errors("tidy up"):
        raise OSError(number, os.strerror(number), "/x")
    assert err.value.code == code
    assert str(err.value).count(". ") == 1


def test_nobody_but_the_owner_may_write_before_all_is_sent() -> None:
    assert files.Rights(0o777, 0o777, 7).guarded == files.Rights(0o755, 0o755, 7)


def test_a_change_of_the_group_leaves_the_owner(above: int, monkeypatch: pytest.MonkeyPatch) -> None:
    changed: list[tuple[int, ...]] = []
    monkeypatch.setattr(os, "fchown", lambda *given: changed.append(given))
    files.Rights(0o755, 0o644, os.fstat(above).st_gid).give(above, 0o755)
    assert changed == []
    files.Rights(0o755, 0o644, 54321).give(above, 0o755)
    assert changed == [(above, -1, 54321)]


def test_a_file_that_has_the_temporary_name_is_not_written_to(
    above: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files.uuid, "uuid4", lambda: type("Id", (), {"hex": "0" * 32}))
    (tmp_path / ".a.00000000").write_text("theirs")
    (tmp_path / "second").hardlink_to(tmp_path / ".a.00000000")
    with pytest.raises(FileExistsError):
        files.write_at(above, "a", b"ours", files.PRIVATE)
    assert (tmp_path / "second").read_text() == "theirs"
    assert not (tmp_path / "a").exists()


@pytest.mark.parametrize("other", [4, 6])
def test_another_folder_that_came_in_between_is_put_back(
    above: int, tmp_path: Path, other: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sky").mkdir()
    inodes = iter([5, other])
    monkeypatch.setattr(files, "inode_at", lambda *_: next(inodes))
    files.remove_at(tmp_path, above, "sky", 5)
    assert (tmp_path / "sky").is_dir()
