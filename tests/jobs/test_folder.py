"""A job's folder, written by one process and read by others."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.jobs import Order, Outcome
from huggingnersc_lab.jobs.folder import JobFolder
from huggingnersc_lab.record.scripts import Script

ORDER = Order(
    "update",
    "iris",
    site="nersc",
    catalog_root="/catalog",
    hub_url="https://hub.example",
    organization="NERSC",
    values={"tags": ["größe", None]},
    loader=Script("load.py", "print(1)\n"),
    batch_script=Script("run.sh", "#!/bin/bash\n"),
    private=False,
    create_pr=True,
    from_hub=True,
    etag="abc",
    draft_id="0" * 32,
    draft_etag="def",
    drafts_folder="/drafts",
)
ID = "f" * 32


@pytest.fixture
def job(tmp_path: Path) -> JobFolder:
    return JobFolder.create(tmp_path / "jobs" / ID, ORDER)


def test_an_order_comes_back_as_it_was_given(job: JobFolder) -> None:
    assert JobFolder(job.path).order == ORDER
    assert Order.from_dict(json.loads(json.dumps(Order("undo", "iris").to_dict()))) == Order("undo", "iris")


def test_a_job_from_its_order_to_its_end(job: JobFolder) -> None:
    queued = job.read()
    assert (queued.id, queued.state, queued.steps, queued.draft_id) == (ID, "queued", (), "0" * 32)
    assert queued.to_dict().keys() == {
        *("id", "kind", "name", "state", "steps", "kept", "created_at", "updated_at", "draft_id")
    }
    job.claim()
    job.begin()
    job.note("stage", "begin", "Preparing")
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
    job.note("stage", "begin", "Preparing")
    with (job.path / "events.jsonl").open("ab") as stream:
        stream.write(torn)
    assert [step.name for step in job.read().steps] == ["stage"]


def test_a_damaged_state_is_none_and_a_damaged_order_is_told(job: JobFolder) -> None:
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
    job.note("stage", "begin", "Preparing")
    assert job.read().steps == ()


def test_an_order_that_cannot_be_kept_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CatalogError, match="Nothing was begun") as refused:
        JobFolder.create(tmp_path / ID, ORDER)
    assert refused.value.code == "storage"
    assert list(tmp_path.iterdir()) == []
