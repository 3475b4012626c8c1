"""SHA-1 of the pieces of all files, one after the other, as BitTorrent v1 (BEP 3) has it.

A piece that was computed is kept with a key of what it was computed of: the files that it touches, their states and
where in them it begins. So a run that was stopped, or a dataset that grew at its end, reads the other pieces only.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from huggingnersc_lab.checksums.manifest.journal import Journal, read_journal
from huggingnersc_lab.checksums.manifest.line import state_of
from huggingnersc_lab.checksums.reading.work import Piece
from huggingnersc_lab.checksums.walk import File
from huggingnersc_lab.errors import CatalogError, FieldError

LEAST_LENGTH = 2**14
MOST_LENGTH = 2**26
_KEY_BYTES = 16
_SHA1_BYTES = 20
_NONE = b"\0" * _SHA1_BYTES


def require_length(length: int) -> int:
    """A piece length that clients take.

    Raises:
        CatalogError: ``invalid_record`` where it is no power of two, or out of bounds.
    """
    if LEAST_LENGTH <= length <= MOST_LENGTH and length & (length - 1) == 0:
        return length
    detail = f"A piece of {length} bytes is not possible: choose a power of two from 16 KiB to 64 MiB."
    raise CatalogError("invalid_record", detail, [FieldError("/piece_length", "range", detail)])


class Pieces:
    """The pieces of one piece length.

    Args:
        folder: where they are kept, that of the manifest.
        length: bytes of a piece.

    Attributes:
        length: see above.
        name: of the file that has them.
    """

    def __init__(self, folder: Path, length: int) -> None:
        self.length = require_length(length)
        self.name = f"pieces-{length}"
        self._path = folder / self.name
        self._journal = Journal(self._path)
        self._keys = bytearray()
        self._digests = bytearray()

    def plan(self, files: Iterable[File]) -> Iterator[File]:
        """Pass files on, and find out which pieces are known of them."""
        known = dict(_known(self._path))
        length = self.length
        hasher, filled = hashlib.blake2b(digest_size=_KEY_BYTES), 0
        for file in files:
            yield file
            state, offset = state_of(file), 0
            while offset < file.size:
                taken = min(length - filled, file.size - offset)
                hasher.update(b"%b%d %d\n" % (state, offset, taken))
                offset += taken
                filled += taken
                if filled == length:
                    self._add(hasher.digest(), known)
                    hasher, filled = hashlib.blake2b(digest_size=_KEY_BYTES), 0
        if filled:
            self._add(hasher.digest(), known)

    def _add(self, key: bytes, known: dict[bytes, bytes]) -> None:
        self._keys += key
        self._digests += known.get(key, _NONE)

    def wants(self, index: int) -> bool:
        """Whether a piece is to be computed."""
        return self._at(index) == _NONE

    @property
    def missing(self) -> int:
        """How many pieces are to be computed."""
        return sum(map(self.wants, range(len(self._digests) // _SHA1_BYTES)))

    def take(self, piece: Piece) -> None:
        """Keep a piece that was computed."""
        if piece.sha1 is not None:
            start = piece.number * _SHA1_BYTES
            self._digests[start : start + _SHA1_BYTES] = piece.sha1
            key = self._keys[piece.number * _KEY_BYTES : (piece.number + 1) * _KEY_BYTES]
            self._journal.append(b"%b %b\n" % (key.hex().encode(), piece.sha1.hex().encode()))

    def digests(self) -> bytes | None:
        """SHA-1 of all pieces, 20 bytes each, one after the other; None while one is missing."""
        return None if self.missing else bytes(self._digests)

    def close(self) -> None:
        """Write the rest, to the disk."""
        self._journal.close()

    def rescue(self) -> None:
        """Write what can be written: something went wrong."""
        self._journal.rescue()

    def _at(self, index: int) -> bytes:
        return bytes(self._digests[index * _SHA1_BYTES : (index + 1) * _SHA1_BYTES])


def _known(path: Path) -> Iterator[tuple[bytes, bytes]]:
    for line in read_journal(path):
        key, _, digest = line.strip().partition(b" ")
        yield bytes.fromhex(key.decode()), bytes.fromhex(digest.decode())
