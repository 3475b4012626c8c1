"""A job's folder, written by one process and read by others."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from pathlib import Path

import pytest

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.jobs import JobSpec, Outcome, Progress
from huggingnersc_lab.jobs.folder import JobFolder

SPEC = JobSpec("update", "iris", {"values": {"tags": ["größe", None]}, "draft_id": "0" * 32}, "slurm", {"nodes": 2})
OLD = Path(__file__).parent / "folders"
"""Folders that version 0.1.0 wrote."""
ID = "f" * 32


@pytest.fixture
def job(tmp_path: Path) -> JobFolder:
    return JobFolder.create(tmp_path / "jobs" / ID, SPEC)


def test_a_spec_comes_back_as_it_was_given(job: JobFolder) -> None:
    assert JobFolder(job.path).spec == SPEC


def test_nobody_else_can_look_into_it(tmp_path: Path) -> None:
    umask = os.umask(0)
    try:
        path = JobFolder.create(tmp_path / "jobs" / ID, SPEC).path
    finally:
        os.umask(umask)
    modes = {each.name: each.stat().st_mode & 0o777 for each in (path.parent, path, path / "job.json")}
    assert modes == {"jobs": 0o700, ID: 0o700, "job.json": 0o600}


def test_the_first_request_to_stop_counts(job: JobFolder) -> None:
    assert not job.is_cancelled
    assert job.ask_to_cancel() == 0.0
    assert job.is_cancelled
    assert (job.path / "cancel").is_file()
    hour_ago = time.time() - 3600
    os.utime(job.path / "cancel", (hour_ago, hour_ago))
    assert 3600 <= job.ask_to_cancel() < 3900


def test_a_job_from_its_spec_to_its_end(job: JobFolder) -> None:
    queued = job.read()
    assert (queued.id, queued.kind, queued.dataset, queued.executor) == (ID, "update", "iris", "slurm")
    assert (queued.state, queued.steps, queued.progress) == ("queued", (), None)
    assert queued.updated_at == queued.created_at
    assert queued.to_dict().keys() == {
        *("id", "kind", "name", "state", "steps", "kept", "created_at", "updated_at", "executor")
    }
    job.claim()
    job.begin()
    job.add_step("stage", "begin", "Preparing")
    running = job.read()
    assert (running.state, running.steps[0].detail) == ("running", "Preparing")
    assert running.updated_at >= running.created_at
    error = CatalogError("upstream", "The Hub is down.")
    job.end(Outcome.failed(error, kept=True))
    ended = JobFolder(job.path).read()
    assert (ended.state, ended.kept, ended.error) == ("failed", True, error.to_dict())
    assert ended.to_dict()["steps"] == [vars(step) for step in ended.steps]


def test_only_one_process_carries_it_out(job: JobFolder) -> None:
    assert job.process() is None
    job.claim()
    process = job.process()
    assert process is not None
    assert process.pid == os.getpid()
    assert process.is_alive(0, 0)
    with pytest.raises(CatalogError, match="another process") as second:
        JobFolder(job.path).claim()
    assert second.value.code == "conflict"


def test_a_process_of_another_machine_is_judged_by_its_silence(job: JobFolder) -> None:
    job.claim()
    process = job.process()
    assert process is not None
    elsewhere = replace(process, host="elsewhere.example")
    assert elsewhere.is_alive(job.silent_seconds(), 60)
    os.utime(job.path / "process.json", (0, 0))
    assert not elsewhere.is_alive(job.silent_seconds(), 60)
    job.beat()
    assert elsewhere.is_alive(job.silent_seconds(), 60)


@pytest.mark.parametrize("torn", [b'{"name": "comm', b"\xff\xfe", b"[1]", b'{"another": "form"}'])
def test_a_line_that_a_crash_tore_does_not_hide_the_others(job: JobFolder, torn: bytes) -> None:
    job.add_step("stage", "begin", "Preparing")
    with (job.path / "events.jsonl").open("ab") as stream:
        stream.write(torn)
    assert [step.name for step in job.read().steps] == ["stage"]


def test_a_damaged_state_is_none_and_a_damaged_spec_is_told(job: JobFolder) -> None:
    (job.path / "state.json").write_bytes(b"{")
    assert job.read().state == "queued"
    (job.path / "job.json").write_bytes(b"{")
    with pytest.raises(CatalogError) as damaged:
        JobFolder(job.path).read()
    assert damaged.value.code == "invalid_record"
    with pytest.raises(CatalogError) as absent:
        JobFolder(job.path.with_name("0" * 32)).read()
    assert absent.value.code == "not_found"


def test_a_step_that_cannot_be_written_is_lost_and_does_not_stop_the_work(job: JobFolder) -> None:
    (job.path / "events.jsonl").mkdir()
    job.add_step("stage", "begin", "Preparing")
    assert job.read().steps == ()


def test_progress_is_what_was_said_last(job: JobFolder) -> None:
    job.report(Progress(0.25, "Reading", bytes=1, total_bytes=4, bytes_per_second=2.5))
    first = job.read()
    assert first.progress == Progress(0.25, "Reading", bytes=1, total_bytes=4, bytes_per_second=2.5)
    assert first.updated_at >= first.created_at
    job.report(Progress(text="Tidying up"))
    second = job.read()
    assert (second.progress, second.updated_at >= first.updated_at) == (Progress(text="Tidying up"), True)
    assert {path.name for path in job.path.iterdir()} == {"job.json", "progress.json"}
    assert (job.path / "progress.json").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"[" * 100_000, b'{"colour": "red"}', b'{"fraction": NaN, "text": 1}']
)
def test_progress_of_another_form_is_none(job: JobFolder, content: bytes) -> None:
    (job.path / "progress.json").write_bytes(content)
    assert job.read().progress is None


def test_progress_that_cannot_be_written_is_lost(job: JobFolder) -> None:
    (job.path / "progress.json").mkdir()
    job.report(Progress(0.5))
    assert job.read().progress is None


def test_a_state_that_only_a_later_version_knows_is_one_of_work(job: JobFolder) -> None:
    (job.path / "state.json").write_text('{"state": "suspended"}')
    assert job.read().state == "running"


def test_folders_of_the_first_version_are_read(tmp_path: Path) -> None:
    done = JobFolder(OLD / ("a" * 32)).read()
    assert (done.kind, done.dataset, done.state, done.kept, done.executor) == (
        "publish",
        "iris",
        "succeeded",
        False,
        "local",
    )
    assert [(step.name, step.phase) for step in done.steps][-1] == ("close", "done")
    assert done.result is not None
    assert done.result["notebook"] == "/catalog/iris/iris_loader.ipynb"
    assert (done.progress, done.created_at <= done.updated_at) == (None, True)
    failed = JobFolder(OLD / ("b" * 32)).read()
    assert (failed.kind, failed.state, failed.kept) == ("update", "failed", True)
    assert failed.error is not None
    assert failed.error["errors"][0]["detail"] == "NERSC/iris"
    arguments = JobFolder(OLD / ("b" * 32)).spec.arguments
    assert arguments["private"] is False  # not the same as not given
    assert arguments["batch_script"] == {"file_name": "run.sh", "text": "#!/bin/bash\n"}
    assert arguments["organization"] == "NERSC"
    assert [JobFolder(OLD / (digit * 32)).read().state for digit in "cdef"] == [
        "queued",
        "cancelled",
        "queued",
        "queued",
    ]


def test_a_spec_that_cannot_be_kept_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CatalogError, match="Nothing was started") as refused:
        JobFolder.create(tmp_path / ID, SPEC)
    assert refused.value.code == "storage"
    assert list(tmp_path.iterdir()) == []


def test_what_a_scheduler_calls_it_is_numbers(tmp_path: Path) -> None:
    job = JobFolder.create(tmp_path / ID, SPEC)
    assert (job.scheduler_ids(), job.read().scheduler_id) == ((), "")
    job.keep_scheduler_ids("12", "13")
    assert (job.scheduler_ids(), job.read().scheduler_id) == (("12", "13"), "13")
    assert job.read().to_dict()["scheduler_id"] == "13"
    (job.path / "scheduler.json").write_text('{"ids": ["--all", 7, "1 2", "14"]}')
    assert job.scheduler_ids() == ("14",)
    (job.path / "scheduler.json").write_text('{"ids": "15"}')
    assert job.scheduler_ids() == ()


def test_whether_it_has_ended(tmp_path: Path) -> None:
    job = JobFolder.create(tmp_path / ID, SPEC)
    assert not job.has_ended
    job.begin()
    assert not job.has_ended
    job.end(Outcome("cancelled"))
    assert job.has_ended
