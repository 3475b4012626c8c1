"""Which files differ from a manifest: changed, damaged, gone, new."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from huggingnersc_lab.checksums.algorithms import RANGE_BYTES
from huggingnersc_lab.checksums.manifest.compare import Comparison
from huggingnersc_lab.checksums.manifest.line import Entry, from_line
from huggingnersc_lab.checksums.manifest.manifest import Manifest
from huggingnersc_lab.checksums.problem import Problem
from huggingnersc_lab.checksums.reading.reader import read_spans
from huggingnersc_lab.checksums.reading.work import Digested, Piece, Span
from huggingnersc_lab.checksums.tree import OnProgress, Outcome, Progress, is_below
from huggingnersc_lab.checksums.walk import File, base_of, walk
from huggingnersc_lab.errors import CatalogError, FieldError

MOST_CHANGES = 10_000
"""So many files are told of by name; further ones are counted."""

MOST_PARTS = 1000

ChangeKind = Literal["changed", "damaged", "gone", "new"]
"""``damaged``: the content differs although size and time are those of the manifest."""


_Path = bytes  # dataclasses below have a member "bytes"


class FileChange(NamedTuple):
    """A file that differs.

    Attributes:
        path: relative to the data's root.
        kind: see :data:`ChangeKind`.
        detail: a sentence for people.
    """

    path: bytes
    kind: ChangeKind
    detail: str

    def to_dict(self) -> dict[str, str]:
        """``{path, kind, detail}``."""
        return {"path": os.fsdecode(self.path), "kind": self.kind, "detail": self.detail}


@dataclass
class Verified:
    """What came of a comparison.

    Attributes:
        files: files that are there.
        bytes: their size.
        bytes_read: bytes that were read.
        counts: how many files differ, by kind.
        changes: files that differ by path, the first :data:`MOST_CHANGES`.
        problems: what could not be looked at, the first of them.
        problem_count: how much could not be looked at.
    """

    files: int = 0
    bytes: int = 0
    bytes_read: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    changes: dict[_Path, FileChange] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    problem_count: int = 0

    @property
    def is_unchanged(self) -> bool:
        """Whether all that was looked at is as the manifest has it."""
        return not self.counts and not self.problems

    def add(self, path: _Path, kind: ChangeKind, detail: str) -> None:
        """Take down a file that differs; only once, although several of its ranges may."""
        if path not in self.changes:
            self.counts[kind] += 1
            if len(self.changes) < MOST_CHANGES:
                self.changes[path] = FileChange(path, kind, detail)


def require_part(part: int, parts: int) -> None:
    """Check which part of how many is meant.

    Raises:
        CatalogError: ``invalid_record`` for one that is not possible.
    """
    if not 1 <= part <= parts <= MOST_PARTS:
        detail = f"There is no part {part}/{parts}: write 1/30 to 30/30, with no more than {MOST_PARTS} parts."
        raise CatalogError("invalid_record", detail, [FieldError("/part", "range", detail)])


def is_in_part(path: bytes, number: int, part: int, parts: int) -> bool:
    """Whether a range of a file belongs to a part. Each belongs to exactly one, whatever other files come and go.

    Args:
        path: the file.
        number: which of its ranges.
        part: which part, from 1.
        parts: of how many.
    """
    digest = hashlib.blake2b(b"%d\0%b" % (number, path), digest_size=8).digest()
    return int.from_bytes(digest, "big") % parts == part - 1


def verify(
    root: str | os.PathLike[str],
    manifest: Manifest,
    *,
    quick: bool = False,
    part: tuple[int, int] = (1, 1),
    threads: int | None = None,
    on_progress: OnProgress = lambda _: None,
) -> Verified:
    """Compare data with its manifest, which stays as it is.

    Args:
        root: absolute path of the data.
        manifest: its manifest.
        quick: only sizes and times are compared, and nothing is read.
        part: read only part k of n of the ranges; names, sizes and times are compared of all files.
        threads: see :func:`digest_tree`.
        on_progress: likewise.

    Raises:
        CatalogError: ``not_found`` where there is no manifest or no data; ``forbidden``, ``storage``,
            ``invalid_record`` as :func:`digest_tree`.
    """
    require_part(*part)
    if not manifest.exists:
        raise CatalogError("not_found", "There are no checksums of this dataset yet, so that nothing can be compared.")
    base = base_of(root)
    run = _Run(manifest, part, on_progress, quick=quick)
    results = read_spans(base, run.spans(root), threads=threads, on_bytes=run.report)
    with closing(results):
        for result in results:
            run.take(result)
    return run.conclude()


class _Run:
    def __init__(self, manifest: Manifest, part: tuple[int, int], on_progress: OnProgress, *, quick: bool) -> None:
        self.found = Verified()
        self._manifest = manifest
        self._part = part
        self._quick = quick
        self._on_progress = on_progress
        self._outcome = Outcome()
        self._expected: dict[tuple[bytes, int], tuple[Entry, bytes]] = {}
        self._gone: list[bytes] = []
        summary = manifest.summary
        self._total = None if summary is None or quick else summary.bytes // part[1]

    def spans(self, root: str | os.PathLike[str]) -> Iterator[Span]:
        """What is to be read; what differs without that is taken down."""
        comparison = Comparison(walk(root, self._outcome.add_problem), self._manifest.lines(), everything=True)
        every = 5000
        for number, difference in enumerate(comparison):
            if number % every == 0:
                self._on_progress(Progress("compare", number))
            file = difference.file
            if file is None:
                self._gone.append(difference.path)
            elif difference.line is None:
                self.found.add(file.path, "new", "It is not in the manifest.")
            else:
                yield from self._known(file, self._entry(difference.line))
        self.found.files, self.found.bytes = comparison.files, comparison.bytes

    def _known(self, file: File, entry: Entry) -> Iterator[Span]:
        former = entry.file
        if file.size != former.size:
            self.found.add(file.path, "changed", f"It had {former.size} bytes, and has {file.size}.")
        elif self._quick:
            if file.mtime_ns != former.mtime_ns:
                self.found.add(file.path, "changed", "It was written to since.")
        else:
            for number, digest in enumerate(entry.ranges):
                if is_in_part(file.path, number, *self._part):
                    start = number * RANGE_BYTES
                    self._expected[file.path, start] = (entry, digest)
                    yield Span(file, start, min(start + RANGE_BYTES, file.size))

    def report(self, done: int) -> None:
        """Report how far it is."""
        self.found.bytes_read = done
        total = None if self._total is None else max(self._total, done)
        self._on_progress(Progress("read", self.found.files, done, total))

    def take(self, result: Digested | Problem | Piece) -> None:
        """Take a result."""
        if isinstance(result, Problem):
            self._outcome.add_problem(result)
        elif isinstance(result, Digested):
            file = result.span.file
            entry, digest = self._expected.pop((file.path, result.span.start))
            if result.ranges[0] != digest:
                is_newer = file.mtime_ns != entry.file.mtime_ns
                detail = "Its content differs" + ("." if is_newer else ", although size and time are the same.")
                self.found.add(file.path, "changed" if is_newer else "damaged", detail)

    def conclude(self) -> Verified:
        """All that was found, in order."""
        found, failed = self.found, self._outcome.failed
        for path in self._gone:
            if not is_below(path, failed):
                found.add(path, "gone", "It is in the manifest, and no longer there.")
        found.changes = dict(sorted(found.changes.items()))
        found.problems = sorted({one for one in self._outcome.problems if one.path in failed})
        found.problem_count = len(failed)
        return found

    def _entry(self, line: bytes) -> Entry:
        try:
            return from_line(line)
        except ValueError as err:
            detail = f"The manifest in '{self._manifest.folder}' is damaged: {err} Compute the checksums again."
            raise CatalogError("storage", detail) from err
