"""Lines that are appended, and may be cut off at any moment."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from huggingnersc_lab.checksums.manifest import journal as module
from huggingnersc_lab.checksums.manifest.journal import Journal, read_journal
from huggingnersc_lab.errors import CatalogError


def test_what_was_cut_off_or_damaged_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    journal = Journal(path)
    for number in range(5):
        journal.append(b"line %d\n" % number)
    journal.close()
    whole = path.read_bytes()
    assert path.stat().st_mode & 0o777 == 0o600
    size = len(whole) // 5
    for cut in range(len(whole) + 1):
        path.write_bytes(whole[:cut])
        assert list(read_journal(path)) == [b"line %d\n" % number for number in range(cut // size)]
    path.write_bytes(whole.replace(b"line 2", b"lime 2").replace(b"\n", b"\n\0\0\n"))
    assert list(read_journal(path)) == [b"line %d\n" % number for number in (0, 1, 3, 4)]
    assert list(read_journal(tmp_path / "none")) == []


def test_nothing_is_made_before_there_is_a_line(tmp_path: Path) -> None:
    Journal(tmp_path / "journal").close()
    assert not (tmp_path / "journal").exists()


def test_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, room = os.write, [20]

    def write(descriptor: int, data: memoryview) -> int:
        if not room[0]:
            raise OSError(errno.ENOSPC, "No space left on device")
        count = real(descriptor, data[: room[0]])
        room[0] -= count
        return count

    monkeypatch.setattr(module.os, "write", write)
    journal = Journal(tmp_path / "journal")
    journal.append(b"first\n")
    journal.append(b"second\n")
    with pytest.raises(CatalogError, match=r"No space left.*written before are kept") as caught:
        journal.close()
    assert caught.value.code == "storage"
    assert list(read_journal(tmp_path / "journal")) == [b"first\n"]
    journal.rescue()
