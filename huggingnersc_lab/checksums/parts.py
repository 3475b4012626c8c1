"""Work that is split among machines: each computes a part, and all parts together equal one run, bit for bit.

Every machine walks the same, unchanging data, so that all agree on the stream of all files one after the other, of
which a part is an interval. Files of which whole digests are wanted are not split; else they are, between ranges. A
piece of a torrent belongs to the part that has its first byte.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from huggingnersc_lab.checksums.algorithms import RANGE_BYTES, chosen, ranges_of
from huggingnersc_lab.checksums.manifest.journal import Journal, read_journal
from huggingnersc_lab.checksums.manifest.line import DIGEST_BYTES, Entry, from_state, state_of, to_line
from huggingnersc_lab.checksums.manifest.manifest import Manifest
from huggingnersc_lab.checksums.pieces import Pieces
from huggingnersc_lab.checksums.problem import Problem
from huggingnersc_lab.checksums.reading.reader import read_spans
from huggingnersc_lab.checksums.reading.work import Digested, Piece, Span
from huggingnersc_lab.checksums.tree import OnProgress, Outcome, Progress, digest_tree
from huggingnersc_lab.checksums.walk import File, base_of, walk

_SPLIT = "split"


@dataclass(frozen=True)
class Part:
    """An interval of the stream of all files.

    Attributes:
        start: its first byte.
        stop: where it ends; the end of the stream for the last part, which also has the empty files there.
        stream_bytes: bytes of the whole stream.
    """

    start: int
    stop: int
    stream_bytes: int

    def has(self, at: int) -> bool:
        """Whether what begins at a place of the stream belongs to it."""
        return self.start <= at < self.stop or at == self.stop == self.stream_bytes


def plan_parts(files: Iterable[File], count: int, algorithms: Iterable[str] = ()) -> list[Part]:
    """Split files into up to so many parts of about the same size.

    Args:
        files: all files, in the order of :func:`walk`; gone through once.
        count: how many parts.
        algorithms: digests of whole files that are wanted.
    """
    may_split = not chosen(algorithms)
    sizes = [file.size for file in files]
    total = sum(sizes)
    cuts, at, number = [0], 0, 1
    for size in sizes:
        while number < count and total * number // count < at + size:
            wish = total * number // count - at
            cut = at + (wish // RANGE_BYTES * RANGE_BYTES if may_split else size if wish * 2 > size else 0)
            if cuts[-1] < cut < total:
                cuts.append(cut)
            number += 1
        at += size
    return [Part(start, stop, total) for start, stop in zip(cuts, [*cuts[1:], total], strict=True)]


def part_manifests(manifest: Manifest, count: int, algorithms: Iterable[str] = ()) -> list[Manifest]:
    """The manifests of the parts, inside that of the data, where every machine and a later run find them.

    Args:
        manifest: the manifest of the data.
        count: number of parts, as given to :func:`plan_parts`.
        algorithms: likewise.
    """
    folder = _parts_folder(manifest, count, algorithms)
    return [Manifest(folder / str(index)) for index in range(count)]


def remove_parts(manifest: Manifest, count: int, algorithms: Iterable[str] = ()) -> None:
    """Remove the manifests of the parts, once they are merged."""
    shutil.rmtree(_parts_folder(manifest, count, algorithms), ignore_errors=True)


def _parts_folder(manifest: Manifest, count: int, algorithms: Iterable[str]) -> Path:
    return manifest.folder / "-".join(["parts", str(count), *chosen(algorithms)])


def digest_part(
    root: str | os.PathLike[str],
    part: Part,
    result: Manifest,
    algorithms: Iterable[str] = (),
    *,
    known: Manifest | None = None,
    piece_length: int | None = None,
    threads: int | None = None,
    on_progress: OnProgress = lambda _: None,
) -> Outcome:
    """Compute a part. One that was stopped, or killed, goes on where it was.

    Args:
        root: absolute path of the data.
        part: which part.
        result: where it is kept until :func:`merge_parts`; of its own for each part.
        algorithms: as given to :func:`plan_parts`.
        known: the manifest into which the parts will be merged; files that it has are not read again.
        piece_length: see :func:`digest_tree`.
        threads: likewise.
        on_progress: likewise.
    """
    wanted = chosen(algorithms)
    pieces = None if piece_length is None else Pieces(result.folder, piece_length)
    base, outcome = base_of(root), Outcome()
    with result.held() as journal, closing(Journal(result.folder / _SPLIT)) as split:
        if pieces is not None:
            for _ in pieces.plan(walk(root)):
                pass
        spans = _Spans(part, wanted, pieces, result, known)

        def report(done: int) -> None:
            result.sign()
            outcome.bytes_read = done
            total = max(done, part.stop - part.start)
            on_progress(Progress("read", outcome.files_read, done, total))

        results = read_spans(
            base,
            spans.of(walk(root)),
            threads=threads,
            piece_length=piece_length,
            stream_bytes=part.stream_bytes,
            wants_piece=spans.wants_piece,
            on_bytes=report,
        )
        try:
            with closing(results):
                for found in results:
                    _keep(found, outcome, journal, split, pieces)
        finally:
            if pieces is not None:
                pieces.close()
    return outcome


def merge_parts(
    root: str | os.PathLike[str],
    manifest: Manifest,
    results: Sequence[Manifest],
    algorithms: Iterable[str] = (),
    *,
    piece_length: int | None = None,
    on_progress: OnProgress = lambda _: None,
) -> Outcome:
    """Bring parts into a manifest, which is then what :func:`digest_tree` alone would have made.

    What no part has, because a file changed since or a part is missing, is read here.
    """
    with manifest.held() as journal:
        for line in _joined_files(results):
            journal.append(line)
    with manifest.held() as journal:
        for result in results:
            for line in (*result.lines(), *read_journal(result.journal)):
                journal.append(line)
    if piece_length is not None:
        name = Pieces(manifest.folder, piece_length).name
        with closing(Journal(manifest.folder / name)) as pieces:
            for result in results:
                for line in read_journal(result.folder / name):
                    pieces.append(line)
    return digest_tree(root, manifest, algorithms, piece_length=piece_length, on_progress=on_progress)


class _Spans:
    """What a part reads."""

    def __init__(
        self, part: Part, algorithms: tuple[str, ...], pieces: Pieces | None, result: Manifest, known: Manifest | None
    ) -> None:
        self._part = part
        self._algorithms = algorithms
        self._pieces = pieces
        entries = chain(result.entries(), known.entries() if known else ())
        self._known = {state_of(entry.file) for entry in entries if entry.digests.keys() >= set(algorithms)}
        self._known |= {b"%b%d" % (state_of(entry.file), start) for entry, start in _split_in(result)}

    def wants_piece(self, number: int) -> bool:
        """Whether a piece is this part's, and not known."""
        pieces, part = self._pieces, self._part
        return pieces is not None and part.start <= number * pieces.length < part.stop and pieces.wants(number)

    def of(self, files: Iterable[File]) -> Iterator[Span]:
        """The spans, in order; those behind the part only complete its last piece."""
        part = self._part
        length = self._pieces.length if self._pieces else 1
        end = -(-part.stop // length) * length
        at = 0
        for file in files:
            start, stop = max(at, part.start), min(at + file.size, part.stop)
            is_new = state_of(file) not in self._known
            if part.has(at) and stop == at + file.size:
                yield Span(file, 0, file.size, self._algorithms if is_new else (), ranges=is_new, stream_at=at)
            elif start < stop:
                span = Span(file, start - at, stop - at, ranges=False, stream_at=at)
                yield span._replace(ranges=is_new and b"%b%d" % (state_of(file), span.start) not in self._known)
            if max(at, part.stop) < min(at + file.size, end):
                yield Span(file, max(at, part.stop) - at, min(at + file.size, end) - at, ranges=False, stream_at=at)
            at += file.size
            if at >= end and at > part.stop:
                return


def _keep(
    found: Digested | Piece | Problem, outcome: Outcome, journal: Journal, split: Journal, pieces: Pieces | None
) -> None:
    if isinstance(found, Problem):
        outcome.add_problem(found)
    elif isinstance(found, Piece):
        if pieces is not None:
            pieces.take(found)
    elif found.ranges:
        span = found.span
        outcome.files_read += span.start == 0  # a split file counts once
        if span.stop - span.start == span.file.size:
            journal.append(to_line(Entry(span.file, found.ranges, found.digests)))
        else:
            joined = b"".join(found.ranges).hex().encode()
            split.append(b"%b%d\t%b\n" % (state_of(span.file), span.start, joined))


def _split_in(result: Manifest) -> Iterator[tuple[Entry, int]]:
    """Parts of files that a part has: entries that have some of the ranges, and where these begin in the file."""
    for line in read_journal(result.folder / _SPLIT):
        state, start, joined = line.rstrip(b"\n").rsplit(b"\t", 2)
        ranges = bytes.fromhex(joined.decode())
        whole = tuple(ranges[at : at + DIGEST_BYTES] for at in range(0, len(ranges), DIGEST_BYTES))
        yield Entry(from_state(state + b"\t"), whole, {}), int(start)


def _joined_files(results: Sequence[Manifest]) -> list[bytes]:
    """The lines of files that several parts have, where they have all of their ranges."""
    found: dict[File, dict[int, bytes]] = {}
    for result in results:
        for entry, start in _split_in(result):
            first = start // RANGE_BYTES
            found.setdefault(entry.file, {}).update(enumerate(entry.ranges, first))
    return [
        to_line(Entry(file, tuple(ranges[number] for number in sorted(ranges)), {}))
        for file, ranges in sorted(found.items())
        if len(ranges) == ranges_of(file.size)
    ]
