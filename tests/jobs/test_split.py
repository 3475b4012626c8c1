"""Work that is split: the same comes of it in one process and in many."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.jobs import Job, JobSpec, Kinds
from huggingnersc_lab.jobs.folder import JobFolder
from huggingnersc_lab.jobs.parts import make_parts, parts_of, results_of, with_parts
from huggingnersc_lab.jobs.runner import run
from huggingnersc_lab.jobs.split import SplitKind
from huggingnersc_lab.workspace.tasks import kinds as all_kinds

MADE = {"total": 499500, "parts": [[0, 250], [1, 250], [2, 250], [3, 250]]}


@pytest.fixture(autouse=True)
def _terminate_as_before() -> Iterator[None]:
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


@pytest.fixture
def kinds(toy: Any) -> Kinds[Any]:
    return all_kinds()


@pytest.fixture
def job(tmp_path: Path) -> JobFolder:
    return folder(tmp_path / ("0" * 32))


def folder(path: Path, parts: int = 4, **arguments: Any) -> JobFolder:
    made = JobFolder.create(path, JobSpec("sum", "iris", {"in_parts": parts, **arguments}, parts=parts))
    make_parts(made)
    return made


def seen(job: JobFolder) -> Job:
    return with_parts(job, job.read())


def test_one_process_does_all_parts(job: JobFolder, kinds: Kinds[Any]) -> None:
    assert run(job, kinds).result == MADE
    assert (job.read().state, job.read().result) == ("succeeded", MADE)
    made = [part.read() for part in parts_of(job)]
    assert [part.state for part in made] == ["succeeded"] * 4
    assert [part.result for part in made] == results_of(job)
    assert len({str(part.result) for part in made}) == 4  # each has its own


def test_nothing_is_taken_back(kinds: Kinds[Any]) -> None:
    assert SplitKind.undoes_on_cancel is False
    with pytest.raises(TypeError, match="abstract"):
        SplitKind()  # type: ignore[abstract]
    for method in ("parts", "run_part", "merge"):
        assert method in SplitKind.__abstractmethods__


def test_a_process_for_each_part_makes_the_same(job: JobFolder, kinds: Kinds[Any]) -> None:
    for index in (2, 0, 3, 1):
        assert run(job, kinds, part=index).state == "succeeded"
        assert not job.read().has_ended
    assert run(job, kinds, merge=True).result == MADE


def test_one_part_is_as_good_as_many(tmp_path: Path, kinds: Kinds[Any]) -> None:
    job = folder(tmp_path / ("0" * 32), 1)
    assert run(job, kinds).result == {"total": MADE["total"], "parts": [[0, 1000]]}
    assert not (job.path / "parts").exists()


def test_nothing_is_merged_before_all_parts_succeeded(job: JobFolder, kinds: Kinds[Any]) -> None:
    for index in (0, 2):
        run(job, kinds, part=index)
    outcome = run(job, kinds, merge=True)
    assert outcome.state == "failed"
    assert outcome.error is not None
    assert "2 of the job's 4 parts did not succeed; the first is part 1" in outcome.error["detail"]


def test_a_part_that_fails_fails_the_whole(tmp_path: Path, kinds: Kinds[Any]) -> None:
    job = folder(tmp_path / ("0" * 32), fails=1)
    outcome = run(job, kinds)
    assert outcome.error is not None
    assert (outcome.state, outcome.error["detail"]) == ("failed", "There is no room for that.")


def test_a_part_is_done_once(job: JobFolder, kinds: Kinds[Any]) -> None:
    run(job, kinds, part=1)
    with pytest.raises(CatalogError) as again:
        run(job, kinds, part=1)
    assert again.value.code == "conflict"
    for part in (-1, 4):
        with pytest.raises(CatalogError) as absent:
            run(job, kinds, part=part)
        assert absent.value.code == "not_found"


def test_the_wish_to_stop_reaches_every_part(job: JobFolder, kinds: Kinds[Any]) -> None:
    job.ask_to_cancel()
    assert run(job, kinds, part=0).state == "cancelled"
    assert run(job, kinds, merge=True).state == "cancelled"


def test_what_is_not_split_has_no_parts(tmp_path: Path, kinds: Kinds[Any]) -> None:
    job = JobFolder.create(tmp_path / ("0" * 32), JobSpec("toy", "iris", {"size": 3}, parts=2))
    make_parts(job)
    outcome = run(job, kinds, part=0)
    assert outcome.error is not None
    assert (outcome.state, outcome.error["code"]) == ("failed", "invalid_record")
    assert not (job.path / "whole").exists()
