"""Reading ahead in some threads, digesting in others, within bounded memory.

Buffers go round: a thread takes a free one, then the next unit, in that order, so that the oldest units always have
buffers and go on. A unit's buffer is free again when the last digest has taken it in.
"""

from __future__ import annotations

import mmap
import os
import threading
from collections.abc import Callable, Generator, Iterable, Iterator
from queue import Empty, Full, Queue, SimpleQueue

from huggingnersc_lab.checksums.algorithms import HASHERS, RANGE_BYTES, Hasher, blake3
from huggingnersc_lab.checksums.problem import Problem
from huggingnersc_lab.checksums.reading.lanes import Block, Task
from huggingnersc_lab.checksums.reading.planner import BLOCK_BYTES, Planner
from huggingnersc_lab.checksums.reading.work import Digested, Piece, PiecePart, Reading, Slice, Span, Unit

WINDOW = 8192
"""No more files than this are at work at once: results are out of order by less than this."""

_BUFFERS = 24
_BUFFERS_A_THREAD = 4
_MOST_THREADS = 16
_SECONDS_BETWEEN_REPORTS = 0.2

OnBytes = Callable[[int], None]
Result = Digested | Piece | Problem


def default_threads() -> int:
    """As many threads as this process has processors, up to 16."""
    return min(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1, _MOST_THREADS)


def read_spans(
    base: bytes,
    spans: Iterable[Span],
    *,
    threads: int | None = None,
    piece_length: int | None = None,
    stream_bytes: int = 0,
    wants_piece: Callable[[int], bool] = lambda _: True,
    on_bytes: OnBytes = lambda _: None,
) -> Generator[Result, None, None]:
    """Read spans once, and give what is found as it is found; every span gives one digest or one problem.

    Args:
        base: folder that the files' paths are relative to.
        spans: what to read; asked for no faster than it is read.
        threads: threads that compute; as many read.
        piece_length: see :class:`Planner`.
        stream_bytes: likewise.
        wants_piece: likewise.
        on_bytes: told of the bytes that were read so far, now and then, by the thread that asks for the results.
    """
    reader = _Reader(base, threads or default_threads())
    planner = Planner(
        reader.tasks,
        on_done=reader.done,
        on_piece=reader.results.put,
        piece_length=piece_length,
        stream_bytes=stream_bytes,
        wants_piece=wants_piece,
    )
    yield from reader.run(planner, spans, on_bytes)


class _Reader:
    def __init__(self, base: bytes, threads: int) -> None:
        self.tasks: SimpleQueue[Task | None] = SimpleQueue()
        self.results: SimpleQueue[Result | Exception] = SimpleQueue()
        self._base = base
        self._count = threads
        self._units: Queue[Unit | None] = Queue(maxsize=2 * threads + 8)
        self._free: SimpleQueue[memoryview | None] = SimpleQueue()
        for _ in range(_BUFFERS + _BUFFERS_A_THREAD * threads):
            self._free.put(memoryview(mmap.mmap(-1, BLOCK_BYTES)))
        self._large: set[Reading] = set()
        self._bytes = 0
        self._counting = threading.Lock()

    def done(self, reading: Reading) -> None:
        """Tell of a span that is done."""
        self._large.discard(reading)
        self.results.put(reading.problem or reading.digested())

    def run(self, planner: Planner, spans: Iterable[Span], on_bytes: OnBytes) -> Iterator[Result]:
        """Read all spans. Only the caller's thread asks for them, tells of bytes, and gets the results."""
        threads = [
            threading.Thread(target=self._guarded, args=(work,), daemon=True)
            for work in (self._read_units, self._work)
            for _ in range(self._count)
        ]
        for thread in threads:
            thread.start()
        try:
            yield from self._feed(planner, spans, on_bytes)
        finally:
            self._stop(threads)

    def _feed(self, planner: Planner, spans: Iterable[Span], on_bytes: OnBytes) -> Iterator[Result]:
        finished = 0
        for unit in planner.units(spans):
            self._large.update(part.reading for part in unit.slices if part.reading.slices > 1)
            is_put = False
            while not is_put:
                is_put = self._put(unit)
                for result in self._results(wait=planner.begun - finished >= WINDOW):
                    finished += 1
                    yield result
                on_bytes(self._bytes)
        self._units.put(None)
        while finished < planner.begun:
            for result in self._results(wait=True):
                finished += 1
                yield result
            on_bytes(self._bytes)

    def _put(self, unit: Unit) -> bool:
        try:
            self._units.put(unit, timeout=_SECONDS_BETWEEN_REPORTS)
        except Full:
            return False
        return True

    def _results(self, *, wait: bool) -> Iterator[Result]:
        """The results that are there; where there are none, those of the next moment if that is wished."""
        try:
            while True:
                result = self.results.get(timeout=_SECONDS_BETWEEN_REPORTS) if wait else self.results.get_nowait()
                wait = False
                if isinstance(result, Exception):
                    raise result
                yield result
        except Empty:
            return

    def _guarded(self, work: Callable[[], None]) -> None:
        try:
            work()
        except Exception as err:  # noqa: BLE001 - raised where the results are asked for
            self.results.put(err)

    def _read_units(self) -> None:
        while (buffer := self._free.get()) is not None:
            unit = self._units.get()
            if unit is None:
                self._units.put(None)  # for the next thread
                return
            if unit.whole_range is None:
                self._read(unit, buffer)
            else:
                self._read_range(unit.slices[0], unit.whole_range, buffer)
                self._free.put(buffer)

    def _read(self, unit: Unit, buffer: memoryview) -> None:
        is_read = [part.reading.read(self._base, buffer[part.low : part.high], part.offset) for part in unit.slices]
        with self._counting:
            self._bytes += unit.slices[-1].high
        first = unit.slices[0]
        lanes = first.reading.lanes
        small = [] if lanes else [part for part in unit.slices if not part.reading.is_for_pieces]
        offers = [*_of_lanes(first), *((part, _all_read(unit, is_read, part)) for part in unit.pieces)]
        block = Block(buffer, len(offers) + bool(small), self._free.put)
        if small:
            self.tasks.put(lambda: _digest(small, block))
        for part, is_whole in offers:
            part.lane.offer(part.number, block, part.low, part.high, is_read=is_read[0] if lanes else is_whole)
        if not offers and not small:
            self._free.put(buffer)

    def _read_range(self, part: Slice, number: int, buffer: memoryview) -> None:
        """Read and digest a range in this thread: its bytes stay in the processor's cache."""
        hasher, is_read = blake3(), True
        for at in range(part.low, part.high, BLOCK_BYTES):
            view = buffer[: min(BLOCK_BYTES, part.high - at)]
            if part.reading.read(self._base, view, part.offset + at):
                hasher.update(view)
            else:
                is_read = False
            with self._counting:
                self._bytes += len(view)
        part.reading.take(number, hasher.digest() if is_read else None)

    def _work(self) -> None:
        while (task := self.tasks.get()) is not None:
            task()

    def _stop(self, threads: list[threading.Thread]) -> None:
        """End the threads, and let go of files that are half read."""
        try:
            while True:
                self._units.get_nowait()
        except Empty:
            self._units.put(None)
        for _ in range(self._count):
            self._free.put(None)
            self.tasks.put(None)
        for thread in threads:
            thread.join()
        for reading in self._large:
            reading.close()


def _of_lanes(part: Slice) -> Iterator[tuple[PiecePart, bool]]:
    """What of a slice of a large span goes to which of its lanes."""
    reading = part.reading
    number = (part.offset - reading.span.start) // BLOCK_BYTES
    range_number, within = divmod(number, RANGE_BYTES // BLOCK_BYTES)
    for key, lane in reading.lanes.items():
        if isinstance(key, str):
            yield PiecePart(lane, number, part.low, part.high), True
        elif key == range_number:
            yield PiecePart(lane, within, part.low, part.high), True


def _all_read(unit: Unit, is_read: list[bool], part: PiecePart) -> bool:
    """Whether all files were read that a part of a piece is of."""
    return all(
        done or found.high <= part.low or found.low >= part.high
        for done, found in zip(is_read, unit.slices, strict=True)
    )


def _digest(parts: list[Slice], block: Block) -> None:
    """Digest small files, each of which is whole in a buffer."""
    for part in parts:
        reading = part.reading
        if reading.problem is None:
            data = block.buffer[part.low : part.high]
            found = reading.found
            if reading.span.ranges:
                found[0] = _digest_of(blake3, data)
            for name in reading.span.algorithms:
                is_known = name == "blake3" and 0 in found  # a file of one range
                found[name] = found[0] if is_known else _digest_of(HASHERS[name], data)
        reading.on_done(reading)
    block.release()


def _digest_of(new: Callable[[], Hasher], data: memoryview) -> bytes:
    hasher = new()
    hasher.update(data)
    return hasher.digest()
