"""Parts of a split job: a folder for each, ``parts/0``, ``parts/1`` …, inside the job's folder.

A part's folder has the files of a job's folder, except for the spec and the cancel request, which belong to the job.
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
        CatalogError: ``not_found`` if the job has no such part.
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
        """Cancel the whole job."""
        return self.whole.ask_to_cancel()

    @property
    def is_cancelled(self) -> bool:
        """Whether the whole job was cancelled."""
        return self.whole.is_cancelled


def parts_of(whole: JobFolder) -> Sequence[PartFolder]:
    """The folders of the parts in order; empty if the job is not split."""
    count = whole.spec.parts
    return [PartFolder(whole, index) for index in range(count)] if count > 1 else []


def make_parts(whole: JobFolder) -> None:
    """Create the folders of the parts."""
    with storage_errors("keep the new job", "Nothing was started."):
        for part in parts_of(whole):
            make_private_folder(part.path.parent)
            make_private_folder(part.path)


def with_parts(whole: JobFolder, job: Job) -> Job:
    """The job with the state and progress of its parts: it is running as soon as one of them is."""
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
    """The outcome of the first part that reported a failure, as that of the job; None if none did."""
    for index, folder in enumerate(parts_of(whole)):
        part = folder.read()
        if part.state == "failed" and part.error is not None:
            detail = f"Part {index + 1} of {whole.spec.parts} failed: {part.error['detail']}"
            return Outcome("failed", error={**part.error, "detail": detail})
    return None


def results_of(whole: JobFolder) -> Sequence[Mapping[str, Any] | None]:
    """The results of the parts, in order.

    Raises:
        CatalogError: ``conflict`` if one of them did not succeed.
    """
    parts = [folder.read() for folder in parts_of(whole)]
    missing = [index for index, part in enumerate(parts) if part.state != "succeeded"]
    if missing:
        detail = f"{len(missing)} of the job's {len(parts)} parts did not succeed; the first is part {missing[0]}."
        raise CatalogError("conflict", f"{detail} The results of the others were kept in its folder '{whole.path}'.")
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
