"""Opening files, and telling text."""

from __future__ import annotations

import gzip
import io
import os
from pathlib import Path

import pytest

from huggingnersc_lab.inspection.formats.base import DamagedError, is_text, open_plain, open_regular, read_most


@pytest.mark.parametrize(
    ("head", "is_it"),
    [
        (b"a\tb\r\n", True),
        ("é".encode(), True),
        ("é".encode("latin-1"), True),
        ("é".encode()[:1], True),
        (b"a\0", False),
        (b"\x1f\x8b\x08", False),
        ("a".encode("utf-16"), False),
    ],
)
def test_text(head: bytes, is_it: bool) -> None:
    assert is_text(head) is is_it


def test_what_is_packed_is_unpacked_up_to_a_limit(tmp_path: Path) -> None:
    path = tmp_path / "bomb.gz"
    path.write_bytes(gzip.compress(b"0" * 2**24))
    with open_plain(str(path)) as stream:
        assert read_most(stream, 1000) == (b"0" * 1000, False)
    path.write_bytes(path.read_bytes()[:2000])
    with open_plain(str(path)) as stream:
        content, is_damaged = read_most(stream, 2**30)
    assert is_damaged
    assert set(content) == {ord("0")}
    assert read_most(io.BytesIO(b"abc"), 2) == (b"ab", False)


def test_only_files_are_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", tmp_path, Path("/dev/null")):
        with pytest.raises(DamagedError):
            open_regular(str(path))
