"""What workers do: paths are followed as the system does, and where a link must not be followed none is."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huggingnersc_lab.workers import operations
from huggingnersc_lab.workers.disk import Seen
from huggingnersc_lab.workers.operations import create_file, follow, look, read_file

NAMES = ("a", "b", "c", "dir", "file")
PARTS = st.sampled_from([*NAMES, "..", ".", "", "gone"])


def seen(path: Path | str) -> Seen:
    return Seen(*look(str(path)))


def what_is_at(path: str) -> tuple[int, int]:
    try:
        return os.stat(path).st_mode, 0  # noqa: PTH116 - pathlib would leave parts of the path out
    except OSError as err:
        return 0, err.errno or 0


@settings(max_examples=200, deadline=None)
@given(
    links=st.dictionaries(
        st.sampled_from(["a", "b", "c", "dir/a", "dir/b"]),
        st.tuples(st.booleans(), st.lists(PARTS, min_size=1, max_size=4)),
    ),
    asked=st.lists(PARTS, min_size=1, max_size=5),
)
def test_links_are_followed_as_by_realpath(
    tmp_path_factory: pytest.TempPathFactory, links: dict[str, tuple[bool, list[str]]], asked: list[str]
) -> None:
    root = tmp_path_factory.mktemp("tree").resolve()
    (root / "dir").mkdir()
    (root / "file").write_text("")
    for name, (is_absolute, target) in links.items():
        (root / name).symlink_to(f"{root}/{'/'.join(target)}" if is_absolute else "/".join(target) or ".")
    path = f"{root}/{'/'.join(asked)}"
    found = seen(path)
    assert (found.mode, found.error) == what_is_at(path)
    if found.error != errno.ELOOP:
        assert found.real == os.path.realpath(path)


def test_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "link").symlink_to("file")
    assert seen(tmp_path / "link").real == str(tmp_path / "file")
    assert stat.S_ISREG(seen(tmp_path / "link").mode)
    assert seen(tmp_path).is_folder
    assert seen("//").real == seen("/..").real == "/"
    missing = seen(tmp_path / "gone" / "x")
    assert (missing.real, missing.is_missing, missing.is_folder) == (str(tmp_path / "gone" / "x"), True, False)
    assert missing.reason == "No such file or directory"
    assert seen(tmp_path / "file" / "x").is_missing
    assert seen(tmp_path / ("x" * 300)).is_missing


def test_links_in_a_circle(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    (tmp_path / "deeper").symlink_to("deeper/deeper")
    for name in ("a", "a/x", "deeper"):
        assert seen(tmp_path / name).error == errno.ELOOP


def test_each_step_is_noted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "dir").mkdir()
    (tmp_path / "link").symlink_to("dir/gone")
    steps: list[str] = []
    monkeypatch.setattr(operations, "note", steps.append)
    follow(f"{tmp_path}/link/x")
    assert steps[-4:] == [f"{tmp_path}/{way}" for way in ("link", "dir", "dir/gone", "dir/gone/x")]
    steps.clear()
    with pytest.raises(FileNotFoundError):
        read_file(f"{tmp_path}/dir/gone", 10)
    assert steps[-1] == f"{tmp_path}/dir"


def test_a_file_is_read_up_to_a_size(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"12345")
    assert read_file(f"{tmp_path}/file", 5) == (5, b"12345")
    assert read_file(f"{tmp_path}/file", 4) == (5, b"")


def test_a_link_on_the_way_to_a_file_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "dir").mkdir()
    (tmp_path / "dir" / "file").write_text("secret")
    (tmp_path / "link").symlink_to("dir")
    (tmp_path / "dir" / "alias").symlink_to("file")
    for path, words in (("link/file", "Not a directory"), ("dir/alias", "Too many levels of symbolic links")):
        with pytest.raises(OSError, match=words):
            read_file(f"{tmp_path}/{path}", 100)
    with pytest.raises(NotADirectoryError):
        create_file(f"{tmp_path}/link", ["x"], b"")
    assert sorted(path.name for path in (tmp_path / "dir").iterdir()) == ["alias", "file"]


def test_what_is_no_file_is_neither_opened_nor_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError, match="a named pipe"):
        read_file(f"{tmp_path}/pipe", 100)


def test_a_file_is_created_under_the_first_free_name(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a")
    (tmp_path / "b").symlink_to("gone")
    assert create_file(str(tmp_path), ["a", "b", "c"], b"mine") == "c"
    assert (tmp_path / "c").read_bytes() == b"mine"
    assert not (tmp_path / "gone").exists()
    assert create_file(str(tmp_path), ["a", "b", "c"], b"again") is None
    assert (tmp_path / "c").read_bytes() == b"mine"


def test_nothing_is_left_of_a_file_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int, _mode: str) -> None:
        os.close(descriptor)
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fdopen", full)
    with pytest.raises(OSError, match="No space left") as failed:
        create_file(str(tmp_path), ["a"], b"mine")
    assert failed.value.filename == f"{tmp_path}/a"
    assert list(tmp_path.iterdir()) == []


def test_no_descriptor_is_left_open(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    before = len(list(Path("/proc/self/fd").iterdir()))
    for path in ("file", "gone", "gone/x", "file/x"):
        try:
            read_file(f"{tmp_path}/{path}", 10)
        except OSError:
            continue
    create_file(str(tmp_path), ["a"], b"")
    assert len(list(Path("/proc/self/fd").iterdir())) == before
