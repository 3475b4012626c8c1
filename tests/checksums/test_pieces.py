"""Pieces that are known, pieces that are wanted."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from huggingnersc_lab.checksums.pieces import Pieces, require_length
from huggingnersc_lab.checksums.reading.work import Piece
from huggingnersc_lab.checksums.walk import File
from huggingnersc_lab.errors import CatalogError

LENGTH = 2**14
FILES = [File(b"a", LENGTH - 1, 1, 1), File(b"b", 0, 1, 2), File(b"c", 2 * LENGTH, 1, 3)]
"""Three pieces: the end of the first and the second lie in the last file, the third is one byte short."""


def planned(folder: Path, files: list[File]) -> Pieces:
    pieces = Pieces(folder, LENGTH)
    assert list(pieces.plan(files)) == files
    return pieces


def sha1(number: int) -> bytes:
    return hashlib.sha1(b"%d" % number).digest()


@pytest.fixture
def complete(tmp_path: Path) -> Path:
    """A folder where all pieces of the files are known."""
    pieces = planned(tmp_path, FILES)
    assert (pieces.missing, pieces.digests()) == (3, None)
    for number in (2, 0, 1):
        pieces.take(Piece(number, sha1(number)))
    assert pieces.digests() == sha1(0) + sha1(1) + sha1(2)
    pieces.close()
    return tmp_path


def wanted(pieces: Pieces, count: int = 3) -> list[bool]:
    return [pieces.wants(index) for index in range(count)]


@pytest.mark.parametrize("length", [2**14, 2**20, 2**26])
def test_lengths_that_clients_take(length: int) -> None:
    assert require_length(length) == length


@pytest.mark.parametrize("length", [2**13, 2**14 - 1, 2**14 + 1, 3 * 2**14, 2**27, 0, -1, -(2**14)])
def test_other_lengths(length: int) -> None:
    with pytest.raises(CatalogError) as raised:
        require_length(length)
    assert raised.value.code == "invalid_record"
    assert raised.value.detail == (
        f"A piece of {length} bytes is not possible: choose a power of two from 16 KiB to 64 MiB."
    )
    assert [(fault.pointer, fault.code) for fault in raised.value.fields] == [("/piece_length", "range")]


def test_known_pieces_are_not_wanted_again(complete: Path) -> None:
    again = planned(complete, FILES)
    assert (again.name, again.missing, again.digests()) == (f"pieces-{LENGTH}", 0, sha1(0) + sha1(1) + sha1(2))


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ([*FILES, File(b"d", 1, 1, 4)], [False, False, True]),  # grown at its end, by the byte that was missing
        ([FILES[0]._replace(mtime_ns=2), *FILES[1:]], [True, False, False]),
        ([FILES[0]._replace(size=LENGTH), *FILES[1:]], [True, True, True]),  # moves all that follows
        ([*FILES[:2], FILES[2]._replace(inode=9)], [True, True, True]),
        ([FILES[0], *FILES[2:]], [False, False, False]),  # an empty file is in no piece
    ],
)
def test_what_changed_is_wanted(complete: Path, files: list[File], expected: list[bool]) -> None:
    pieces = planned(complete, files)
    assert wanted(pieces) == expected
    assert pieces.missing == sum(expected)


def test_other_lengths_are_kept_apart(complete: Path) -> None:
    other = Pieces(complete, 2 * LENGTH)
    assert list(other.plan(FILES)) == FILES
    assert other.missing == 2


def test_a_piece_that_could_not_be_read_stays_missing(tmp_path: Path) -> None:
    pieces = planned(tmp_path, FILES)
    for number, digest in enumerate([sha1(0), None, sha1(2)]):
        pieces.take(Piece(number, digest))
    assert (wanted(pieces), pieces.missing, pieces.digests()) == ([False, True, False], 1, None)
    pieces.rescue()
    assert wanted(planned(tmp_path, FILES)) == [False, True, False]


def test_no_data_has_no_pieces(tmp_path: Path) -> None:
    pieces = planned(tmp_path, [File(b"empty", 0, 1, 1)])
    assert (pieces.missing, pieces.digests()) == (0, b"")
    pieces.close()
    assert list(tmp_path.iterdir()) == []
