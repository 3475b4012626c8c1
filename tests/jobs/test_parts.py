"""How a job stands as a whole, from the folders of its parts."""

from __future__ import annotations

from pathlib import Path

import pytest

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.jobs import JobSpec, Outcome, Progress
from huggingnersc_lab.jobs.folder import JobFolder
from huggingnersc_lab.jobs.parts import PartFolder, failure_of, make_parts, parts_of, results_of, with_parts


@pytest.fixture
def job(tmp_path: Path) -> JobFolder:
    made = JobFolder.create(tmp_path / ("0" * 32), JobSpec("sum", "iris", parts=3))
    make_parts(made)
    return made


def test_the_folders_of_the_parts_are_private(job: JobFolder) -> None:
    assert [part.path.relative_to(job.path) for part in parts_of(job)] == [Path(f"parts/{index}") for index in range(3)]
    for path in (job.path / "parts", *(part.path for part in parts_of(job))):
        assert path.stat().st_mode & 0o777 == 0o700
    for index in (-1, 3):
        with pytest.raises(CatalogError, match=f"no part {index}"):
            PartFolder(job, index)


def test_a_job_that_is_not_split_has_none(tmp_path: Path) -> None:
    job = JobFolder.create(tmp_path / ("0" * 32), JobSpec("toy", "iris"))
    make_parts(job)
    assert (parts_of(job), failure_of(job)) == ([], None)
    assert not (job.path / "parts").exists()
    assert with_parts(job, job.read()) == job.read()


def test_it_is_at_work_once_a_part_is_and_as_far_as_all_of_them(job: JobFolder) -> None:
    assert with_parts(job, job.read()).state == "queued"
    assert with_parts(job, job.read()).progress is None
    first, second, third = parts_of(job)
    first.begin()
    first.report(Progress(0.5, bytes=50, total_bytes=100, bytes_per_second=10.0))
    found = with_parts(job, job.read())
    assert found.state == "running"
    assert found.progress == Progress(0.5 / 3, "0 of 3 parts done", bytes=50, bytes_per_second=10.0)
    first.end(Outcome("succeeded"))
    for part in (second, third):
        part.begin()
        part.report(Progress(0.25, bytes=25, total_bytes=100, bytes_per_second=5.0))
    assert with_parts(job, job.read()).progress == Progress(0.5, "1 of 3 parts done", 100, 300, 10.0)


def test_what_the_whole_says_itself_comes_first(job: JobFolder) -> None:
    parts_of(job)[0].begin()
    job.begin()
    job.report(Progress(0.9, "Merging"))
    assert with_parts(job, job.read()).progress == Progress(0.9, "Merging")
    job.end(Outcome("succeeded"))
    assert with_parts(job, job.read()) == job.read()


def test_the_first_part_that_failed_is_named(job: JobFolder) -> None:
    parts_of(job)[0].end(Outcome("succeeded"))
    assert failure_of(job) is None
    for part in parts_of(job)[1:]:
        part.end(Outcome.failed(CatalogError("storage", "The disk is full.")))
    failure = failure_of(job)
    assert failure is not None
    assert failure.error == {"code": "storage", "detail": "Part 2 of 3 failed: The disk is full.", "errors": []}


def test_what_the_parts_made_is_complete_or_refused(job: JobFolder) -> None:
    for index, part in enumerate(parts_of(job)):
        with pytest.raises(CatalogError, match=f"the first is part {index}"):
            results_of(job)
        part.end(Outcome("succeeded", result={"index": index}))
    assert results_of(job) == [{"index": 0}, {"index": 1}, {"index": 2}]


def test_the_wish_to_stop_is_one_for_all(job: JobFolder) -> None:
    part = parts_of(job)[1]
    assert not part.is_cancelled
    assert part.ask_to_cancel() == 0
    assert all(one.is_cancelled for one in (job, *parts_of(job)))
