"""Digests of all files of a dataset, in one read of what is not known of them."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice
from typing import IO

from huggingnersc_lab.checksums.algorithms import chosen
from huggingnersc_lab.checksums.fingerprint import content_fingerprint
from huggingnersc_lab.checksums.manifest.compare import Comparison, Difference
from huggingnersc_lab.checksums.manifest.journal import Journal
from huggingnersc_lab.checksums.manifest.line import Entry, from_state, state_of, to_line
from huggingnersc_lab.checksums.manifest.manifest import Manifest, Summary
from huggingnersc_lab.checksums.pieces import Pieces
from huggingnersc_lab.checksums.problem import Problem
from huggingnersc_lab.checksums.reading.reader import read_spans
from huggingnersc_lab.checksums.reading.work import Digested, Piece, Span
from huggingnersc_lab.checksums.walk import File, base_of, walk
from huggingnersc_lab.private_files import storage_errors

MOST_PROBLEMS = 1000
"""So many problems are told of by name; further ones are counted."""

_SPOOLED_BYTES = 2**20
_FILES_BETWEEN_REPORTS = 2000
_FAILURES = ("changed", "vanished", "unreadable")


@dataclass(frozen=True)
class Progress:
    """How far it is.

    Attributes:
        phase: ``compare`` while the files are looked at, ``read`` while they are read.
        files: files that were looked at, or are done.
        bytes: bytes that were read.
        total_bytes: bytes that there are to read; None while that is not known.
    """

    phase: str
    files: int
    bytes: int = 0
    total_bytes: int | None = None


OnProgress = Callable[[Progress], None]


@dataclass
class Outcome:
    """What came of it.

    Attributes:
        summary: of all files.
        files_read: how many files were read.
        bytes_read: bytes that were read.
        files_gone: files of the manifest that are no more.
        problems: what was left out, the first :data:`MOST_PROBLEMS`.
        problem_count: how much was left out.
        pieces: SHA-1 of all pieces, 20 bytes each; None where none were asked for, or a file could not be read.
    """

    summary: Summary = field(default_factory=lambda: Summary(0, 0, None, 0.0))
    files_read: int = 0
    bytes_read: int = 0
    files_gone: int = 0
    problems: list[Problem] = field(default_factory=list)
    problem_count: int = 0
    pieces: bytes | None = None
    failed: set[bytes] = field(default_factory=set)

    @property
    def is_complete(self) -> bool:
        """Whether every file could be read."""
        return not self.failed

    def add_problem(self, problem: Problem) -> None:
        """Take down what is left out; links and what is no file do not count as failures."""
        self.problem_count += 1
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(problem)
        if problem.code in _FAILURES:
            self.failed.add(problem.path)


def digest_tree(
    root: str | os.PathLike[str],
    manifest: Manifest,
    algorithms: Iterable[str] = (),
    *,
    files: Iterable[File] | None = None,
    piece_length: int | None = None,
    threads: int | None = None,
    on_progress: OnProgress = lambda _: None,
) -> Outcome:
    """Bring a manifest up to date: files that are new or have changed are read, once, for all digests.

    The fingerprint's digests are always computed. May be stopped by any exception, or killed, at any moment: what was
    computed is kept, and the next call gives the same digests.

    Args:
        root: absolute path of the data, a folder or a file.
        manifest: where the digests are kept.
        algorithms: digests of whole files that are wanted besides; see :data:`ALGORITHMS`.
        files: the files in the order of :func:`walk`, when they were looked for already.
        piece_length: bytes of a torrent's pieces, a power of two; None where none are wanted.
        threads: threads that compute, and as many that read; one for each processor when None.
        on_progress: told how far it is, now and then.

    Raises:
        CatalogError: ``not_found`` or ``forbidden`` when there is no data; ``conflict`` while another process computes
            them; ``invalid_record`` for a digest or a piece length that is not possible; ``storage`` when the manifest
            cannot be written. A file that cannot be read is no error, but a problem of the outcome.
    """
    wanted = chosen(algorithms)
    pieces = None if piece_length is None else Pieces(manifest.folder, piece_length)
    base = base_of(root)
    outcome = Outcome()
    found = walk(root, outcome.add_problem) if files is None else files
    with manifest.held() as journal, _spool(manifest) as spool, _spool(manifest) as gone:
        run = _Run(manifest, journal, wanted, pieces, gone, outcome, on_progress)
        with storage_errors("keep checksums", "Those that were computed before are kept."):
            to_read = run.compare(found, spool)
        if to_read is not None:
            run.read(base, spool, threads, to_read)
        run.conclude()
    return outcome


class _Run:
    """One run: comparing, reading, concluding."""

    def __init__(
        self,
        manifest: Manifest,
        journal: Journal,
        algorithms: tuple[str, ...],
        pieces: Pieces | None,
        gone: IO[bytes],
        outcome: Outcome,
        on_progress: OnProgress,
    ) -> None:
        self._manifest = manifest
        self._journal = journal
        self._algorithms = algorithms
        self._pieces = pieces
        self._outcome = outcome
        self._on_progress = on_progress
        self._files = self._bytes = 0
        self._gone = gone

    def compare(self, found: Iterable[File], spool: IO[bytes]) -> int | None:
        """Write what is to be read into a spool, and count its bytes; None where nothing is to be read."""
        found = self._watched(found)
        if self._pieces is not None:
            found = self._pieces.plan(found)
        everything = self._pieces is not None
        comparison = Comparison(found, self._manifest.lines(), self._algorithms, everything=everything)
        to_read, has_work = 0, False
        for difference in comparison:
            if difference.kind == "gone":
                if is_below(difference.path, self._outcome.failed):
                    continue
                self._outcome.files_gone += 1
                self._gone.write(difference.line or b"")
            else:
                spool.write(_spooled(difference))
                if difference.file and difference.kind != "same":
                    to_read, has_work = to_read + difference.file.size, True
        self._files, self._bytes = comparison.files, comparison.bytes
        if self._pieces is not None and (missing := self._pieces.missing):
            to_read, has_work = min(comparison.bytes, to_read + missing * self._pieces.length), True
        return to_read if has_work else None

    def _watched(self, found: Iterable[File]) -> Iterator[File]:
        rest, number = iter(found), 0
        while some := list(islice(rest, _FILES_BETWEEN_REPORTS)):
            self._manifest.sign()
            self._on_progress(Progress("compare", number))
            yield from some
            number += len(some)

    def read(self, base: bytes, spool: IO[bytes], threads: int | None, to_read: int) -> None:
        """Read what the spool says."""
        pieces, outcome = self._pieces, self._outcome

        def report(done: int) -> None:
            self._manifest.sign()
            outcome.bytes_read = done
            self._on_progress(Progress("read", outcome.files_read, done, max(done, to_read)))

        spool.seek(0)
        results = read_spans(
            base,
            self._spans(spool),
            threads=threads,
            piece_length=pieces.length if pieces else None,
            stream_bytes=self._bytes,
            wants_piece=pieces.wants if pieces else lambda _: True,
            on_bytes=report,
        )
        try:
            with closing(results):
                for result in results:
                    self._take(result)
        except BaseException:
            if pieces is not None:
                pieces.rescue()
            raise

    def _spans(self, spool: IO[bytes]) -> Iterator[Span]:
        for line in spool:
            file, stream_at, is_wanted = _from_spool(line)
            algorithms = self._algorithms if is_wanted else ()
            yield Span(file, 0, file.size, algorithms, ranges=is_wanted, stream_at=stream_at)

    def _take(self, result: Digested | Piece | Problem) -> None:
        if isinstance(result, Problem):
            self._outcome.add_problem(result)
        elif isinstance(result, Piece):
            if self._pieces is not None:
                self._pieces.take(result)
        elif result.ranges:
            self._outcome.files_read += 1
            self._journal.append(to_line(Entry(result.span.file, result.ranges, result.digests)))

    def conclude(self) -> None:
        """Bring all into the manifest."""
        outcome, manifest = self._outcome, self._manifest
        self._journal.flush()
        if self._pieces is not None:
            self._pieces.close()
            outcome.pieces = None if outcome.failed else self._pieces.digests()
        former = manifest.summary
        with storage_errors("keep checksums", "Those that were computed are kept."):
            if outcome.files_read or outcome.files_gone or outcome.failed or not manifest.exists:
                self._gone.seek(0)
                manifest.replace(self._gone)
            elif (
                former is not None and (former.files, former.bytes) == (self._files, self._bytes) and former.fingerprint
            ):
                outcome.summary = former
                return
            fingerprint = None if outcome.failed else content_fingerprint(manifest.entries())
            outcome.summary = Summary(self._files, self._bytes, fingerprint, time.time())
            manifest.conclude(outcome.summary)


def is_below(path: bytes, failed: set[bytes]) -> bool:
    """Whether a path, or a folder above it, is among those that could not be read."""
    if not failed:
        return False
    parts = path.split(b"/")
    above = (b"".join(part + b"/" for part in parts[:count]) for count in range(len(parts)))
    return path in failed or any(folder in failed for folder in above)


def _spool(manifest: Manifest) -> IO[bytes]:
    return tempfile.SpooledTemporaryFile(_SPOOLED_BYTES, dir=str(manifest.folder))


def _spooled(difference: Difference) -> bytes:
    """A file to be read, or to be passed over by all but its pieces, as a line."""
    mark = b"=" if difference.kind == "same" else b"+"
    return b"%b%d\t%b\n" % (mark, difference.stream_at, state_of(difference.file) if difference.file else b"")


def _from_spool(line: bytes) -> tuple[File, int, bool]:
    """The file of a line, where it begins in the stream, and whether its digests are wanted."""
    stream_at, _, state = line[1:-1].partition(b"\t")
    return from_state(state), int(stream_at), line[:1] == b"+"
