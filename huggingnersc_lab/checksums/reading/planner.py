"""Which parts of the files are read into one buffer, and which digests they belong to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from queue import SimpleQueue

from huggingnersc_lab.checksums.algorithms import HASHERS, RANGE_BYTES, blake3, sha1
from huggingnersc_lab.checksums.reading.lanes import Lane, Task
from huggingnersc_lab.checksums.reading.work import Piece, PiecePart, Reading, Slice, Span, Unit

BLOCK_BYTES = 2**20
"""Size of a buffer. Divides :data:`RANGE_BYTES`; fits the caches of a processor, and hides the cost of a call."""

_MOST_FILES = 64


@dataclass
class _Planned:
    index: int
    lane: Lane
    missing: int
    parts: int = 0


class Planner:
    """Makes units of spans.

    Args:
        tasks: where threads find their work.
        on_done: told of a span that is done.
        on_piece: told of a piece.
        piece_length: bytes of a piece; None where none are wanted.
        stream_bytes: bytes of all files together.
        wants_piece: whether a piece is wanted; the spans hold all of its bytes then.

    Attributes:
        begun: how many results there will be of what was planned so far.
    """

    def __init__(
        self,
        tasks: SimpleQueue[Task | None],
        *,
        on_done: Callable[[Reading], None],
        on_piece: Callable[[Piece], None],
        piece_length: int | None = None,
        stream_bytes: int = 0,
        wants_piece: Callable[[int], bool] = lambda _: True,
    ) -> None:
        self._tasks = tasks
        self._on_done = on_done
        self._on_piece = on_piece
        self._piece_length = piece_length
        self._stream_bytes = stream_bytes
        self._wants_piece = wants_piece
        self._piece: _Planned | None = None
        self.begun = 0

    def units(self, spans: Iterable[Span]) -> Iterator[Unit]:
        """What is to be read, in the order of the spans; parts that no digest needs are left out."""
        batch: list[Slice] = []
        size = 0
        for span in spans:
            length = span.stop - span.start
            is_large = length > BLOCK_BYTES
            if batch and (is_large or size + length > BLOCK_BYTES or len(batch) == _MOST_FILES):
                yield self._unit(batch)
                batch, size = [], 0
            if is_large:
                yield from self._large(span)
            elif span.ranges or span.algorithms or self._has_wanted(span, span.start, span.stop):
                reading = self._reading(span, 1)
                batch.append(Slice(reading, span.start, size, size + length))
                size += length
        if batch:
            yield self._unit(batch)
        self._end_piece()

    def _reading(self, span: Span, slices: int) -> Reading:
        self.begun += 1
        return Reading(span, slices, self._on_done)

    def _large(self, span: Span) -> Iterator[Unit]:
        offsets: Iterable[int] = range(span.start, span.stop, BLOCK_BYTES)
        if not (span.ranges or span.algorithms):
            offsets = [at for at in offsets if self._has_wanted(span, at, min(at + BLOCK_BYTES, span.stop))]
        count = len(offsets) if isinstance(offsets, list) else -(-(span.stop - span.start) // BLOCK_BYTES)
        if count == 0:
            return
        reading = self._reading(span, count)
        if span.ranges and not span.algorithms and self._piece_length is None:
            yield from _whole_ranges(reading)
            return
        self._add_lanes(reading)
        for offset in offsets:
            yield self._unit([Slice(reading, offset, 0, min(BLOCK_BYTES, span.stop - offset))])

    def _add_lanes(self, reading: Reading) -> None:
        span = reading.span
        length = span.stop - span.start
        for name in reversed(span.algorithms):  # the slowest first: it is what all is waiting for in the end
            reading.lanes[name] = Lane(HASHERS[name], length, self._tasks, partial(reading.take, name))
        if span.ranges:
            for number, start in enumerate(range(span.start, span.stop, RANGE_BYTES)):
                size = min(RANGE_BYTES, span.stop - start)
                reading.lanes[number] = Lane(blake3, size, self._tasks, partial(reading.take, number))
        reading.expected = len(reading.lanes)

    def _unit(self, slices: list[Slice]) -> Unit:
        """A unit with the parts of pieces in it; files that follow each other in the stream count as one."""
        parts: list[PiecePart] = []
        if self._piece_length is not None:
            low = high = stream = 0
            for piece in slices:
                at = piece.reading.span.stream_at + piece.offset
                if at != stream + high - low:
                    parts += self._parts(stream, low, high)
                    stream, low = at, piece.low
                elif low == high:
                    stream, low = at, piece.low
                high = piece.high
            parts += self._parts(stream, low, high)
        return Unit(slices, parts)

    def _parts(self, stream: int, low: int, high: int) -> Iterator[PiecePart]:
        """The wanted pieces' parts of what stands in a buffer.

        Args:
            stream: where it begins in the stream of all files.
            low: where it begins in the buffer.
            high: where it ends there.
        """
        length = self._piece_length or 1
        while low < high:
            index = stream // length
            size = min((index + 1) * length - stream, high - low)
            if self._wants_piece(index):
                yield self._part(index, length, low, low + size)
            stream += size
            low += size

    def _part(self, index: int, length: int, low: int, high: int) -> PiecePart:
        if self._piece is None or self._piece.index != index:
            self._end_piece()
            total = min(length, self._stream_bytes - index * length)
            lane = Lane(sha1, total, self._tasks, lambda digest: self._on_piece(Piece(index, digest)))
            self._piece = _Planned(index, lane, total)
            self.begun += 1
        piece = self._piece
        piece.missing -= high - low
        piece.parts += 1
        return PiecePart(piece.lane, piece.parts - 1, low, high)

    def _end_piece(self) -> None:
        if self._piece is not None and self._piece.missing:
            raise ValueError(f"The spans lack {self._piece.missing} bytes of piece {self._piece.index}.")

    def _has_wanted(self, span: Span, start: int, stop: int) -> bool:
        if self._piece_length is None or start == stop:
            return False
        first = (span.stream_at + start) // self._piece_length
        last = (span.stream_at + stop - 1) // self._piece_length
        return any(map(self._wants_piece, range(first, last + 1)))


def _whole_ranges(reading: Reading) -> Iterator[Unit]:
    """Each range as a unit, so that several threads digest ranges of one file."""
    span = reading.span
    starts = range(span.start, span.stop, RANGE_BYTES)
    reading.expected = len(starts)
    for number, start in enumerate(starts):
        size = min(RANGE_BYTES, span.stop - start)
        yield Unit([Slice(reading, start, 0, size)], [], number)
