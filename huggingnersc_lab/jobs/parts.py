"""Parts of a job whose work is split: a folder for each, ``parts/0``, ``parts/1`` …, inside the job's own.

A part's folder has the files of a job's folder, except for the spec and the wish to stop, which are the whole job's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.jobs.folder import JobFolder
from huggingnersc_lab.jobs.job import Job, Outcome, Progress
from huggingnersc_lab.jobs.spec import JobSpec
from huggingnersc_lab.private_files import make_private_folder, storage_errors


class PartFolder(JobFolder):
    """One part on disk.

    Args:
        whole: the job.
        index: number of the part, from 0.

    Raises:
        CatalogError: ``not_found`` for a number that the job does not have.
    """

    def __init__(self, whole: JobFolder, index: int) -> None:
        if not 0 <= index < whole.spec.parts:
            count = whole.spec.parts
            raise CatalogError("not_found", f"The job has no part {index}: its {count} are numbered from 0.")
        super().__init__(whole.path / "parts" / str(index))
        self.whole = whole

    @cached_property
    def _created(self) -> tuple[str, JobSpec]:
        return self.whole.created_at, self.whole.spec

    def ask_to_cancel(self) -> float:
        """Wish that the whole job stops."""
        return self.whole.ask_to_cancel()

    @property
    def is_cancelled(self) -> bool:
        """Whether somebody wants the whole job to stop."""
        return self.whole.is_cancelled


def parts_of(whole: JobFolder) -> Sequence[PartFolder]:
    """The folders of the parts in order; none of a job that is not split."""
    count = whole.spec.parts
    return [PartFolder(whole, index) for index in range(count)] if count > 1 else []


def make_parts(whole: JobFolder) -> None:
    """Make the folders of the parts."""
    with storage_errors("keep the new job", "Nothing was begun."):
        for part in parts_of(whole):
            make_private_folder(part.path.parent)
            make_private_folder(part.path)


def with_parts(whole: JobFolder, job: Job) -> Job:
    """The job as its parts tell: at work once one of them is, and as far as they are together."""
    if job.has_ended or whole.spec.parts == 1:
        return job
    parts = [part.read() for part in parts_of(whole)]
    has_begun = any(part.state != "queued" for part in parts)
    return replace(
        job,
        state="running" if has_begun and job.state == "queued" else job.state,
        progress=job.progress or (_together(parts) if has_begun else None),
        updated_at=max(job.updated_at, *(part.updated_at for part in parts)),
    )


def failure_of(whole: JobFolder) -> Outcome | None:
    """How the first part that failed ended, told as the whole job's end; None where none said that it failed."""
    for index, folder in enumerate(parts_of(whole)):
        part = folder.read()
        if part.state == "failed" and part.error is not None:
            detail = f"Part {index + 1} of {whole.spec.parts} failed: {part.error['detail']}"
            return Outcome("failed", error={**part.error, "detail": detail})
    return None


def results_of(whole: JobFolder) -> Sequence[Mapping[str, Any] | None]:
    """What the parts made, in order.

    Raises:
        CatalogError: ``conflict`` when one of them has not succeeded.
    """
    parts = [folder.read() for folder in parts_of(whole)]
    missing = [index for index, part in enumerate(parts) if part.state != "succeeded"]
    if missing:
        detail = f"{len(missing)} of the job's {len(parts)} parts did not succeed, the first of them part {missing[0]}."
        raise CatalogError("conflict", f"{detail} What the others made is kept in its folder '{whole.path}'.")
    return [part.result for part in parts]


def _together(parts: Sequence[Job]) -> Progress:
    done = sum(part.state == "succeeded" for part in parts)
    fractions = [1.0 if part.state == "succeeded" else _fraction(part) for part in parts]
    known = [part.progress for part in parts if part.progress is not None]
    rates = [
        part.progress.bytes_per_second or 0.0
        for part in parts
        if part.progress is not None and part.progress.bytes is not None and part.state == "running"
    ]
    sizes = [progress.total_bytes for progress in known if progress.total_bytes is not None]
    counts = [progress.bytes for progress in known if progress.bytes is not None]
    return Progress(
        fraction=sum(fractions) / len(parts),
        text=f"{done} of {len(parts)} parts done",
        bytes=sum(counts) if counts else None,
        total_bytes=sum(sizes) if len(sizes) == len(parts) else None,
        bytes_per_second=sum(rates) if rates else None,
    )


def _fraction(part: Job) -> float:
    return 0.0 if part.progress is None or part.progress.fraction is None else part.progress.fraction
