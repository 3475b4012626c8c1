"""Inside a job's process: how it ends, and what a wish to stop does."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.jobs import Order, Outcome, runner
from huggingnersc_lab.jobs.folder import JobFolder
from huggingnersc_lab.jobs.model import Tell
from huggingnersc_lab.jobs.runner import Stop, run

DONE = Outcome("succeeded", result={"name": "iris"})


@pytest.fixture(autouse=True)
def _terminate_as_before() -> Iterator[None]:
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


@pytest.fixture
def job(tmp_path: Path) -> JobFolder:
    return JobFolder.create(tmp_path / ("0" * 32), Order("publish", "iris"))


def terminate() -> None:
    os.kill(os.getpid(), signal.SIGTERM)


def test_what_is_done_stands_in_the_folder(job: JobFolder) -> None:
    told = []

    def work(order: Order, tell: Tell, stop: Stop) -> Outcome:
        assert order == Order("publish", "iris")
        assert job.read().state == "running"
        tell("stage", "begin", "Preparing")
        return DONE

    assert run(job, work, lambda *step: told.append(step)) == DONE
    ended = job.read()
    assert (ended.state, ended.result) == ("succeeded", {"name": "iris"})
    assert told == [("stage", "begin", "Preparing")]
    assert [(step.name, step.phase, step.detail) for step in ended.steps] == told


def test_an_error_of_this_program_is_told_and_its_place_is_in_the_log(
    job: JobFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    def work(order: Order, tell: Tell, stop: Stop) -> Outcome:
        raise ZeroDivisionError("wrong")

    run(job, work)
    ended = job.read()
    assert ended.error is not None
    assert (ended.state, ended.error["code"]) == ("failed", "unexpected")
    assert "ZeroDivisionError: wrong" in ended.error["detail"]
    assert "Traceback" not in ended.error["detail"]
    assert "test_runner.py" in capsys.readouterr().err


def test_a_job_is_carried_out_once(job: JobFolder) -> None:
    run(job, lambda *_: DONE)
    with pytest.raises(CatalogError) as second:
        run(job, lambda *_: pytest.fail("carried out again"))
    assert second.value.code == "conflict"
    assert job.read().state == "succeeded"


def test_a_wish_to_stop_interrupts_once_and_what_takes_back_goes_on(job: JobFolder) -> None:
    def work(order: Order, tell: Tell, stop: Stop) -> Outcome:
        with pytest.raises(KeyboardInterrupt), stop.raising():
            terminate()
        terminate()  # the wish once more, while it takes back
        tell("undo", "done", "Taken back")
        return Outcome("cancelled")

    run(job, work)
    assert (job.read().state, job.read().steps[0].name) == ("cancelled", "undo")


def test_a_wish_that_came_before_interrupts_at_once(job: JobFolder) -> None:
    def work(order: Order, tell: Tell, stop: Stop) -> Outcome:
        with pytest.raises(KeyboardInterrupt), stop.raising():
            pytest.fail("began")
        return Outcome("cancelled")

    job.ask_to_cancel()
    assert run(job, work).state == "cancelled"


def test_what_is_held_is_completed(job: JobFolder) -> None:
    def work(order: Order, tell: Tell, stop: Stop) -> Outcome:
        with stop.raising():
            stop.hold()
            terminate()
            return DONE

    assert run(job, work) == DONE


def test_a_wish_in_the_folder_is_seen_where_no_signal_comes(job: JobFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "HEARTBEAT_SECONDS", 0.02)

    def work(order: Order, tell: Tell, stop: Stop) -> Outcome:
        began = time.monotonic()
        job.ask_to_cancel()
        with pytest.raises(KeyboardInterrupt), stop.raising():
            time.sleep(20)
        assert time.monotonic() - began < 15
        return Outcome("cancelled")

    assert run(job, work).state == "cancelled"


def test_its_heart_beats_until_it_ends(job: JobFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "HEARTBEAT_SECONDS", 0.02)

    def work(order: Order, tell: Tell, stop: Stop) -> Outcome:
        os.utime(job.path / "process.json", (0, 0))
        deadline = time.monotonic() + 15
        while job.silent_seconds() > 60 and time.monotonic() < deadline:
            time.sleep(0.01)
        assert job.silent_seconds() < 60
        return DONE

    assert run(job, work) == DONE
    assert "heartbeat" not in {thread.name for thread in threading.enumerate()}
