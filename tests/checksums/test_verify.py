"""What changed since the checksums were computed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from huggingnersc_lab.checksums import Manifest, digest_tree, verify
from huggingnersc_lab.checksums import verify as function
from huggingnersc_lab.checksums.reading import work
from huggingnersc_lab.checksums.verify import is_in_part
from huggingnersc_lab.errors import CatalogError

from .conftest import RANGE


@pytest.fixture(autouse=True)
def _small_ranges(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(function.__globals__, "RANGE_BYTES", RANGE)


@pytest.fixture
def known(data: Path, manifest: Manifest) -> Manifest:
    digest_tree(data, manifest)
    return manifest


def damage(path: Path, at: int) -> None:
    """Another byte, with the size and the times that were there."""
    status = path.stat()
    with path.open("r+b") as stream:
        stream.seek(at)
        byte = stream.read(1)[0]
        stream.seek(at)
        stream.write(bytes([byte ^ 1]))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def kinds(data: Path, manifest: Manifest, **how: object) -> dict[str, str]:
    found = verify(data, manifest, **how)
    assert found.counts == {kind: [one.kind for one in found.changes.values()].count(kind) for kind in found.counts}
    return {os.fsdecode(path): change.kind for path, change in found.changes.items()}


def test_nothing_changed(data: Path, known: Manifest) -> None:
    found = verify(data, known)
    assert found.is_unchanged
    assert found.bytes_read == found.bytes == sum(path.stat().st_size for path in data.rglob("*") if path.is_file())
    assert found.files == 37
    quick = verify(data, known, quick=True)
    assert quick.is_unchanged
    assert quick.bytes_read == 0


def test_each_kind_of_change(data: Path, known: Manifest) -> None:
    (data / "a" / "03.bin").unlink()
    (data / "new").touch()
    (data / "a.txt").write_bytes(b"other")
    damage(data / "b" / "10.bin", 3 * RANGE + 5)
    os.utime(data / "c" / "05.bin")  # nothing but its time
    (data / "c" / "08.bin").write_bytes(b"x" * (data / "c" / "08.bin").stat().st_size)
    before = list(known.lines())
    common = {"a/03.bin": "gone", "new": "new", "a.txt": "changed", "c/08.bin": "changed"}
    assert kinds(data, known) == {**common, "b/10.bin": "damaged"}
    assert kinds(data, known, quick=True) == {**common, "c/05.bin": "changed"}
    assert list(known.lines()) == before
    details = {change.to_dict()["path"]: change.detail for change in verify(data, known).changes.values()}
    assert details["a.txt"] == "It had 47 bytes, and has 5."
    assert "although size and time are the same" in details["b/10.bin"]


def test_a_copy_to_another_place_is_no_change(data: Path, known: Manifest) -> None:
    (data / "a.txt").rename(data.parent / "moved")
    (data / "a.txt").write_bytes((data.parent / "moved").read_bytes())
    status = (data.parent / "moved").stat()
    os.utime(data / "a.txt", ns=(status.st_atime_ns, status.st_mtime_ns))
    assert verify(data, known).is_unchanged
    assert verify(data, known, quick=True).is_unchanged


def test_all_parts_together_read_everything_once(data: Path, known: Manifest) -> None:
    parts = 7
    found = [verify(data, known, part=(number, parts)) for number in range(1, parts + 1)]
    assert sum(one.bytes_read for one in found) == found[0].bytes
    assert max(one.bytes_read for one in found) < found[0].bytes / 2
    damage(data / "b" / "10.bin", 2 * RANGE)
    seen = [kinds(data, known, part=(number, parts)) for number in range(1, parts + 1)]
    assert sorted(map(len, seen)) == [0] * (parts - 1) + [1]
    assert {"b/10.bin": "damaged"} in seen


def test_a_range_stays_in_its_part() -> None:
    for number in range(50):
        assert [is_in_part(b"some/file", number, part, 30) for part in range(1, 31)].count(True) == 1
    share = sum(is_in_part(b"%d" % name, 0, 3, 30) for name in range(3000))
    assert 60 < share < 140


@pytest.mark.parametrize("part", [(0, 30), (31, 30), (1, 0), (1, 1001), (-1, -1)])
def test_a_part_that_is_not_possible(data: Path, known: Manifest, part: tuple[int, int]) -> None:
    with pytest.raises(CatalogError, match="There is no part"):
        verify(data, known, part=part)


def test_what_cannot_be_read_is_neither_gone_nor_changed(
    data: Path, known: Manifest, monkeypatch: pytest.MonkeyPatch
) -> None:
    inode, real_read, real_scan = (data / "c" / "02.bin").stat().st_ino, os.preadv, os.scandir

    def read(descriptor: int, buffers: list[memoryview], offset: int) -> int:
        if os.fstat(descriptor).st_ino == inode:
            raise OSError(5, "Input/output error")
        return real_read(descriptor, buffers, offset)

    def scan(path: bytes) -> os.ScandirIterator[bytes]:
        if path.endswith(b"/b/"):
            raise PermissionError(13, "Permission denied", path)
        return real_scan(path)

    monkeypatch.setattr(work.os, "preadv", read)
    monkeypatch.setattr(os, "scandir", scan)
    found = verify(data, known)
    assert found.changes == {}
    assert [(one.name, one.code) for one in found.problems] == [("b/", "unreadable"), ("c/02.bin", "unreadable")]
    assert not found.is_unchanged


def test_without_a_manifest_or_without_data(data: Path, manifest: Manifest) -> None:
    with pytest.raises(CatalogError, match="no checksums of this dataset yet"):
        verify(data, manifest)
    digest_tree(data, manifest)
    with pytest.raises(CatalogError, match="was not found"):
        verify(data / "gone", manifest)
