"""Where a worker is on its way."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from huggingnersc_lab.workers import steps


@pytest.fixture
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """An open file that this process leaves its notes in."""
    descriptor = os.open(tmp_path / "notes", os.O_RDWR | os.O_CREAT)
    monkeypatch.setattr(steps, "_file", None)
    steps.leave_notes_in(descriptor)
    yield descriptor
    os.close(descriptor)


def test_nothing_is_noted_before_the_first_step(notes: int) -> None:
    assert (steps.is_begun(notes), steps.last_step(notes)) == (False, None)
    steps.begin()
    assert (steps.is_begun(notes), steps.last_step(notes)) == (True, None)


@pytest.mark.parametrize("path", ["/", "/data/ä b\n", "/half \udcff"])
def test_the_last_step_counts(path: str, notes: int) -> None:
    steps.note("/longer/than/the/next/one")
    steps.note(path)
    assert (steps.is_begun(notes), steps.last_step(notes)) == (True, path)


def test_former_work_is_cleared(notes: int) -> None:
    steps.note("/data")
    steps.clear(notes)
    assert (steps.is_begun(notes), steps.last_step(notes)) == (False, None)


def test_a_long_path_is_cut_and_the_file_does_not_grow(notes: int) -> None:
    steps.note("/" + "a" * 10_000)
    assert steps.last_step(notes) == "/" + "a" * (steps.NOTE_BYTES - 1)
    assert os.fstat(notes).st_size == steps.NOTE_BYTES


def test_a_process_without_such_a_file_notes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "_file", None)
    monkeypatch.setattr(os, "pwrite", lambda *_: pytest.fail("written"))
    steps.begin()
    steps.note("/data")
