"""Only regular files are read, and only so much of them."""

from __future__ import annotations

import errno
import os
import socket
import stat
from pathlib import Path

import pytest

from huggingnersc_lab.regular import UnreadableError, kind_of, no_file, read_regular, read_text, reason


def test_a_file_is_read_if_it_is_not_too_large(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"12345")
    assert read_regular(path, 5) == (5, b"12345")
    assert read_regular(str(path), 4) == (5, b"")
    with path.open("r+b") as stream:
        stream.truncate(2**40)
    assert read_regular(path, 4) == (2**40, b"")


def test_a_file_that_does_not_tell_its_size() -> None:
    size, content = read_regular("/proc/self/status", 100_000)
    assert size == len(content) > 100
    assert read_regular("/proc/self/status", 10) == (11, b"")


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("gone", "does not exist"),
        ("gone/x", "does not exist"),
        ("folder", "is a folder, not a file"),
        ("pipe", "is a named pipe, not a file"),
        ("socket", "is a socket, not a file"),
        ("circle", "is a symbolic link that is not followed"),
        ("nul\0", "does not exist"),
        ("half\ud800", "does not exist"),
    ],
)
def test_what_is_no_file_is_named_and_never_waited_for(kind: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "circle").symlink_to("circle")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "socket"))
        with pytest.raises((OSError, ValueError)) as refused:
            read_regular(tmp_path / kind, 10)
    assert no_file(refused.value) == words


@pytest.mark.parametrize("path", ["/dev/zero", "/dev/null", "/dev/tty"])
def test_a_device_is_not_opened(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if not Path(path).exists():
        pytest.skip(f"there is no {path}")
    monkeypatch.setattr(os, "open", lambda *_, **__: pytest.fail("it was opened"))
    with pytest.raises(OSError, match="a device"):
        read_regular(path, 10)


def test_what_becomes_a_pipe_before_it_is_opened_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    before = (tmp_path / "file").stat()
    (tmp_path / "file").unlink()
    os.mkfifo(tmp_path / "file")
    monkeypatch.setattr(os, "stat", lambda *_, **__: before)
    with pytest.raises(OSError, match="a named pipe"):
        read_regular(tmp_path / "file", 10)


def test_a_link_is_followed_unless_it_must_not_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "link").symlink_to("file")
    assert read_regular(tmp_path / "link", 10) == (1, b"x")
    with pytest.raises(OSError, match="Too many levels of symbolic links"):
        read_regular(tmp_path / "link", 10, follow=False)


def test_a_refusal_is_no_missing_file() -> None:
    refused = PermissionError(errno.EACCES, "Permission denied")
    assert no_file(refused) is None
    assert reason(refused) == "Permission denied"
    assert no_file(OSError(errno.EINVAL, "Invalid argument")) is None


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff", "it is not UTF-8"),
        (b"x" * (2**20 + 1), "it is larger than 1 MiB"),
        (None, "No such file or directory"),
    ],
)
def test_why_a_text_cannot_be_read(content: bytes | None, words: str, tmp_path: Path) -> None:
    path = tmp_path / "text"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UnreadableError, match=words):
        read_text(path, 2**20)


def test_a_text_has_neither_mark_nor_carriage_returns(tmp_path: Path) -> None:
    (tmp_path / "text").write_bytes("\ufeffä\r\nb\n".encode())
    assert read_text(tmp_path / "text", 100) == "ä\nb\n"
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UnreadableError, match="it is a named pipe, not a file"):
        read_text(tmp_path / "pipe", 100)


def test_every_kind_is_told_by_name() -> None:
    kinds = {kind_of(kind) for kind in (stat.S_IFIFO, stat.S_IFSOCK, stat.S_IFCHR, stat.S_IFBLK)}
    assert kinds == {"a named pipe", "a socket", "a device"}
    assert kind_of(0) == "something else"
