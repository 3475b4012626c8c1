"""The list of a snapshot's files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from huggingnersc_lab.index.snapshot.manifest import MANIFEST_FILE, Manifest, stamp_of


@pytest.fixture
def manifest(tmp_path: Path) -> Manifest:
    (tmp_path / "file").write_text("content")
    manifest = Manifest({"file": 5}, {"file": stamp_of(tmp_path / "file")})
    manifest.write(tmp_path, 3)
    return manifest


def test_it_is_read_as_it_was_written(manifest: Manifest, tmp_path: Path) -> None:
    assert Manifest.read(tmp_path, 3) == manifest
    assert Manifest.read(tmp_path, 4) is None
    assert Manifest.read(tmp_path / "none", 3) is None


def test_a_flipped_bit_anywhere_makes_it_worthless(manifest: Manifest, tmp_path: Path) -> None:
    path = tmp_path / MANIFEST_FILE
    content = path.read_bytes()
    for place in range(len(content)):
        for bit in range(8):
            damaged = bytearray(content)
            damaged[place] ^= 1 << bit
            path.write_bytes(damaged)
            assert Manifest.read(tmp_path, 3) in (None, manifest)  # a space before the checksum changes nothing
    for end in range(len(content)):
        path.write_bytes(content[:end])
        assert Manifest.read(tmp_path, 3) is None


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b"null", b'{"version": 3}', b'{"version": 3, "checksums": 1, "stamps": 2}', b"\xff"]
)
def test_what_is_no_manifest_is_none(tmp_path: Path, body: bytes) -> None:
    import zlib

    (tmp_path / MANIFEST_FILE).write_bytes(b"%d\n%s" % (zlib.crc32(body), body))
    assert Manifest.read(tmp_path, 3) is None


def test_a_file_that_was_written_or_replaced_is_not_untouched(manifest: Manifest, tmp_path: Path) -> None:
    path = tmp_path / "file"
    assert manifest.is_untouched(path)
    status = path.stat()
    os.truncate(path, 3)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert not manifest.is_untouched(path)
    path.unlink()
    assert not manifest.is_untouched(path)
    path.write_text("content")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns + 1))
    assert not manifest.is_untouched(path)
    (tmp_path / "other").write_text("content")
    assert not manifest.is_untouched(tmp_path / "other")
