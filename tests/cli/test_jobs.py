"""Jobs on the command line: the ones that a server began."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.jobs import Order, Outcome
from huggingnersc_lab.jobs.folder import JobFolder
from huggingnersc_lab.private_files import own_folder
from tests.practice_hub import FaultyHub

from .conftest import Run, on_hub

VALUES = {"name": "iris", "pretty_name": "Iris", "size_categories": ["n<1K"]}


def keep(job_id: str, order: Order, *, process: bool = True) -> JobFolder:
    job = JobFolder.create(own_folder("jobs") / job_id, order)
    if process:
        job.claim()  # this process carries it out: it lives
    return job


def test_there_are_no_jobs_at_first(run: Run) -> None:
    assert run("job", "list").out == "There are no jobs.\n"
    assert run("job", "list", "--json").json["jobs"] == []


def test_a_job_is_carried_out_from_its_folder(run: Run, practice_hub: FaultyHub, practice_root: Path) -> None:
    job = keep("a" * 32, Order("publish", "iris", values=VALUES), process=False)
    done = run("job", "run", str(job.path))
    assert done.code == 0, done.err
    assert "Entry 'iris' put into the catalog" in done.err
    assert done.out == "The job aaaaaaaa succeeded.\n"
    assert on_hub(practice_hub) == ["NERSC/iris"]
    again = run("job", "run", str(job.path), "--json")
    assert (again.code, again.problem["code"]) == (5, "conflict")


def test_a_job_that_fails_has_the_errors_exit_code(run: Run) -> None:
    job = keep("a" * 32, Order("undo", "iris"), process=False)
    failed = run("job", "run", str(job.path))
    assert failed.code == 4
    assert "There is no unfinished publication of 'iris'" in failed.plain
    cancelled = keep("b" * 32, Order("undo", "iris"), process=False)
    cancelled.ask_to_cancel()
    assert run("job", "run", str(cancelled.path)).code == 130
    assert cancelled.read().state == "cancelled"


def test_a_folder_that_is_no_job(run: Run, tmp_path: Path) -> None:
    assert run("job", "run", str(tmp_path), "--json").problem["code"] == "not_found"


def test_jobs_are_listed_and_shown(spawn: Run, run: Run) -> None:
    going_on = keep("a" * 32, Order("publish", "iris"))
    going_on.begin()
    going_on.note("stage", "done", "5 files prepared")
    time.sleep(0.002)
    waiting = keep("b" * 32, Order("retire", "sky-maps"), process=False)
    lines = run("job", "list").out.splitlines()
    assert [line.split()[:4] for line in lines] == [
        ["ID", "WHAT", "DATASET", "STATE"],
        ["bbbbbbbb", "retire", "sky-maps", "queued"],
        ["aaaaaaaa", "publish", "iris", "running"],
    ]
    assert [job["id"] for job in run("job", "list", "--json").json["jobs"]] == [waiting.id, going_on.id]
    shown = spawn("job", "show", "aa")
    assert shown.code == 0, shown.err
    assert "publish iris" in shown.out
    assert "5 files prepared" in shown.out
    assert run("job", "show", "a" * 32, "--json").json["steps"][0]["name"] == "stage"


def test_a_failed_job_says_why_and_what_to_do(run: Run, practice_root: Path) -> None:
    job = keep("a" * 32, Order("publish", "iris"), process=False)
    job.end(Outcome.failed(CatalogError("upstream", "The Hub is down."), kept=True))
    shown = run("job", "show", "a")
    assert "The Hub is down." in shown.out
    assert "resume iris" not in shown.out  # nothing is unfinished in the catalog


@pytest.mark.parametrize("command", ["show", "cancel"])
def test_a_job_that_is_not_there_or_not_the_only_one(run: Run, command: str) -> None:
    keep("a1" * 16, Order("undo", "iris"), process=False)
    keep("a2" * 16, Order("undo", "iris"), process=False)
    absent = run("job", command, "b", "--json")
    assert (absent.code, absent.problem["code"]) == (4, "not_found")
    several = run("job", command, "a", "--json")
    assert (several.code, several.problem["code"]) == (5, "conflict")


def test_a_job_is_told_to_stop(run: Run) -> None:
    waiting = keep("a" * 32, Order("undo", "iris"), process=False)
    assert not waiting.is_cancelled
    assert "was told to stop" in run("job", "cancel", "a").out
    assert waiting.is_cancelled
    late = keep("c" * 32, Order("undo", "iris"), process=False)
    late.end(Outcome("succeeded"))
    ended = run("job", "cancel", "c", "--json")
    assert (ended.code, ended.problem["code"]) == (5, "conflict")
