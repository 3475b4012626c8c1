"""What is read, and what is to come of it."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from huggingnersc_lab.checksums.problem import Problem, problem_of
from huggingnersc_lab.checksums.reading.lanes import Lane
from huggingnersc_lab.checksums.walk import File

_FLAGS = os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC


class Span(NamedTuple):
    """A part of a file, or all of it, that is to be read.

    Attributes:
        file: the file.
        start: first byte; a multiple of :data:`RANGE_BYTES`.
        stop: where it ends; a multiple as well, or the file's end.
        algorithms: digests of the whole file that are wanted; only for a span that is the whole file.
        ranges: whether the digests of its ranges are wanted.
        stream_at: where the file begins in the concatenation of all files, for the digests of pieces.
    """

    file: File
    start: int
    stop: int
    algorithms: tuple[str, ...] = ()
    ranges: bool = True
    stream_at: int = 0


class Digested(NamedTuple):
    """A span that was read whole.

    Attributes:
        span: the span.
        ranges: BLAKE3 of each of its ranges; empty where they were not wanted.
        digests: algorithm → hexadecimal digest.
    """

    span: Span
    ranges: tuple[bytes, ...]
    digests: dict[str, str]


class Piece(NamedTuple):
    """A piece of the concatenation of all files.

    Attributes:
        number: its place among the pieces.
        sha1: its digest; None where a file of it could not be read.
    """

    number: int
    sha1: bytes | None


@dataclass(eq=False)
class Reading:
    """A span at work.

    Attributes:
        span: the span.
        slices: how many slices of it are not read yet.
        on_done: called once, when all of it was read and digested, or could not be.
        lanes: lanes for its digests where it is large, with the size of its ranges; what they are of is an algorithm,
            or the number of a range in the span.
        expected: how many digests there will be, where it is large.
        found: digests by what they are of.
        problem: why it could not be read.
    """

    span: Span
    slices: int
    on_done: Callable[[Reading], None]
    lanes: dict[str | int, Lane] = field(default_factory=dict)
    expected: int = 0
    found: dict[str | int, bytes] = field(default_factory=dict)
    problem: Problem | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)
    _unfinished: int = 0
    _descriptor: int = -1

    def digested(self) -> Digested:
        """What came of it, where it has no problem."""
        found = self.found
        count = sum(isinstance(key, int) for key in found)
        digests = {key: value.hex() for key, value in found.items() if isinstance(key, str)}
        return Digested(self.span, tuple(found[number] for number in range(count)), digests)

    def take(self, key: str | int, digest: bytes | None) -> None:
        """Keep what came out of a lane."""
        with self.lock:
            if digest is not None:
                self.found[key] = digest
            self._unfinished += 1
            is_done = self._unfinished == self.expected
        if is_done:
            self.on_done(self)

    def read(self, base: bytes, into: memoryview, offset: int) -> bool:
        """Fill a buffer from an offset of the file; False, and a :attr:`problem`, where that fails.

        The last slice also sees whether the file is as it was found. Called from several threads for one file.
        """
        if self.problem is None:
            try:
                descriptor = self._open(base)
                done = 0
                while done < len(into) and not self.problem:
                    count = os.preadv(descriptor, [into[done:]], offset + done)
                    done += count
                    if count == 0:
                        self._fail(_changed(self.span.file.path, "became shorter"))
            except OSError as err:
                self._fail(problem_of(self.span.file.path, err))
        with self.lock:
            self.slices -= 1
            is_last = self.slices == 0
            if is_last:
                self._close()
        if is_last and self.is_for_pieces:
            self.on_done(self)
        return self.problem is None

    @property
    def is_for_pieces(self) -> bool:
        """Whether no digest of it is wanted but those of pieces."""
        return not (self.span.ranges or self.span.algorithms)

    def _open(self, base: bytes) -> int:
        with self.lock:
            if self._descriptor < 0 and self.problem is None:
                self._descriptor = os.open(base + b"/" + self.span.file.path, _FLAGS)
                self._compare()
            return self._descriptor

    def _close(self) -> None:
        if self._descriptor >= 0:
            try:
                if self.problem is None:
                    self._compare()
            except OSError as err:
                self._fail(problem_of(self.span.file.path, err))
            finally:
                os.close(self._descriptor)
                self._descriptor = -1

    def _compare(self) -> None:
        """See whether the open file is the one that was found, as it was found."""
        file, status = self.span.file, os.fstat(self._descriptor)
        if status.st_ino != file.inode:
            self._fail(_changed(file.path, "was replaced"))
        elif status.st_size != file.size:
            self._fail(_changed(file.path, "became longer" if status.st_size > file.size else "became shorter"))
        elif status.st_mtime_ns != file.mtime_ns:
            self._fail(_changed(file.path, "was written to"))

    def _fail(self, problem: Problem) -> None:
        self.problem = self.problem or problem

    def close(self) -> None:
        """Let go of the file when the work is given up."""
        with self.lock:
            if self._descriptor >= 0:
                os.close(self._descriptor)
                self._descriptor = -1


def _changed(path: bytes, how: str) -> Problem:
    return Problem(path, "changed", f"It {how} while it was read.")


class Slice(NamedTuple):
    """A part of a span that is read in one go.

    Attributes:
        reading: of which span.
        offset: where it begins in the file.
        low: where it is put in the buffer.
        high: where it ends there.
    """

    reading: Reading
    offset: int
    low: int
    high: int


class PiecePart(NamedTuple):
    """A part of a piece in a buffer.

    Attributes:
        lane: digest of the piece.
        number: its place among the parts of the piece.
        low: where it begins in the buffer.
        high: where it ends there.
    """

    lane: Lane
    number: int
    low: int
    high: int


class Unit(NamedTuple):
    """What is read into one buffer: several small files, each whole, or a slice of a large one.

    Attributes:
        slices: what is read.
        pieces: the parts of pieces that it holds.
        whole_range: number of the range that the one slice is, to be read block by block and digested by one thread,
            since nothing else needs these bytes; None for any other unit.
    """

    slices: list[Slice]
    pieces: list[PiecePart]
    whole_range: int | None = None
