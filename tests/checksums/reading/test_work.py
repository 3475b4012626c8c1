"""A file that is read in slices, and what is told of it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from huggingnersc_lab.checksums.reading.work import Digested, Reading, Span
from huggingnersc_lab.checksums.walk import File, walk

CONTENT = b"0123456789"

done: list[Reading] = []
"""The readings that are done."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "a").write_bytes(CONTENT)
    return tmp_path / "x"


def reading_of(folder: Path, slices: int = 1, *, ranges: bool = True, algorithms: tuple[str, ...] = ()) -> Reading:
    """A reading of the one file there, told of in ``done``."""
    (file,) = walk(folder)
    return Reading(Span(file, 0, file.size, algorithms, ranges), slices, done.append)


@pytest.fixture(autouse=True)
def _nothing_done() -> None:
    done.clear()


def read(reading: Reading, folder: Path, offset: int = 0, length: int = len(CONTENT)) -> bytes | None:
    into = bytearray(length)
    return bytes(into) if reading.read(os.fsencode(folder), memoryview(into), offset) else None


def descriptors() -> set[str]:
    return {path.name for path in Path("/proc/self/fd").iterdir()}


def test_slices_in_any_order(folder: Path) -> None:
    reading, before = reading_of(folder, 3), descriptors()
    assert [read(reading, folder, at, length) for at, length in ((6, 4), (0, 3), (3, 3))] == [b"6789", b"012", b"345"]
    assert (reading.problem, reading.slices) == (None, 0)
    assert descriptors() == before
    assert done == []  # its digests are not there yet


def test_a_short_read_is_gone_on_with(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.preadv
    monkeypatch.setattr(os, "preadv", lambda fd, buffers, offset: real(fd, [buffers[0][:3]], offset))
    assert read(reading_of(folder), folder, 1, 9) == CONTENT[1:]


def test_what_is_read_for_pieces_alone_is_done_when_it_is_read(folder: Path) -> None:
    reading = reading_of(folder, 2, ranges=False)
    assert reading.is_for_pieces
    read(reading, folder, 0, 5)
    assert done == []
    read(reading, folder, 5, 5)
    assert done == [reading]


@pytest.mark.parametrize(("ranges", "algorithms"), [(True, ()), (False, ("md5",)), (True, ("md5",))])
def test_what_is_read_for_digests(folder: Path, ranges: bool, algorithms: tuple[str, ...]) -> None:
    assert not reading_of(folder, ranges=ranges, algorithms=algorithms).is_for_pieces


CHANGES: list[tuple[Callable[[Path], object], str, str]] = [
    (lambda path: path.write_bytes(CONTENT + b"x"), "changed", "It became longer while it was read."),
    (lambda path: os.truncate(path, 9), "changed", "It became shorter while it was read."),
    (lambda path: os.utime(path, ns=(0, 0)), "changed", "It was written to while it was read."),
    (
        lambda path: (path.rename(path.with_name("b")), path.write_bytes(CONTENT)),
        "changed",
        "It was replaced while it was read.",
    ),
    (lambda path: path.unlink(), "vanished", "It vanished while it was looked at."),
]


@pytest.mark.parametrize(("change", "code", "detail"), CHANGES)
def test_a_change_before_it_is_opened(folder: Path, change: Callable[[Path], object], code: str, detail: str) -> None:
    reading, before = reading_of(folder, 2), descriptors()
    change(folder / "a")
    assert [read(reading, folder, 0, 5), read(reading, folder, 5, 5)] == [None, None]
    assert reading.problem == (b"a", code, detail)
    assert descriptors() == before


@pytest.mark.parametrize(("change", "code", "detail"), CHANGES[:3])
def test_a_change_between_two_slices(folder: Path, change: Callable[[Path], object], code: str, detail: str) -> None:
    reading, before = reading_of(folder, 2), descriptors()
    assert read(reading, folder, 0, 5) == b"01234"
    change(folder / "a")
    assert read(reading, folder, 5, 5) is None
    assert reading.problem == (b"a", code, detail)
    assert descriptors() == before


def test_the_first_problem_stays(folder: Path) -> None:
    reading = reading_of(folder, 3)
    (folder / "a").unlink()
    read(reading, folder, 0, 1)
    (folder / "a").write_bytes(b"other content")
    read(reading, folder, 1, 1)
    read(reading, folder, 2, 1)
    assert reading.problem is not None
    assert reading.problem.code == "vanished"


def test_digests_are_told_once_all_are_there(folder: Path) -> None:
    reading = reading_of(folder, algorithms=("md5",))
    reading.expected = 3
    reading.take(1, b"\x01")
    reading.take("md5", b"\xab\xcd")
    assert done == []
    reading.take(0, b"\x00")
    assert done == [reading]
    assert reading.digested() == Digested(reading.span, (b"\x00", b"\x01"), {"md5": "abcd"})


def test_a_digest_that_could_not_be_made_counts(folder: Path) -> None:
    reading = reading_of(folder)
    reading.expected = 2
    reading.take(0, None)
    reading.take(1, b"\x01")
    assert (done, reading.found) == ([reading], {1: b"\x01"})


def test_work_that_is_given_up_lets_go_of_the_file(folder: Path) -> None:
    reading, before = reading_of(folder, 2), descriptors()
    read(reading, folder, 0, 5)
    assert len(descriptors() - before) == 1
    reading.close()
    reading.close()
    assert descriptors() == before


def test_a_fifo_in_place_of_the_file_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a")
    reading = Reading(Span(File(b"a", 1, 1, 1), 0, 1), 1, done.append)
    assert read(reading, tmp_path, 0, 1) is None
    assert reading.problem is not None
    assert reading.problem.code == "changed"
