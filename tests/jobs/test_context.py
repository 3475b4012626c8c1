from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from huggingnersc_lab.jobs import JobSpec, Progress
from huggingnersc_lab.jobs.context import JobContext, Stop
from huggingnersc_lab.jobs.folder import JobFolder

from .conftest import Nothing


class Clock:
    """Time as the test says."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def context(tmp_path: Path, clock: Clock) -> JobContext[Nothing]:
    folder = JobFolder.create(tmp_path / ("0" * 32), JobSpec("play", "iris"))
    return JobContext(folder, Nothing(), steps=("read", "write"), clock=clock)


@pytest.fixture(autouse=True)
def _terminate_as_before() -> Iterator[None]:
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


def progress(context: JobContext[Nothing]) -> Progress | None:
    return context.folder.read().progress


def test_it_knows_what_it_is_about(context: JobContext[Nothing]) -> None:
    assert (context.dataset, context.arguments) == ("iris", Nothing())


def test_progress_follows_from_the_steps_that_a_kind_declares(context: JobContext[Nothing], clock: Clock) -> None:
    said = []
    for name, phase in [
        ("read", "begin"),
        ("read", "done"),
        ("write", "begin"),
        ("write", "answered"),
        ("write", "done"),
    ]:
        context.step(name, phase, f"{name} {phase}")
        found = progress(context)
        assert found is not None
        said.append((found.fraction, found.text))
    assert said == [
        (0, "read begin"),
        (0.5, "read done"),
        (0.5, "write begin"),
        (0.5, "write begin"),
        (1, "write done"),
    ]
    context.step("undo", "begin", "Taking back")  # a step that it does not declare
    assert progress(context) == Progress(1, "write done")


def test_what_is_done_in_bytes_tells_how_fast_it_is(context: JobContext[Nothing], clock: Clock) -> None:
    context.progress(text="Reading", bytes_done=0, total_bytes=1000)
    assert progress(context) == Progress(0, "Reading", bytes=0, total_bytes=1000)
    clock.now = 2
    context.progress(text="Reading", bytes_done=100, total_bytes=1000)
    assert progress(context) == Progress(0.1, "Reading", bytes=100, total_bytes=1000, bytes_per_second=50)
    for clock.now in range(3, 40):  # ever faster: only the last seconds count
        context.progress(bytes_done=100 + 10 * int(clock.now))
    found = progress(context)
    assert found is not None
    assert found.bytes_per_second == pytest.approx(10)
    clock.now = 50
    context.progress(bytes_done=5)  # the next file
    clock.now = 51
    context.progress(bytes_done=8)
    found = progress(context)
    assert found is not None
    assert found.bytes_per_second == pytest.approx(3)


@pytest.mark.parametrize(("given", "kept"), [(-0.1, 0), (0.5, 0.5), (1.1, 1), (None, None)])
def test_a_fraction_is_one(context: JobContext[Nothing], given: float | None, kept: float | None) -> None:
    context.progress(given, "At work")
    assert progress(context) == Progress(kept, "At work")


def test_progress_is_not_written_all_the_time_and_the_last_is_not_lost(
    context: JobContext[Nothing], clock: Clock
) -> None:
    context.progress(0.1)
    clock.now = 0.2
    context.progress(0.2)
    context.progress(0.3)
    assert progress(context) == Progress(0.1)
    context.write_progress()  # as the heartbeat does
    assert progress(context) == Progress(0.3)
    clock.now = 0.5
    context.progress(0.4)
    assert progress(context) == Progress(0.4)
    (context.folder.path / "progress.json").unlink()
    context.write_progress()
    assert progress(context) is None  # there was nothing new


def test_steps_are_told_to_who_listens(tmp_path: Path) -> None:
    told = []
    folder = JobFolder.create(tmp_path / ("0" * 32), JobSpec("play", "iris"))
    context = JobContext(folder, Nothing(), on_event=lambda *event: told.append(event))
    context.step("stage", "begin", "Preparing")
    assert told == [("stage", "begin", "Preparing")]
    assert [(step.name, step.phase, step.detail) for step in folder.read().steps] == told
    assert progress(context) is None


def test_after_a_certain_point_a_cancel_is_ignored(tmp_path: Path) -> None:
    stop = Stop()
    stop.install()
    folder = JobFolder.create(tmp_path / ("0" * 32), JobSpec("play", "iris"))
    context = JobContext(folder, Nothing(), stop=stop)
    with stop.raising():
        context.ignore_cancel()
        os.kill(os.getpid(), signal.SIGTERM)
    assert stop.is_wanted
    with pytest.raises(KeyboardInterrupt), stop.raising():
        pytest.fail("begun")
