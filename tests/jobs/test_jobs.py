"""What the list of jobs keeps, shows and forgets; their processes are played by an executor of the tests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hints import Hint
from huggingnersc_lab.jobs import Jobs, JobSpec, Kinds, Outcome, Seen
from huggingnersc_lab.jobs import jobs as jobs_module
from huggingnersc_lab.jobs.folder import JobFolder

from .conftest import FakeExecutor, Gone, Play


@pytest.fixture
def jobs(played: Jobs) -> Jobs:
    return played


def play(name: str = "iris", **arguments: Any) -> JobSpec:
    return JobSpec("play", name, arguments)


def test_a_secret_is_given_to_the_process_and_to_nobody_else(jobs: Jobs, executor: FakeExecutor) -> None:
    with_secret, without = jobs.start(play(), environment={"HF_TOKEN": "hf_x"}), jobs.start(play())
    assert executor.environments == [{"HF_TOKEN": "hf_x"}, {}]
    for job in (with_secret, without):
        assert all(b"hf_x" not in file.read_bytes() for file in (jobs.folder / job.id).iterdir())


@pytest.mark.parametrize(
    ("spec", "pointer"),
    [
        (JobSpec("dance", "iris"), "/kind"),
        (JobSpec("play", "iris", {"colour": "red"}), "/colour"),
        (JobSpec("play", "iris", executor="slurm"), "/executor"),
    ],
)
def test_what_cannot_be_done_is_refused_before_anything_is_kept(jobs: Jobs, spec: JobSpec, pointer: str) -> None:
    with pytest.raises(CatalogError) as refused:
        jobs.start(spec)
    assert [fault.pointer for fault in refused.value.fields] == [pointer]
    assert jobs.list() == []
    assert not jobs.folder.exists()


def test_a_list_has_the_newest_first_and_leaves_out_what_is_damaged(jobs: Jobs) -> None:
    assert jobs.list() == []
    begun = [jobs.start(play(name)) for name in "abc"]
    (jobs.folder / ("0" * 32)).mkdir()
    (jobs.folder / ("1" * 32)).mkdir()
    (jobs.folder / ("1" * 32) / "job.json").write_bytes(b"{}")
    (jobs.folder / "notes").mkdir()
    assert {job.id for job in jobs.list()} == {job.id for job in begun}
    assert [job.created_at for job in jobs.list()] == sorted((job.created_at for job in begun), reverse=True)


@pytest.mark.parametrize("job_id", ["", "no-such", "0" * 32, "../jobs", "0" * 32 + "\n"])
def test_an_id_that_never_was_is_not_found(jobs: Jobs, job_id: str) -> None:
    jobs.start(play())
    for use in (jobs.read, jobs.cancel, jobs.forget):
        with pytest.raises(CatalogError) as absent:
            use(job_id)
        assert absent.value.code == "not_found"


def test_what_was_kept_is_kept_as_long_as_it_is_unfinished(
    jobs: Jobs, executor: FakeExecutor, unfinished: set[str]
) -> None:
    job = jobs.start(play())
    unfinished.add("iris")
    error = CatalogError("upstream", "The Hub is down.")
    executor.end(jobs, job.id, Outcome.failed(error, kept=True))
    seen = jobs.read(job.id)
    assert (seen.state, seen.error, seen.kept) == ("failed", error.to_dict(), True)
    unfinished.clear()
    assert not jobs.read(job.id).kept


@pytest.mark.parametrize(
    ("kind", "is_left", "cancelled", "state", "kept"),
    [
        ("play", True, False, "failed", True),
        ("play", False, False, "failed", False),
        ("play", True, True, "cancelled", True),
        ("play", False, True, "cancelled", False),
        ("gone", True, False, "failed", False),
    ],
)
def test_a_process_that_went_without_a_word(
    jobs: Jobs,
    make_played: Callable[[], Jobs],
    executor: FakeExecutor,
    unfinished: set[str],
    kind: str,
    is_left: bool,
    cancelled: bool,
    state: str,
    kept: bool,
) -> None:
    job = jobs.start(JobSpec(kind, "iris"))
    if is_left:
        unfinished.add("iris")
    if cancelled:
        jobs.cancel(job.id)
    executor.seen[job.id] = Seen("gone")
    seen = make_played().read(job.id)
    assert (seen.state, seen.kept) == (state, kept)
    if state == "failed" or kept:
        assert seen.error is not None
        assert seen.error["code"] == "unexpected"
        assert ("Resume 'iris'" in seen.error["detail"]) is kept
        assert ("killed, or the machine went down" in seen.error["detail"]) is not cancelled
    else:
        assert seen.error is None
    again = make_played().read(job.id)
    assert (again.state, again.kept, again.error) == (seen.state, seen.kept, seen.error)


def test_why_a_process_went_is_told_in_the_executors_words(jobs: Jobs, executor: FakeExecutor) -> None:
    job = jobs.start(play())
    executor.seen[job.id] = Seen("gone", "OUT_OF_MEMORY on node nid001")
    error = jobs.read(job.id).error
    assert error is not None
    assert "ended unexpectedly (OUT_OF_MEMORY on node nid001)" in error["detail"]


@pytest.mark.parametrize("is_left", [True, False])
@pytest.mark.parametrize("was_cancelled", [True, False])
def test_what_an_executor_knows_of_the_end_is_told_whole(
    jobs: Jobs, executor: FakeExecutor, unfinished: set[str], is_left: bool, was_cancelled: bool
) -> None:
    job = jobs.start(play())
    if is_left:
        unfinished.add("iris")
    error = CatalogError("scheduler", "It reached its time limit (TIMEOUT).", hints=[Hint("more_time")])
    executor.seen[job.id] = Seen("gone", "TIMEOUT", error, was_cancelled)
    seen = jobs.read(job.id)
    assert (seen.state, seen.kept) == ("cancelled" if was_cancelled else "failed", is_left)
    told = seen.to_dict("cli")["error"]
    assert told["code"] == "scheduler"
    assert told["detail"].startswith("It reached its time limit (TIMEOUT).")
    assert told["detail"].endswith("Start it again with more time, such as --resource time=04:00:00.")
    assert ("Resume 'iris'." in told["detail"]) is is_left


def test_who_was_cancelled_from_here_needs_no_reason(jobs: Jobs, executor: FakeExecutor) -> None:
    job = jobs.start(play())
    jobs.cancel(job.id)
    executor.seen[job.id] = Seen("gone", "CANCELLED", CatalogError("scheduler", "It was cancelled."), True)
    assert (jobs.read(job.id).state, jobs.read(job.id).error) == ("cancelled", None)


def test_why_a_job_waits_is_told_until_it_works(jobs: Jobs, executor: FakeExecutor) -> None:
    job = jobs.start(play())
    executor.seen[job.id] = Seen("queued", "It waits for free nodes (Resources).")
    assert (jobs.read(job.id).state, jobs.read(job.id).reason) == ("queued", "It waits for free nodes (Resources).")
    JobFolder(jobs.folder / job.id).begin()
    assert (jobs.read(job.id).state, jobs.read(job.id).reason) == ("running", "")


def test_on_a_full_disk_a_process_that_went_is_told_all_the_same(
    jobs: Jobs, executor: FakeExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = jobs.start(play())
    executor.seen[job.id] = Seen("gone")

    def full(self: JobFolder, outcome: Outcome) -> None:
        raise CatalogError("storage", "No space left on device.")

    monkeypatch.setattr(JobFolder, "end", full)
    assert [(item.id, item.state) for item in jobs.list()] == [(job.id, "failed")]


def test_force_comes_only_after_a_while(jobs: Jobs, executor: FakeExecutor, monkeypatch: pytest.MonkeyPatch) -> None:
    job = jobs.start(play())
    jobs.cancel(job.id)
    jobs.cancel(job.id)
    monkeypatch.setattr(jobs_module, "GRACE_SECONDS", -1)
    jobs.cancel(job.id)
    assert executor.stopped == [(job.id, False), (job.id, False), (job.id, True)]


def test_only_what_has_ended_is_forgotten(jobs: Jobs, executor: FakeExecutor) -> None:
    job = jobs.start(play())
    with pytest.raises(CatalogError) as going_on:
        jobs.forget(job.id)
    assert going_on.value.code == "conflict"
    executor.end(jobs, job.id, Outcome("succeeded"))
    assert jobs.forget(job.id).state == "succeeded"
    assert jobs.list() == []
    assert list(jobs.folder.iterdir()) == []


def test_old_jobs_are_forgotten_when_a_new_one_begins(
    jobs: Jobs, executor: FakeExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs_module, "MAX_ENDED", 3)
    ended = [jobs.start(play(f"job-{number}")) for number in range(5)]
    going_on = jobs.start(play("going-on"))
    for job in ended:
        executor.end(jobs, job.id, Outcome("succeeded"))
    newest = jobs.start(play("newest"))
    kept = {job.id for job in jobs.list()}
    assert len(kept) == 5
    assert {going_on.id, newest.id} <= kept
    long_ago = datetime.now(timezone.utc) + timedelta(days=31)

    class Later(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:
            return long_ago

    monkeypatch.setattr(jobs_module, "datetime", Later)
    last = jobs.start(play("last"))
    assert {job.id for job in jobs.list()} == {going_on.id, newest.id, last.id}


def test_a_process_that_cannot_be_started_leaves_no_job(jobs: Jobs, executor: FakeExecutor) -> None:
    executor.failure = CatalogError("scheduler", "There is no such account.")
    with pytest.raises(CatalogError, match="no such account"):
        jobs.start(play())
    executor.failure = None
    assert list(jobs.folder.iterdir()) == []


def test_what_a_job_was_ordered_to_do(jobs: Jobs) -> None:
    spec = play(draft_id="0")
    job = jobs.start(spec)
    assert (jobs.spec(job.id), job.shown) == (spec, {"draft_id": "0"})


def test_what_was_removed_by_another_program_is_gone(jobs: Jobs, executor: FakeExecutor, make_played: Any) -> None:
    first, second = jobs.start(play()), jobs.start(play())
    executor.end(jobs, first.id, Outcome("succeeded"))
    assert len(jobs.list()) == 2
    other = make_played()
    other.forget(first.id)
    executor.end(jobs, second.id, Outcome("succeeded"))
    other.forget(second.id)
    assert jobs.list() == []
    assert (jobs._active, jobs._ended) == ({}, {})


class TestTwoExecutors:
    """Each job has the executor that it was ordered for."""

    @pytest.fixture
    def slow(self) -> FakeExecutor:
        return FakeExecutor()

    @pytest.fixture
    def both(self, tmp_path: Path, executor: FakeExecutor, slow: FakeExecutor) -> Jobs:
        executors = {"local": executor, "slow": slow}
        return Jobs(tmp_path / "played", Kinds(Play(), Gone()), lambda _: False, executors)

    def start(self, both: Jobs, count: int = 1) -> list[str]:
        specs = [JobSpec("play", "iris", executor="slow", resources={"nodes": number}) for number in range(count)]
        return [both.start(spec).id for spec in specs]

    def test_a_job_goes_to_its_own(self, both: Jobs, executor: FakeExecutor, slow: FakeExecutor) -> None:
        (there,), here = self.start(both), both.start(play()).id
        assert (list(executor.seen), list(slow.seen)) == ([here], [there])
        assert slow.resources == [{"nodes": 0}]
        assert {job.id: job.executor for job in both.list()} == {here: "local", there: "slow"}
        both.cancel(there)
        assert (executor.stopped, slow.stopped) == ([], [(there, False)])

    def test_each_is_asked_once_for_all_of_its_jobs_that_go_on(
        self, both: Jobs, executor: FakeExecutor, slow: FakeExecutor
    ) -> None:
        there, here = self.start(both, 5), both.start(play()).id
        slow.end(both, there[0], Outcome("succeeded"))
        both.list()
        executor.asked.clear()
        slow.asked.clear()
        assert len(both.list()) == 6
        assert (executor.asked, slow.asked) == ([[here]], [sorted(there[1:])])

    def test_a_job_is_held_as_long_as_its_executor_says_so(self, both: Jobs, slow: FakeExecutor) -> None:
        (job_id,) = self.start(both)
        slow.seen[job_id] = Seen("held", "JobHeldUser")
        held = both.read(job_id)
        assert (held.state, held.reason, held.has_ended) == ("held", "JobHeldUser", False)
        assert held.to_dict()["reason"] == "JobHeldUser"
        slow.seen[job_id] = Seen("queued")
        assert (both.read(job_id).state, both.read(job_id).reason) == ("queued", "")
        slow.seen[job_id] = Seen("held", "JobHeldUser")
        JobFolder(both.folder / job_id).begin()  # its folder knows better
        assert (both.read(job_id).state, both.read(job_id).reason) == ("running", "")

    def test_one_that_is_cancelled_while_it_is_held_ends_without_having_begun(
        self, both: Jobs, slow: FakeExecutor
    ) -> None:
        (job_id,) = self.start(both)
        slow.seen[job_id] = Seen("held", "JobHeldUser")
        assert both.cancel(job_id).state == "held"
        slow.seen[job_id] = Seen("gone", "CANCELLED")
        assert (both.read(job_id).state, both.read(job_id).error) == ("cancelled", None)

    def test_what_an_executor_cannot_tell_now_ends_nothing(self, both: Jobs, slow: FakeExecutor) -> None:
        first, second = self.start(both, 2)
        del slow.seen[first]
        assert both.read(first).state == "queued"
        slow.failure = CatalogError("scheduler", "squeue does not answer.")
        JobFolder(both.folder / second).begin()
        assert {job.id: job.state for job in both.list()} == {first: "queued", second: "running"}

    def test_a_job_of_an_executor_that_is_unknown_here_is_listed_and_can_be_told_to_stop(
        self, both: Jobs, make_played: Any
    ) -> None:
        (job_id,) = self.start(both)
        here_only = make_played()
        assert [(job.id, job.executor, job.state) for job in here_only.list()] == [(job_id, "slow", "queued")]
        assert here_only.cancel(job_id).state == "queued"
        assert JobFolder(both.folder / job_id).is_cancelled


def test_the_end_of_a_log_is_read(jobs: Jobs) -> None:
    job = jobs.start(play())
    assert jobs.log(job.id) == ("", False)
    log = jobs.folder / job.id / "log"
    log.write_bytes(b"one\n\xff two\n")
    assert jobs.log(job.id) == ("one\n\N{REPLACEMENT CHARACTER} two\n", False)
    log.write_text("".join(f"line {number}\n" for number in range(20_000)))
    text, is_cut = jobs.log(job.id)
    assert (is_cut, text.endswith("line 19999\n"), len(text) <= 64 * 1024) == (True, True, True)
    assert text.startswith("line ")
    with pytest.raises(CatalogError) as refused:
        jobs.log("0" * 32)
    assert refused.value.code == "not_found"


def test_what_is_no_log_is_not_read(jobs: Jobs) -> None:
    job = jobs.start(play())
    log = jobs.folder / job.id / "log"
    log.unlink(missing_ok=True)
    log.mkdir()
    with pytest.raises(CatalogError) as refused:
        jobs.log(job.id)
    assert refused.value.code == "storage"
