"""The file of an archive."""

from __future__ import annotations

import hashlib
import os
import threading
from pathlib import Path

import pytest

from huggingnersc_lab.channels.drive.archive.output import BLOCK, WAITING, Output

CONTENT = bytes(range(256)) * (3 * BLOCK // 256) + b"end"


def write_blocks(output: Output, count: int) -> None:
    for _ in range(count):
        output.write(bytes(BLOCK))


@pytest.mark.parametrize("size", [1 << 12, BLOCK - 1, BLOCK, len(CONTENT)])
@pytest.mark.parametrize("algorithm", ["md5", "sha256"])
def test_content_size_and_digest(tmp_path: Path, size: int, algorithm: str) -> None:
    with Output(tmp_path / "a", algorithm) as output:
        for at in range(0, len(CONTENT), size):
            data = CONTENT[at : at + size]
            assert output.write(data) == len(data)
        assert output.finish() == hashlib.new(algorithm, CONTENT).hexdigest()
        assert output.size == len(CONTENT)
    assert (tmp_path / "a").read_bytes() == CONTENT


def test_md5_where_nothing_else_is_said(tmp_path: Path) -> None:
    with Output(tmp_path / "a") as output:
        assert output.finish() == "d41d8cd98f00b204e9800998ecf8427e"  # of nothing, RFC 1321


def test_size_is_in_bytes(tmp_path: Path) -> None:
    with Output(tmp_path / "a") as output:
        assert output.write(memoryview(b"12345678").cast("I")) == 8
        assert (output.size, output.writable(), output.seekable()) == (8, True, False)


def test_it_may_be_read_by_all(tmp_path: Path) -> None:
    umask = os.umask(0o022)
    try:
        Output(tmp_path / "a").close()
    finally:
        os.umask(umask)
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("is_link", [True, False])
def test_what_is_there_is_not_written_over(tmp_path: Path, is_link: bool) -> None:
    if is_link:
        (tmp_path / "a").symlink_to(tmp_path / "b")
    else:
        (tmp_path / "a").write_bytes(b"theirs")
    with pytest.raises(FileExistsError):
        Output(tmp_path / "a")
    assert not (tmp_path / "b").exists()


def test_short_writes_are_gone_on_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: real(descriptor, bytes(data[:1000])))
    with Output(tmp_path / "a") as output:
        output.write(CONTENT[:5001])
        output.finish()
    assert (tmp_path / "a").read_bytes() == CONTENT[:5001]


def test_a_full_disk_is_told_by_a_later_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    failed = threading.Event()

    def fail(*_: object) -> int:
        failed.set()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", fail)
    with Output(tmp_path / "a") as output:
        output.write(bytes(BLOCK))
        assert failed.wait(60)
        with pytest.raises(OSError, match="No space left"):
            write_blocks(output, WAITING + 10)  # more than may wait for the disk
        with pytest.raises(OSError, match="No space left"):
            output.finish()


def test_a_full_disk_is_told_at_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", fail)
    with Output(tmp_path / "a") as output:
        output.write(b"x")
        with pytest.raises(OSError, match="No space left"):
            output.finish()


def test_closing_ends_the_thread_and_the_file(tmp_path: Path) -> None:
    before = threading.active_count()
    output = Output(tmp_path / "a")
    output.write(CONTENT)
    output.close()
    output.close()
    assert (output.closed, threading.active_count()) == (True, before)
