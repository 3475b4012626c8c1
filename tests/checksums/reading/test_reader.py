"""Threads that end, and leave nothing open."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from huggingnersc_lab.checksums import walk
from huggingnersc_lab.checksums.reading import work
from huggingnersc_lab.checksums.reading.reader import read_spans
from huggingnersc_lab.checksums.reading.work import Span


def spans_of(root: Path) -> list[Span]:
    return [Span(file, 0, file.size, ("md5",)) for file in walk(root)]


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def test_given_up_half_way_it_ends_its_threads_and_closes_its_files(data: Path) -> None:
    threads, files = threading.active_count(), open_files()
    results = read_spans(os.fsencode(data), spans_of(data), threads=3)
    next(results)
    results.close()
    assert (threading.active_count(), open_files()) == (threads, files)


def test_a_fault_in_a_thread_is_raised_where_the_results_are_asked_for(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> int:
        raise MemoryError("none left")

    monkeypatch.setattr(work.os, "preadv", fail)
    threads = threading.active_count()
    with pytest.raises(MemoryError, match="none left"):
        list(read_spans(os.fsencode(data), spans_of(data)))
    assert threading.active_count() == threads


def test_pieces_need_all_of_their_bytes(data: Path) -> None:
    files = list(walk(data))
    spans = [Span(file, 0, file.size) for file in files[:3]]
    with pytest.raises(ValueError, match="lack"):
        list(read_spans(os.fsencode(data), spans, piece_length=2**20, stream_bytes=sum(file.size for file in files)))
