"""Inside a job's process: how it ends, and what a wish to stop does."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.jobs import IsUnfinished, JobContext, JobKind, JobSpec, Kinds, Outcome, Progress, runner
from huggingnersc_lab.jobs.folder import JobFolder
from huggingnersc_lab.jobs.runner import run

from .conftest import PATIENCE, Nothing

Work = Callable[[JobContext[Nothing]], Mapping[str, Any] | None]


class Told(JobKind[Nothing]):
    """A kind whose work the test says."""

    name = "told"
    arguments = Nothing
    undoes_on_cancel = True

    def __init__(self, work: Work, back: Work = lambda _: None, *, left: bool = False) -> None:
        self.work = work
        self.back = back
        self.left = left

    def run(self, context: JobContext[Nothing]) -> Mapping[str, Any] | None:
        return self.work(context)

    def take_back(self, context: JobContext[Nothing]) -> None:
        self.back(context)

    def leftovers(self, folder: JobFolder, is_unfinished: IsUnfinished) -> bool:
        assert not is_unfinished(folder.spec.dataset)
        return self.left


@pytest.fixture(autouse=True)
def _terminate_as_before() -> Iterator[None]:
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


@pytest.fixture
def job(tmp_path: Path) -> JobFolder:
    return JobFolder.create(tmp_path / ("0" * 32), JobSpec("told", "iris"))


def terminate() -> None:
    os.kill(os.getpid(), signal.SIGTERM)


def refuse(_: JobContext[Nothing]) -> None:
    raise CatalogError("upstream", "The Hub is down.")


def stop(_: JobContext[Nothing]) -> None:
    terminate()
    pytest.fail("went on")


def test_what_is_done_stands_in_the_folder(job: JobFolder) -> None:
    told = []

    def work(context: JobContext[Nothing]) -> Mapping[str, Any]:
        assert job.read().state == "running"
        context.step("stage", "begin", "Preparing")
        return {"name": "iris"}

    outcome = run(job, Kinds(Told(work)), lambda *step: told.append(step))
    assert outcome == Outcome("succeeded", result={"name": "iris"})
    ended = job.read()
    assert (ended.state, ended.result) == ("succeeded", {"name": "iris"})
    assert told == [("stage", "begin", "Preparing")]


@pytest.mark.parametrize("left", [True, False])
def test_what_fails_says_why_and_what_is_left(job: JobFolder, left: bool) -> None:
    outcome = run(job, Kinds(Told(refuse, left=left)))
    assert outcome == Outcome.failed(CatalogError("upstream", "The Hub is down."), kept=left)
    assert (job.read().state, job.read().kept) == ("failed", left)


def test_an_error_of_this_program_is_told_and_its_place_is_in_the_log(
    job: JobFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    def work(context: JobContext[Nothing]) -> None:
        raise ZeroDivisionError("wrong")

    run(job, Kinds(Told(work, left=True)))
    ended = job.read()
    assert ended.error is not None
    assert (ended.state, ended.error["code"], ended.kept) == ("failed", "unexpected", True)
    assert "ZeroDivisionError: wrong" in ended.error["detail"]
    assert str(job.log) in ended.error["detail"]
    assert "Traceback" not in ended.error["detail"]
    assert "test_runner.py" in capsys.readouterr().err


def test_what_is_left_and_cannot_be_seen_does_not_hide_why_it_failed(job: JobFolder) -> None:
    class Blind(Told):
        def leftovers(self, folder: JobFolder, is_unfinished: IsUnfinished) -> bool:
            raise CatalogError("storage", "The disk is gone.")

    assert run(job, Kinds(Blind(refuse))) == Outcome.failed(CatalogError("upstream", "The Hub is down."))


def test_a_kind_that_only_a_later_version_knows_fails_with_a_word(job: JobFolder) -> None:
    outcome = run(job, Kinds())
    assert outcome.error is not None
    assert (outcome.state, outcome.error["code"]) == ("failed", "invalid_record")
    assert "does not know the job kind 'told'" in outcome.error["detail"]
    assert job.read().state == "failed"


def test_arguments_that_do_not_fit_begin_nothing(tmp_path: Path) -> None:
    job = JobFolder.create(tmp_path / ("0" * 32), JobSpec("told", "iris", {"colour": "red"}))
    outcome = run(job, Kinds(Told(lambda _: pytest.fail("begun"))))
    assert outcome.error is not None
    assert [fault["pointer"] for fault in outcome.error["errors"]] == ["/colour"]


def test_a_job_is_carried_out_once(job: JobFolder) -> None:
    run(job, Kinds(Told(lambda _: None)))
    with pytest.raises(CatalogError) as second:
        run(job, Kinds(Told(lambda _: pytest.fail("carried out again"))))
    assert second.value.code == "conflict"
    assert job.read().state == "succeeded"


def test_a_wish_to_stop_interrupts_once_and_what_takes_back_goes_on(job: JobFolder) -> None:
    def back(context: JobContext[Nothing]) -> None:
        terminate()  # the wish once more, while it takes back
        context.step("undo", "done", "Taken back")

    assert run(job, Kinds(Told(stop, back))) == Outcome("cancelled")
    assert (job.read().state, job.read().steps[0].name) == ("cancelled", "undo")


def test_what_cannot_be_taken_back_is_kept(job: JobFolder) -> None:
    error = CatalogError("upstream", "The Hub is down.").to_dict()
    assert run(job, Kinds(Told(stop, refuse))) == Outcome("cancelled", error=error, kept=True)


def test_a_kind_that_takes_nothing_back_leaves_it(job: JobFolder) -> None:
    kind = Told(stop, lambda _: pytest.fail("taken back"), left=True)
    kind.undoes_on_cancel = False  # type: ignore[misc]
    assert run(job, Kinds(kind)) == Outcome("cancelled", kept=True)


def test_a_wish_that_came_before_interrupts_at_once(job: JobFolder) -> None:
    job.ask_to_cancel()
    assert run(job, Kinds(Told(lambda _: pytest.fail("began")))).state == "cancelled"


def test_what_must_not_stop_half_way_is_completed(job: JobFolder) -> None:
    def work(context: JobContext[Nothing]) -> None:
        context.ignore_cancel()
        terminate()

    assert run(job, Kinds(Told(work))) == Outcome("succeeded")


def test_a_wish_in_the_folder_is_seen_where_no_signal_comes(job: JobFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "HEARTBEAT_SECONDS", 0.02)

    def work(context: JobContext[Nothing]) -> None:
        job.ask_to_cancel()
        time.sleep(PATIENCE)
        pytest.fail("was not woken")

    assert run(job, Kinds(Told(work))).state == "cancelled"


def test_its_heart_beats_until_it_ends_and_writes_the_last_progress(
    job: JobFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "HEARTBEAT_SECONDS", 0.02)

    def work(context: JobContext[Nothing]) -> None:
        context.progress(0.1)
        context.progress(0.9)  # too soon to be written at once
        os.utime(job.path / "process.json", (0, 0))
        deadline = time.monotonic() + PATIENCE
        while job.silent_seconds() > PATIENCE or job.read().progress != Progress(0.9):
            assert time.monotonic() < deadline
            time.sleep(0.01)

    assert run(job, Kinds(Told(work))) == Outcome("succeeded")
    assert "heartbeat" not in {thread.name for thread in threading.enumerate()}


def test_a_scheduler_says_by_itself_why_it_stopped_a_job(tmp_path: Path) -> None:
    job = JobFolder.create(tmp_path / ("1" * 32), JobSpec("told", "iris", executor="slurm"))
    taken_back: list[str] = []
    assert run(job, Kinds(Told(stop, lambda _: taken_back.append("all")))).state == "cancelled"
    assert taken_back == ["all"]
    assert job.read().state == "running"  # until Slurm says more


def test_a_job_of_a_scheduler_that_a_person_cancelled_says_so(tmp_path: Path) -> None:
    job = JobFolder.create(tmp_path / ("1" * 32), JobSpec("told", "iris", executor="slurm"))
    job.ask_to_cancel()
    assert run(job, Kinds(Told(stop))).state == "cancelled"
    assert job.read().state == "cancelled"
