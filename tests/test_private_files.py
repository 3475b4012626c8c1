"""Private files, and those a person asks for: written in one step, and errors that say what was being done."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.private_files import (
    create_private,
    is_open_to_others,
    keep_private,
    make_private_folder,
    own_folder,
    storage_errors,
    write_new,
    write_private,
)


def test_a_file_is_private_and_replaced_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    for content in (b"one", b"another"):
        write_private(path, content)
        assert path.read_bytes() == content
        assert path.stat().st_mode & 0o777 == 0o600
    assert [item.name for item in tmp_path.iterdir()] == ["state.json"]


def test_a_file_that_cannot_be_written_leaves_the_former_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "state.json"
    write_private(path, b"one")

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_private(path, b"another")
    assert [(item.name, item.read_bytes()) for item in tmp_path.iterdir()] == [("state.json", b"one")]


def test_a_file_is_created_once(tmp_path: Path) -> None:
    path = tmp_path / "claim"
    assert create_private(path, b"one")
    assert not create_private(path, b"another")
    assert path.read_bytes() == b"one"
    assert path.stat().st_mode & 0o777 == 0o600
    assert [item.name for item in tmp_path.iterdir()] == ["claim"]


def test_a_full_disk_creates_no_half_of_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        create_private(tmp_path / "claim", b"one")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_private(tmp_path: Path) -> None:
    folder = tmp_path / "above" / "drafts"
    for _ in range(2):
        make_private_folder(folder)
        assert folder.stat().st_mode & 0o777 == 0o700


def test_a_users_files_lie_in_their_data_folder(tmp_path: Path) -> None:
    assert own_folder("drafts") == tmp_path / "xdg_data_home" / "huggingnersc" / "drafts"


@pytest.mark.parametrize(
    ("number", "code", "advice"),
    [(errno.ENOSPC, "storage", "Free some space"), (errno.EDQUOT, "storage", "quota"), (errno.EROFS, "forbidden", "")],
)
def test_an_error_says_what_was_being_done_what_is_kept_and_what_to_do(number: int, code: str, advice: str) -> None:
    with pytest.raises(CatalogError) as told, storage_errors("save the draft", "The former one is kept."):
        raise OSError(number, os.strerror(number), "/home/x/draft.json")
    assert told.value.code == code
    assert told.value.detail.startswith(f"Could not save the draft: '/home/x/draft.json' {os.strerror(number)}.")
    assert "The former one is kept." in told.value.detail
    assert advice in told.value.detail
    assert told.value.detail.endswith("then try again.")


def test_a_text_is_written_as_it_comes_and_with_the_modes_that_are_usual(tmp_path: Path) -> None:
    path = tmp_path / "all.csv"
    before = os.umask(0o027)
    try:
        write_new(path, iter(["a\r\n", "é \ud800\n"]))
    finally:
        os.umask(before)
    assert path.read_bytes() == "a\r\né \\ud800\n".encode()
    assert path.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("error", [KeyboardInterrupt, CatalogError("storage", "The catalog is gone.")])
@pytest.mark.parametrize("replace", [False, True])
def test_a_text_that_is_cut_short_leaves_what_was_there(tmp_path: Path, error: BaseException, replace: bool) -> None:
    path = tmp_path / "all.csv"
    if replace:
        path.write_text("former")

    def pieces() -> Iterator[str]:
        yield "one\n"
        raise error

    with pytest.raises((KeyboardInterrupt, CatalogError)):
        write_new(path, pieces(), replace=replace)
    assert [(item.name, item.read_text()) for item in tmp_path.iterdir()] == [("all.csv", "former")] * replace


def test_of_two_that_write_one_file_the_later_one_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "all.csv"

    def pieces() -> Iterator[str]:
        write_new(path, ["another's"])
        yield "ours"

    with pytest.raises(CatalogError, match="already exists") as caught:
        write_new(path, pieces())
    assert caught.value.code == "conflict"
    assert [(item.name, item.read_text()) for item in tmp_path.iterdir()] == [("all.csv", "another's")]


def test_a_full_disk_leaves_the_former_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "all.csv"
    path.write_text("former")

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CatalogError, match="No space left") as caught:
        write_new(path, ["new"], replace=True)
    assert caught.value.code == "storage"
    assert [(item.name, item.read_text()) for item in tmp_path.iterdir()] == [("all.csv", "former")]


def mode(folder: Path) -> int:
    return stat.S_IMODE(folder.stat().st_mode)


def test_a_folder_that_holds_nothing_of_others_becomes_private(tmp_path: Path) -> None:
    folder = tmp_path / "practice"
    folder.mkdir(mode=0o755)
    (folder / "hub").mkdir()
    (folder / ".catalog.new").touch()
    assert is_open_to_others(folder)
    keep_private(folder, {"hub", "catalog"})
    assert mode(folder) == 0o700
    assert not is_open_to_others(folder)


def test_a_folder_that_holds_other_things_stays_as_it_is(tmp_path: Path) -> None:
    """A person may have named one that others are to see, /tmp say."""
    folder = tmp_path / "shared"
    folder.mkdir()
    folder.chmod(0o1777)
    (folder / "somebody's").touch()
    keep_private(folder, {"hub"})
    assert mode(folder) & 0o777 == 0o777
    assert folder.stat().st_mode & stat.S_ISVTX


def test_a_new_folder_is_private(tmp_path: Path) -> None:
    keep_private(tmp_path / "a" / "b", {"hub"})
    assert mode(tmp_path / "a" / "b") == 0o700
    assert not is_open_to_others(tmp_path / "none")


def test_a_folder_of_another_user_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "theirs"
    folder.mkdir(mode=0o755)
    monkeypatch.setattr(os, "geteuid", lambda: folder.stat().st_uid + 1)
    keep_private(folder, {"hub"})
    assert mode(folder) == 0o755
