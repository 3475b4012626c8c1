"""Every digest from one read, next to the standard library."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from blake3 import blake3

from huggingnersc_lab.checksums import ALGORITHMS, Manifest, Progress, digest_tree, walk
from huggingnersc_lab.checksums.reading import work
from huggingnersc_lab.checksums.tree import is_below
from huggingnersc_lab.errors import CatalogError

from .conftest import BLOCK, RANGE


def content(root: Path) -> dict[bytes, bytes]:
    return {file.path: (root / file.name).read_bytes() for file in walk(root)}


def pieces_of(data: bytes, length: int) -> bytes:
    return b"".join(hashlib.sha1(data[at : at + length]).digest() for at in range(0, len(data), length))


@pytest.mark.parametrize("threads", [1, 4])
@pytest.mark.parametrize("piece_length", [None, 2**14, 2**16, 2**20])
def test_every_digest_is_that_of_the_standard_library(
    data: Path, manifest: Manifest, piece_length: int | None, threads: int
) -> None:
    outcome = digest_tree(data, manifest, ALGORITHMS, piece_length=piece_length, threads=threads)
    expected = content(data)
    found = {entry.file.path: entry for entry in manifest.entries()}
    assert list(found) == list(expected)
    for path, entry in found.items():
        whole = expected[path]
        assert entry.digests["md5"] == hashlib.md5(whole).hexdigest()
        assert entry.digests["sha256"] == hashlib.sha256(whole).hexdigest()
        assert entry.digests["blake3"] == blake3(whole).hexdigest()
        starts = range(0, max(1, len(whole)), RANGE)
        assert list(entry.ranges) == [blake3(whole[at : at + RANGE]).digest() for at in starts]
    if piece_length:
        assert outcome.pieces == pieces_of(b"".join(expected.values()), piece_length)
    size = sum(map(len, expected.values()))
    assert (outcome.summary.files, outcome.summary.bytes, outcome.bytes_read) == (len(expected), size, size)
    assert outcome.is_complete
    assert outcome.problems == []


def test_what_is_unchanged_is_not_read_again(data: Path, manifest: Manifest) -> None:
    first = digest_tree(data, manifest, ["md5"])
    again = digest_tree(data, manifest, ["md5"])
    assert (again.files_read, again.bytes_read, again.summary) == (0, 0, first.summary)
    (data / "a.txt").write_bytes(b"changed")
    (data / "b" / "01.bin").unlink()
    (data / "new").write_bytes(b"new")
    changed = digest_tree(data, manifest, ["md5"])
    assert (changed.files_read, changed.bytes_read, changed.files_gone) == (2, 10, 1)
    fresh = Manifest(manifest.folder.with_name("fresh"))
    assert digest_tree(data, fresh, ["md5"]).summary.fingerprint == changed.summary.fingerprint
    assert list(fresh.lines()) == list(manifest.lines())


def test_a_further_digest_keeps_the_others(data: Path, manifest: Manifest) -> None:
    digest_tree(data, manifest, ["md5"])
    fingerprint = digest_tree(data, manifest, ["sha256"]).summary.fingerprint
    assert all(entry.digests.keys() == {"md5", "sha256"} for entry in manifest.entries())
    assert digest_tree(data, manifest, ["md5", "sha256"]).files_read == 0
    assert digest_tree(data, manifest).summary.fingerprint == fingerprint


def test_pieces_are_read_again_only_where_they_changed(data: Path, manifest: Manifest) -> None:
    digest_tree(data, manifest, piece_length=BLOCK)
    assert digest_tree(data, manifest, piece_length=BLOCK).bytes_read == 0
    (data / "zz").write_bytes(b"at the end")
    outcome = digest_tree(data, manifest, piece_length=BLOCK)
    assert outcome.pieces == pieces_of(b"".join(content(data).values()), BLOCK)
    assert outcome.bytes_read < 2 * BLOCK
    other = digest_tree(data, manifest, piece_length=2 * BLOCK)
    assert other.pieces == pieces_of(b"".join(content(data).values()), 2 * BLOCK)


def test_an_empty_folder_and_an_empty_file(tmp_path: Path, manifest: Manifest) -> None:
    (tmp_path / "none").mkdir()
    none = digest_tree(tmp_path / "none", manifest, ALGORITHMS, piece_length=BLOCK)
    assert (none.summary.files, none.pieces) == (0, b"")
    (tmp_path / "none" / "empty").touch()
    one = digest_tree(tmp_path / "none", manifest, ALGORITHMS, piece_length=BLOCK)
    assert (one.summary.files, one.summary.bytes, one.pieces) == (1, 0, b"")
    assert one.summary.fingerprint != none.summary.fingerprint


def test_progress_comes_to_its_end(data: Path, manifest: Manifest) -> None:
    told: list[Progress] = []
    outcome = digest_tree(data, manifest, ["md5"], on_progress=told.append)
    assert told[0].phase == "compare"
    assert told[-1] == Progress("read", outcome.files_read, outcome.bytes_read, outcome.bytes_read)


def test_files_in_a_place_that_is_gone(tmp_path: Path, manifest: Manifest) -> None:
    with pytest.raises(CatalogError, match="was not found"):
        digest_tree(tmp_path / "gone", manifest)
    assert not manifest.folder.exists()


@pytest.mark.parametrize("asked", [["sha1"], ["md5", "crc32"]])
def test_a_digest_that_is_not_known(data: Path, manifest: Manifest, asked: list[str]) -> None:
    with pytest.raises(CatalogError, match=f"no digest '{asked[-1]}'"):
        digest_tree(data, manifest, asked)


@pytest.mark.parametrize(
    ("happens", "detail"),
    [
        (lambda path: path.write_bytes(path.read_bytes() + b"more"), "became longer"),
        (lambda path: os.truncate(path, 5), "became shorter"),
        (lambda path: os.utime(path, ns=(0, 0)), "was written to"),
        (lambda path: path.unlink(), "vanished"),
        (lambda path: (path.rename(path.with_name("x")), path.write_bytes(b"other")), "was replaced"),
    ],
)
@pytest.mark.parametrize("name", ["a/00.bin", "a/03.bin", "b/10.bin"])  # empty, small, large
def test_a_file_that_changes_before_it_is_read(
    data: Path, manifest: Manifest, happens: Callable[[Path], object], detail: str, name: str
) -> None:
    if name == "a/00.bin" and "shorter" in detail:
        detail = "became longer"  # what is empty cannot become shorter
    files = list(walk(data))
    happens(data / name)
    outcome = digest_tree(data, manifest, ALGORITHMS, files=files, piece_length=BLOCK)
    assert [(problem.name, detail in problem.detail) for problem in outcome.problems] == [(name, True)]
    assert outcome.summary.fingerprint is None
    assert outcome.pieces is None
    assert [entry.file for entry in manifest.entries()] == [file for file in files if file.name != name]
    whole = digest_tree(data, manifest, ALGORITHMS, piece_length=BLOCK)
    assert whole.pieces == pieces_of(b"".join(content(data).values()), BLOCK)
    assert whole.summary.fingerprint


@pytest.mark.parametrize("when", [0, 1, 7])
def test_a_file_that_changes_while_it_is_read(
    data: Path, manifest: Manifest, monkeypatch: pytest.MonkeyPatch, when: int
) -> None:
    name, real, calls = "b/10.bin", os.preadv, []

    def read(descriptor: int, buffers: list[memoryview], offset: int) -> int:
        count = real(descriptor, buffers, offset)
        if os.fstat(descriptor).st_ino == inode:
            calls.append(offset)
            if len(calls) == when + 1:
                with (data / name).open("ab") as stream:
                    stream.write(b"more")
        return count

    inode = (data / name).stat().st_ino
    monkeypatch.setattr(work.os, "preadv", read)
    outcome = digest_tree(data, manifest, ALGORITHMS)
    assert [(one.name, one.code, one.detail) for one in outcome.problems] == [
        (name, "changed", "It became longer while it was read.")
    ]
    assert outcome.files_read == outcome.summary.files - 1


def test_a_file_that_cannot_be_read(data: Path, manifest: Manifest, monkeypatch: pytest.MonkeyPatch) -> None:
    digest_tree(data, manifest, ["md5"])
    known = list(manifest.lines())
    inode, real = (data / "c" / "23.bin").stat().st_ino, os.preadv

    def fail(descriptor: int, buffers: list[memoryview], offset: int) -> int:
        if os.fstat(descriptor).st_ino == inode:
            raise OSError(5, "Input/output error")
        return real(descriptor, buffers, offset)

    monkeypatch.setattr(work.os, "preadv", fail)
    (data / "c" / "23.bin").write_bytes(b"x" * 3 * BLOCK)
    outcome = digest_tree(data, manifest, ["md5"])
    assert [problem.to_dict() for problem in outcome.problems] == [
        {"path": "c/23.bin", "code": "unreadable", "detail": "It cannot be read: Input/output error."}
    ]
    assert list(manifest.lines()) == known  # what was known of its former state is kept


def test_what_is_below_a_folder() -> None:
    failed = {b"a/b/", b"c"}
    paths = (b"a/b/x/y", b"a/b", b"a/bc", b"c", b"cd")
    assert [path for path in paths if is_below(path, failed)] == [b"a/b/x/y", b"c"]
    assert is_below(b"x", {b""}) is True
    assert is_below(b"x", set()) is False
