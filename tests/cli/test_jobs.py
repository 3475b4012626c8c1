"""Jobs on the command line: those that a server began, and those that are begun here."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.jobs import JobSpec, Outcome, Progress
from huggingnersc_lab.jobs.folder import JobFolder
from huggingnersc_lab.private_files import own_folder
from tests.practice_hub import FaultyHub

from .conftest import Run, on_hub

# Real processes, each of which takes its time on a busy machine.
pytestmark = pytest.mark.timeout(900)

VALUES = {"name": "iris", "pretty_name": "Iris", "size_categories": ["n<1K"]}
CHANGE = JobSpec("publish", "iris", {"change": {"kind": "publish", "name": "iris", "values": VALUES}})


def keep(job_id: str, spec: JobSpec, *, process: bool = True) -> JobFolder:
    job = JobFolder.create(own_folder("jobs") / job_id, spec)
    if process:
        job.claim()  # this process carries it out: it lives
    return job


def test_there_are_no_jobs_at_first(run: Run) -> None:
    assert run("job", "list").out == "There are no jobs.\n"
    assert run("job", "list", "--json").json["jobs"] == []


def test_a_job_is_carried_out_from_its_folder(run: Run, practice_hub: FaultyHub, practice_root: Path) -> None:
    job = keep(
        "a" * 32,
        CHANGE,
        process=False,
    )
    done = run("job", "run", str(job.path))
    assert done.code == 0, done.err
    assert "Entry 'iris' added to the catalog" in done.err
    assert done.out == "The job aaaaaaaa succeeded.\n"
    assert on_hub(practice_hub) == ["NERSC/iris"]
    again = run("job", "run", str(job.path), "--json")
    assert (again.code, again.problem["code"]) == (5, "conflict")


def test_a_job_that_fails_has_the_errors_exit_code(run: Run) -> None:
    job = keep("a" * 32, JobSpec("undo", "iris"), process=False)
    failed = run("job", "run", str(job.path))
    assert failed.code == 4, failed.err
    assert "There is no unfinished publication of 'iris'" in failed.plain
    cancelled = keep("b" * 32, JobSpec("undo", "iris"), process=False)
    cancelled.ask_to_cancel()
    assert run("job", "run", str(cancelled.path)).code == 130
    assert cancelled.read().state == "cancelled"


def test_a_folder_that_is_no_job(run: Run, tmp_path: Path) -> None:
    assert run("job", "run", str(tmp_path), "--json").problem["code"] == "not_found"


def test_jobs_are_listed_and_shown(spawn: Run, run: Run) -> None:
    going_on = keep("a" * 32, JobSpec("publish", "iris"))
    going_on.begin()
    going_on.add_step("stage", "done", "5 files prepared")
    time.sleep(0.002)
    waiting = keep("b" * 32, JobSpec("retire", "sky-maps"), process=False)
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
    job = keep("a" * 32, JobSpec("publish", "iris"), process=False)
    job.end(Outcome.failed(CatalogError("upstream", "The Hub is down."), kept=True))
    shown = run("job", "show", "a")
    assert "The Hub is down." in shown.out
    assert "Unfinished" not in shown.out  # nothing is unfinished in the catalog
    (practice_root / ".iris.staging").mkdir(parents=True)
    assert "'huggingnersc resume iris' to finish it" in " ".join(run("job", "show", "a").out.split())


def test_the_log_of_a_job_is_shown(run: Run) -> None:
    job = keep("a" * 32, CHANGE, process=False)
    queued = run("job", "log", "a")
    assert (queued.code, queued.out.strip()) == (0, "")
    assert "has not started yet" in queued.plain
    job.log.write_text("read 5 files\n")
    assert run("job", "log", "a").out == "read 5 files\n"
    assert run("job", "log", "a", "--json").json["is_cut"] is False


@pytest.mark.parametrize("command", ["show", "cancel", "follow", "log"])
def test_a_job_that_is_not_there_or_not_the_only_one(run: Run, command: str) -> None:
    keep("a1" * 16, JobSpec("undo", "iris"), process=False)
    keep("a2" * 16, JobSpec("undo", "iris"), process=False)
    absent = run("job", command, "b", "--json")
    assert (absent.code, absent.problem["code"]) == (4, "not_found")
    several = run("job", command, "a", "--json")
    assert (several.code, several.problem["code"]) == (5, "conflict")


def test_a_job_is_told_to_stop(run: Run) -> None:
    waiting = keep("a" * 32, JobSpec("undo", "iris"), process=False)
    assert not waiting.is_cancelled
    assert "Cancelling the job" in run("job", "cancel", "a").out
    assert waiting.is_cancelled
    late = keep("c" * 32, JobSpec("undo", "iris"), process=False)
    late.end(Outcome("succeeded"))
    ended = run("job", "cancel", "c", "--json")
    assert (ended.code, ended.problem["code"]) == (5, "conflict")


def test_a_job_that_a_later_version_began_is_listed_and_shown(run: Run) -> None:
    later = keep("a" * 32, JobSpec("teleport", "iris", {"to": "Mars"}, "orbit"), process=False)
    later.end(Outcome("failed", error={"code": "weather", "detail": "It rains.", "errors": []}, kept=True))
    assert "teleport" in run("job", "list").out
    shown = run("job", "show", "a").out
    assert all(words in shown for words in ("teleport iris", "orbit", "It rains.", "What it did so far is kept."))
    assert run("job", "follow", "a").code == 1


def test_how_far_a_job_is_and_why_it_waits(run: Run) -> None:
    job = keep("a" * 32, JobSpec("publish", "iris"))
    job.begin()
    job.report(Progress(0.5, "Sending", bytes=5, total_bytes=10))
    assert "[##########..........]  50 %  Sending, 5 B of 10 B" in run("job", "show", "a").out
    assert run("job", "show", "a", "--json").json["progress"]["fraction"] == 0.5
    job.end(Outcome("succeeded"))
    assert "50 %" not in run("job", "show", "a").out


class TestFollow:
    def test_shows_the_steps_and_the_end_and_leaves_with_its_code(self, run: Run) -> None:
        job = keep("a" * 32, JobSpec("publish", "iris"), process=False)
        job.add_step("stage", "begin", "Preparing the files")
        job.add_step("stage", "done", "5 files prepared")
        job.end(Outcome("succeeded", result={"name": "iris", "folder": "/catalog/iris"}))
        shown = run("job", "follow", "a")
        assert (shown.code, "✓ 5 files prepared" in shown.err) == (0, True)
        assert "Preparing" not in shown.err
        assert "/catalog/iris" in shown.out
        assert run("job", "follow", "a", "--json").json["state"] == "succeeded"

    @pytest.mark.parametrize(
        ("outcome", "code"),
        [(Outcome("cancelled"), 130), (Outcome.failed(CatalogError("upstream", "The Hub is down.")), 7)],
    )
    def test_tells_how_it_ended_by_its_exit_code(self, run: Run, outcome: Outcome, code: int) -> None:
        keep("a" * 32, JobSpec("publish", "iris"), process=False).end(outcome)
        assert run("job", "follow", "a").code == code

    def test_goes_on_until_the_end(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        job = keep("a" * 32, JobSpec("publish", "iris"))
        job.begin()
        looks = iter(
            [
                lambda: job.add_step("stage", "done", "5 files prepared"),
                lambda: None,
                lambda: job.end(Outcome("succeeded")),
            ]
        )
        monkeypatch.setattr(time, "sleep", lambda _: next(looks)())
        shown = run("job", "follow", "a")
        assert (shown.code, shown.err.count("5 files prepared")) == (0, 1)

    def test_can_be_left_and_the_job_goes_on(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        job = keep("a" * 32, JobSpec("publish", "iris"))

        def leave(_: float) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(time, "sleep", leave)
        shown = run("job", "follow", "a")
        assert (shown.code, "The job continues: 'huggingnersc job follow aaaaaaaa'" in shown.plain) == (130, True)
        assert not job.is_cancelled


class TestStart:
    """A job of any kind, one that nothing of the command line knows among them."""

    def test_begins_it(self, run: Run, toy: object) -> None:
        begun = run("job", "start", "toy", "name=iris", "size=4")
        assert begun.code == 0, begun.err
        assert "huggingnersc job follow" in begun.out
        (job,) = run("job", "list", "--json").json["jobs"]
        assert (job["kind"], job["name"]) == ("toy", "iris")
        followed = run("job", "follow", job["id"], "--json")
        assert (followed.code, followed.json["result"]) == (0, {"bytes": 4})

    @pytest.mark.parametrize(
        ("arguments", "detail"),
        [
            (["teleport"], "'kind' should be one of"),
            (["toy"], "'name' is missing."),
            (["toy", "iris"], "write FIELD=VALUE"),
            (["toy", "name=iris", "size=big"], "'size' should be a whole number."),
            (["toy", "name=iris", "waits=1"], "'waits' should be true or false."),
            (["toy", "name=iris", "colour=red"], "There is no field 'colour' here."),
            (["toy", "name=iris", "--executor", "orbit"], "'executor' should be one of local, slurm."),
        ],
    )
    def test_begins_nothing_for_what_does_not_fit(
        self, run: Run, toy: object, arguments: list[str], detail: str
    ) -> None:
        refused = run("job", "start", *arguments, "--json")
        assert refused.code == 3
        assert detail in refused.problem["detail"]
        assert run("job", "list", "--json").json["jobs"] == []
