"""Which files there are, in which order, and what is left alone."""

from __future__ import annotations

import os
import socket
import subprocess
from pathlib import Path

import pytest

from huggingnersc_lab.checksums import File, Problem, walk
from huggingnersc_lab.errors import CatalogError


def found_in(root: Path) -> tuple[list[bytes], dict[bytes, Problem]]:
    problems: list[Problem] = []
    paths = [file.path for file in walk(root, problems.append)]
    return paths, {problem.path: problem for problem in problems}


def test_the_order_is_that_of_sort(data: Path) -> None:
    for name in ("a-1", "a0", "B", "ä", "b.x"):
        (data / name).write_bytes(b"x")
    paths, problems = found_in(data)
    command = "find . -type f -printf '%P\\0' | LC_ALL=C sort -z"
    expected = subprocess.run(["sh", "-c", command], cwd=data, capture_output=True, check=True).stdout
    assert paths == expected.rstrip(b"\0").split(b"\0")
    assert problems == {}


def test_a_file_has_the_state_that_the_system_tells(tmp_path: Path) -> None:
    path = tmp_path / "one"
    path.write_bytes(b"12345")
    status = path.stat()
    assert list(walk(tmp_path)) == [File(b"one", 5, status.st_mtime_ns, status.st_ino)]


def test_data_may_be_one_file_or_a_link_to_the_data(tmp_path: Path, data: Path) -> None:
    assert [file.path for file in walk(data / "a.txt")] == [b"a.txt"]
    (tmp_path / "link").symlink_to(data)
    assert found_in(tmp_path / "link") == found_in(data)


def test_names_of_every_kind(tmp_path: Path) -> None:
    names = [b"line\nend", b"tab\t", b"\xff\xfe", b"Case", b"case", b"x" * 255, b"%0A", b" ", b"-rf"]
    for name in names:
        (tmp_path / os.fsdecode(name)).write_bytes(b"")
    paths, problems = found_in(tmp_path)
    assert paths == sorted(names)
    assert problems == {}
    assert File(b"\xff", 0, 0, 0).name == "\udcff"


def test_links_are_followed_to_files_of_the_data_only(tmp_path: Path) -> None:
    root = tmp_path / "root"
    (root / "folder").mkdir(parents=True)
    (root / "folder" / "real").write_bytes(b"123")
    (tmp_path / "rooted").mkdir()
    (tmp_path / "rooted" / "secret").write_bytes(b"secret")
    for name, target in {
        "inside": "folder/real",
        "outside": tmp_path / "rooted" / "secret",
        "out-folder": tmp_path / "rooted",
        "loop": "loop",
        "up": ".",
        "sub": "folder",
        "nowhere": "missing",
    }.items():
        (root / name).symlink_to(target)
    files = list(walk(root))
    assert [(file.path, file.size) for file in files] == [(b"folder/real", 3), (b"inside", 3)]
    _, problems = found_in(root)
    assert {path: problem.code for path, problem in problems.items()} == dict.fromkeys(
        [b"loop", b"nowhere", b"out-folder", b"outside", b"sub", b"up"], "link"
    )
    assert "leads out of the data" in problems[b"outside"].detail
    assert "a broken link" in problems[b"loop"].detail
    assert "whose files are counted there" in problems[b"up"].detail


def test_what_is_no_file_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe")
    monkeypatch.chdir(tmp_path)  # the path of a socket is short
    with socket.socket(socket.AF_UNIX) as one:
        one.bind("socket")
        paths, problems = found_in(tmp_path)
    assert paths == []
    assert problems[b"pipe"] == Problem(b"pipe", "special", "It is a named pipe.")
    assert problems[b"socket"].detail == "It is a socket."


def test_a_folder_that_cannot_be_read_hides_no_other(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.scandir

    def refuse(path: bytes) -> os.ScandirIterator[bytes]:  # root may read everything
        if path.endswith(b"/b/"):
            raise PermissionError(13, "Permission denied", path)
        return real(path)

    monkeypatch.setattr(os, "scandir", refuse)
    paths, problems = found_in(data)
    assert {path[:2] for path in paths} == {b"a.", b"a/", b"c/"}
    assert problems == {b"b/": Problem(b"b/", "unreadable", "You have no right to read it.")}


@pytest.mark.parametrize("name", ["missing", "nul\0", "a.txt/below"])
def test_data_that_is_not_there(data: Path, name: str) -> None:
    with pytest.raises(CatalogError, match="was not found") as caught:
        walk(f"{data}/{name}")
    assert caught.value.code == "not_found"
