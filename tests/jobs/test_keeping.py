"""What the list of jobs keeps, shows and forgets; their processes are played by a fake executor."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from huggingnersc_lab import jobs as jobs_module
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.jobs import Jobs, Order, Outcome
from huggingnersc_lab.jobs.folder import JobFolder


class Processes:
    """An executor whose processes do what the test says."""

    def __init__(self) -> None:
        self.living: set[str] = set()
        self.environments: list[Mapping[str, str]] = []
        self.stopped: list[tuple[str, bool]] = []

    def start(self, folder: JobFolder, environment: Mapping[str, str]) -> None:
        self.living.add(folder.id)
        self.environments.append(environment)

    def is_alive(self, folder: JobFolder) -> bool:
        return folder.id in self.living

    def stop(self, folder: JobFolder, *, force: bool) -> None:
        self.stopped.append((folder.id, force))


@pytest.fixture
def processes() -> Processes:
    return Processes()


@pytest.fixture
def unfinished() -> set[str]:
    """Nicknames that the catalog has an unfinished publication of."""
    return set()


@pytest.fixture
def jobs(tmp_path: Path, processes: Processes, unfinished: set[str]) -> Jobs:
    return Jobs(tmp_path / "jobs", unfinished.__contains__, processes)


def end(jobs: Jobs, processes: Processes, job_id: str, outcome: Outcome) -> None:
    JobFolder(jobs.folder / job_id).end(outcome)
    processes.living.discard(job_id)


def test_a_token_is_given_to_the_process_and_to_nobody_else(jobs: Jobs, processes: Processes) -> None:
    with_token, without = jobs.start(Order("undo", "a"), token="hf_x"), jobs.start(Order("undo", "b"))
    assert processes.environments == [{"HF_TOKEN": "hf_x"}, {}]
    for job in (with_token, without):
        assert all(b"hf_x" not in file.read_bytes() for file in (jobs.folder / job.id).iterdir())


def test_a_list_has_the_newest_first_and_leaves_out_what_is_damaged(jobs: Jobs) -> None:
    assert jobs.list() == []
    begun = [jobs.start(Order("undo", name)) for name in "abc"]
    (jobs.folder / ("0" * 32)).mkdir()
    (jobs.folder / ("1" * 32)).mkdir()
    (jobs.folder / ("1" * 32) / "job.json").write_bytes(b"{}")
    (jobs.folder / "notes").mkdir()
    assert {job.id for job in jobs.list()} == {job.id for job in begun}
    assert [job.created_at for job in jobs.list()] == sorted((job.created_at for job in begun), reverse=True)


@pytest.mark.parametrize("job_id", ["", "no-such", "0" * 32, "../jobs", "0" * 32 + "\n"])
def test_an_id_that_never_was_is_not_found(jobs: Jobs, job_id: str) -> None:
    jobs.start(Order("undo", "iris"))
    for use in (jobs.read, jobs.cancel, jobs.forget):
        with pytest.raises(CatalogError) as absent:
            use(job_id)
        assert absent.value.code == "not_found"


def test_what_was_kept_is_kept_as_long_as_it_is_unfinished(
    jobs: Jobs, processes: Processes, unfinished: set[str]
) -> None:
    job = jobs.start(Order("publish", "iris"))
    unfinished.add("iris")
    error = CatalogError("upstream", "The Hub is down.")
    end(jobs, processes, job.id, Outcome.failed(error, kept=True))
    seen = jobs.read(job.id)
    assert (seen.state, seen.error, seen.kept) == ("failed", error.to_dict(), True)
    unfinished.clear()
    assert not jobs.read(job.id).kept


@pytest.mark.parametrize(
    ("kind", "is_left", "cancelled", "state", "kept"),
    [
        ("publish", True, False, "failed", True),
        ("publish", False, False, "failed", False),
        ("publish", True, True, "cancelled", True),
        ("publish", False, True, "cancelled", False),
        ("retire", True, False, "failed", False),
    ],
)
def test_a_process_that_went_without_a_word(
    jobs: Jobs,
    processes: Processes,
    unfinished: set[str],
    kind: str,
    is_left: bool,
    cancelled: bool,
    state: str,
    kept: bool,
) -> None:
    job = jobs.start(Order(kind, "iris"))  # type: ignore[arg-type]
    if is_left:
        unfinished.add("iris")
    if cancelled:
        jobs.cancel(job.id)
    processes.living.clear()
    seen = Jobs(jobs.folder, unfinished.__contains__, processes).read(job.id)
    assert (seen.state, seen.kept) == (state, kept)
    if state == "failed" or kept:
        assert seen.error is not None
        assert seen.error["code"] == "unexpected"
        assert ("resume 'iris'" in seen.error["detail"]) is kept
    else:
        assert seen.error is None
    again = Jobs(jobs.folder, unfinished.__contains__, processes).read(job.id)
    assert (again.state, again.kept, again.error) == (seen.state, seen.kept, seen.error)


def test_on_a_full_disk_a_process_that_went_is_told_all_the_same(
    jobs: Jobs, processes: Processes, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = jobs.start(Order("publish", "iris"))
    processes.living.clear()

    def full(self: JobFolder, outcome: Outcome) -> None:
        raise CatalogError("storage", "No space left on device.")

    monkeypatch.setattr(JobFolder, "end", full)
    assert [(item.id, item.state) for item in jobs.list()] == [(job.id, "failed")]


def test_force_comes_only_after_a_while(jobs: Jobs, processes: Processes, monkeypatch: pytest.MonkeyPatch) -> None:
    job = jobs.start(Order("publish", "iris"))
    jobs.cancel(job.id)
    jobs.cancel(job.id)
    monkeypatch.setattr(jobs_module, "GRACE_SECONDS", -1)
    jobs.cancel(job.id)
    assert processes.stopped == [(job.id, False), (job.id, False), (job.id, True)]


def test_only_what_has_ended_is_forgotten(jobs: Jobs, processes: Processes) -> None:
    job = jobs.start(Order("publish", "iris"))
    with pytest.raises(CatalogError) as going_on:
        jobs.forget(job.id)
    assert going_on.value.code == "conflict"
    end(jobs, processes, job.id, Outcome("succeeded"))
    assert jobs.forget(job.id).state == "succeeded"
    assert jobs.list() == []
    assert list(jobs.folder.iterdir()) == []


def test_old_jobs_are_forgotten_when_a_new_one_begins(
    jobs: Jobs, processes: Processes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs_module, "MAX_ENDED", 3)
    ended = [jobs.start(Order("undo", f"job-{number}")) for number in range(5)]
    going_on = jobs.start(Order("undo", "going-on"))
    for job in ended:
        end(jobs, processes, job.id, Outcome("succeeded"))
    newest = jobs.start(Order("undo", "newest"))
    kept = {job.id for job in jobs.list()}
    assert len(kept) == 5
    assert {going_on.id, newest.id} <= kept
    long_ago = datetime.now(timezone.utc) + timedelta(days=31)

    class Later(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:
            return long_ago

    monkeypatch.setattr(jobs_module, "datetime", Later)
    last = jobs.start(Order("undo", "last"))
    assert {job.id for job in jobs.list()} == {going_on.id, newest.id, last.id}


def test_a_resume_gets_the_draft_of_what_was_stopped(jobs: Jobs, processes: Processes, unfinished: set[str]) -> None:
    draft = {"draft_id": "a" * 32, "draft_etag": "b", "drafts_folder": "/drafts"}
    former = jobs.start(Order("publish", "iris", **draft))  # type: ignore[arg-type]
    end(jobs, processes, former.id, Outcome("failed", kept=True))
    unfinished |= {"iris", "other"}
    assert JobFolder(jobs.folder / jobs.start(Order("resume", "iris")).id).order == Order("resume", "iris", **draft)  # type: ignore[arg-type]
    assert jobs.start(Order("resume", "other")).draft_id is None
    unfinished.clear()
    assert jobs.start(Order("resume", "iris")).draft_id is None


def test_a_process_that_cannot_be_started_leaves_no_job(
    jobs: Jobs, processes: Processes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(folder: JobFolder, environment: Mapping[str, str]) -> None:
        raise CatalogError("storage", "There is no memory.")

    monkeypatch.setattr(processes, "start", refuse)
    with pytest.raises(CatalogError, match="no memory"):
        jobs.start(Order("undo", "iris"))
    assert list(jobs.folder.iterdir()) == []
