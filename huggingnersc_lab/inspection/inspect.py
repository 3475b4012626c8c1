"""Inspects a data path: counts its files, and lets some of each format say what is in them."""

from __future__ import annotations

import json
import os
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timezone
from itertools import islice
from typing import Any

from huggingnersc_lab.inspection.inspection import Described, FormatTally, Inspection
from huggingnersc_lab.inspection.problem import Problem
from huggingnersc_lab.inspection.reader import SECONDS, Reader
from huggingnersc_lab.inspection.registry import formats, of_suffix
from huggingnersc_lab.inspection.tally import SuffixTally, Tally
from huggingnersc_lab.inspection.walk import real_root, walk

MOST_DESCRIBED = 1000
"""Files that are described, of all formats together."""

MOST_BYTES = 2**21
"""Size of all descriptions as JSON; of further ones only counts are kept."""

_SAMPLES_OF_UNKNOWN = 2
_LISTS = ("columns", "arrays", "attributes", "coverage", "notes")


@dataclass(frozen=True)
class Progress:
    """How far an inspection is.

    Attributes:
        phase: ``walk`` while files are counted, ``read`` while some are described.
        files: files counted so far.
        bytes: their size.
        described: files described so far.
        to_describe: files to describe; 0 while that is not known.
    """

    phase: str
    files: int
    bytes: int
    described: int = 0
    to_describe: int = 0


OnProgress = Callable[[Progress], None]


@dataclass(frozen=True)
class _Sample:
    path: str
    suffix: str | None  # None for a folder that its format reads as a whole
    wanted: str | None


def inspect(
    root: str | os.PathLike[str],
    *,
    seconds: float = 600.0,
    seconds_per_file: float = SECONDS,
    on_progress: OnProgress = lambda _: None,
) -> Inspection:
    """Inspect a folder or a file. Nothing is written, and of large files only headers and footers are read.

    Args:
        root: absolute path of the data.
        seconds: after this time it stops, with what was found so far; see :attr:`Tally.stopped`.
        seconds_per_file: time to describe one file.
        on_progress: told how far it is; it may raise to cancel.

    Raises:
        CatalogError: ``not_found`` or ``forbidden`` if there is no data to read.
    """
    end = time.monotonic() + seconds
    real = real_root(root)
    tally = walk(
        real, seconds=seconds, on_progress=lambda tally: on_progress(Progress("walk", tally.files, tally.bytes))
    )
    now = datetime.now(timezone.utc).isoformat(timespec="seconds").replace("+00:00", "Z")
    found = Inspection(os.fspath(root), now, tally)
    base = real if os.path.isdir(real) else os.path.dirname(real)  # noqa: PTH112, PTH120 - a path may hold any bytes
    samples = list(islice(_samples(tally), MOST_DESCRIBED))
    describer = _Describer(found)
    with Reader(seconds_per_file) as reader:
        for number, sample in enumerate(samples):
            on_progress(Progress("read", tally.files, tally.bytes, number, len(samples)))
            if time.monotonic() > end:
                tally.stopped = tally.stopped or "time"
                break
            describer.add(sample, *reader.describe(base, sample.path, sample.wanted))
    on_progress(Progress("read", tally.files, tally.bytes, len(samples), len(samples)))
    describer.conclude()
    return found


def _samples(tally: Tally) -> Iterator[_Sample]:
    """What is to be described: stores, then some files of each suffix, the most frequent suffix first."""
    for path, store in tally.stores.items():
        yield _Sample(path, None, store)
    for suffix, files in sorted(tally.suffixes.items(), key=lambda item: -item[1].files):
        known = of_suffix(suffix)
        paths = files.samples if known else files.samples[:_SAMPLES_OF_UNKNOWN]
        yield from (_Sample(path, suffix, known.name if known else None) for path in paths)


class _Describer:
    """Collects descriptions, and then counts files by what they turned out to be."""

    def __init__(self, inspection: Inspection) -> None:
        self._found = inspection
        self._formats: dict[str, FormatTally] = {}
        self._by_suffix: dict[str, Counter[str]] = {}
        self._failed: Counter[str] = Counter()
        self._reasons: dict[str, str] = {}
        self._bytes = 0

    def add(self, sample: _Sample, found: str | None, answer: object) -> None:
        if isinstance(answer, Problem):
            if answer.code == "unknown" and sample.suffix is not None:
                self._reasons.setdefault(sample.suffix, answer.detail)
                return
            if sample.suffix is not None:
                self._failed[sample.suffix] += 1
                self._reasons.setdefault(sample.suffix, answer.detail)
            self._found.tally.add_problem(answer)
            return
        if found is None or not isinstance(answer, dict):
            return
        self._found.described.append(Described(sample.path, found, self._bounded(answer)))
        if sample.suffix is not None:
            self._by_suffix.setdefault(sample.suffix, Counter())[found] += 1
        one = self._format(found)
        rows = answer.get("rows")
        if type(rows) is int and rows >= 0 and (one.rows is not None or not one.described):
            one.rows = (one.rows or 0) + rows
            one.is_estimated |= bool(answer.get("rows_estimated"))
        else:
            one.rows = None
        one.described += 1

    def _bounded(self, description: dict[str, Any]) -> dict[str, Any]:
        size = len(json.dumps(description))
        if self._bytes + size > MOST_BYTES:
            return {key: value for key, value in description.items() if key not in _LISTS}
        self._bytes += size
        return description

    def conclude(self) -> None:
        tally = self._found.tally
        for suffix, files in tally.suffixes.items():
            self._count(suffix, files)
        for store, count in tally.store_files.items():
            one = self._format(store)
            one.files += count
            one.bytes += tally.store_bytes[store]
            one.parts += len(tally.stores)
        self._found.formats = sorted(self._formats.values(), key=lambda one: (-one.bytes, one.name))
        self._found.unknown.sort(key=lambda item: -item[1])

    def _count(self, suffix: str, files: SuffixTally) -> None:
        told = self._by_suffix.get(suffix, Counter())
        known = of_suffix(suffix)
        if len(told) == 1:
            name = next(iter(told))
        elif known is not None:
            name = known.name
        else:
            reason = "Its files are of several formats." if told else self._reasons.get(suffix, "It was not looked at.")
            self._found.unknown.append((suffix, files.files, files.bytes, reason))
            return
        one = self._format(name)
        one.files += files.files
        one.bytes += files.bytes
        one.parts += files.files - self._failed[suffix]
        for other, count in told.items():  # files whose content is of another format than their name says
            if other != name:
                one.parts -= count
                self._format(other).parts += count

    def _format(self, name: str) -> FormatTally:
        known = formats().get(name)
        if name not in self._formats:
            self._formats[name] = FormatTally(name, known.title if known else name, bool(known and known.is_table))
        return self._formats[name]
