"""Jobs: work that takes longer than a request, and goes on when nobody waits for it.

Each job is a folder (see :mod:`huggingnersc_lab.jobs.folder`) and one process that an :class:`Executor` starts. All
there is to know stands in the folder, so a server that was restarted, or the command line, sees the same jobs.
"""

from __future__ import annotations

import re
import shutil
import uuid
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Protocol

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.jobs.folder import JobFolder, now
from huggingnersc_lab.jobs.local import LocalExecutor
from huggingnersc_lab.jobs.model import Job, JobKind, JobState, JobStep, Order, Outcome
from huggingnersc_lab.jobs.watcher import Change, Forgotten, Watch
from huggingnersc_lab.private_files import storage_errors

__all__ = [
    "Change",
    "Executor",
    "Forgotten",
    "Job",
    "JobKind",
    "JobState",
    "JobStep",
    "Jobs",
    "LocalExecutor",
    "Order",
    "Outcome",
]

GRACE_SECONDS = 15.0
"""How long a job may take to stop by itself before it can be stopped by force."""

MAX_ENDED = 100
"""So many jobs that have ended are remembered."""

MAX_AGE = timedelta(days=30)
"""For so long a job that has ended is remembered."""

_ID = re.compile(r"[0-9a-f]{32}")


class Executor(Protocol):
    """Starts, looks after and stops the processes of jobs."""

    def start(self, folder: JobFolder, environment: Mapping[str, str]) -> None:
        """Start a process that carries the job out, with these variables besides its own."""

    def is_alive(self, folder: JobFolder) -> bool:
        """Whether its process works, or is about to begin."""

    def stop(self, folder: JobFolder, *, force: bool) -> None:
        """Tell its process to stop; by ``force`` at once, with nothing taken back."""


class Jobs:
    """The jobs of one user. May be used from any thread.

    Args:
        folder: where they are kept; made with the first one.
        is_unfinished: whether the catalog has an unfinished publication of a nickname.
        executor: carries them out; processes of this machine when left out.
    """

    def __init__(self, folder: Path, is_unfinished: Callable[[str], bool], executor: Executor | None = None) -> None:
        self.folder = folder
        self._is_unfinished = is_unfinished
        self._executor = executor or LocalExecutor()
        self._watch = Watch(self.list)
        self._ended: dict[str, Job] = {}

    def start(self, order: Order, *, token: str | None = None) -> Job:
        """Begin a job.

        Args:
            order: what is to be done. To resume, it gets its draft from the job that was stopped.
            token: access token for the Hub that the job's process cannot find by itself; it is written nowhere.
        """
        self._forget_old()
        if order.kind == "resume" and order.draft_id is None:
            order = self._with_draft(order)
        folder = JobFolder.create(self.folder / uuid.uuid4().hex, order)
        try:
            self._executor.start(folder, {"HF_TOKEN": token} if token else {})
        except BaseException:
            shutil.rmtree(folder.path, ignore_errors=True)
            raise
        return self._read(folder)

    def list(self) -> list[Job]:
        """All jobs, the newest first; a damaged one is left out."""
        jobs = []
        for folder in self._folders():
            with suppress(CatalogError):  # removed just now, or damaged
                jobs.append(self._read(folder))
        return sorted(jobs, key=lambda job: (job.created_at, job.id), reverse=True)

    def read(self, job_id: str) -> Job:
        """One job; raises ``not_found``."""
        return self._read(self._find(job_id))

    def cancel(self, job_id: str) -> Job:
        """Tell a job to stop: it takes back what it began and ends as cancelled.

        Asked again after :data:`GRACE_SECONDS`, it is stopped by force, and what it began is kept to be resumed or
        undone.

        Raises:
            CatalogError: ``conflict`` when it has ended.
        """
        folder = self._find(job_id)
        job = self._read(folder)
        if job.has_ended:
            detail = f"The job has ended already ({job.state}), so there is nothing to cancel. Nothing was changed."
            raise CatalogError("conflict", detail)
        force = folder.ask_to_cancel() > GRACE_SECONDS
        self._executor.stop(folder, force=force)
        return self._read(folder)

    def forget(self, job_id: str) -> Job:
        """Remove a job that has ended from the list; what it made stays. Raises ``conflict`` while it goes on."""
        folder = self._find(job_id)
        job = self._read(folder)
        if not job.has_ended:
            raise CatalogError("conflict", "The job still goes on. Nothing was changed: cancel it first.")
        self._remove(folder)
        return job

    def watch(self, after: int = 0) -> AsyncIterator[tuple[int, Change]]:
        """Every job as it stands, then each change or that it was forgotten; numbers that grow, over a restart too.

        The folders are looked at only while somebody listens, and once for all who do. Never ends by itself.

        Args:
            after: leave out what has this number or a lower one.
        """
        return self._watch.listen(after)

    def _folders(self) -> Iterator[JobFolder]:
        with storage_errors("list the jobs"):
            found = [path for path in self.folder.glob("*") if _ID.fullmatch(path.name)]
        return map(JobFolder, found)

    def _find(self, job_id: str) -> JobFolder:
        path = self.folder / job_id
        if not _ID.fullmatch(job_id) or not path.is_dir():
            raise CatalogError("not_found", f"There is no job '{job_id[:32]}': it ended long ago or was forgotten.")
        return JobFolder(path)

    def _read(self, folder: JobFolder) -> Job:
        job = self._ended.get(folder.id)
        if job is None:
            # Looked at before the files: whoever is gone by then has written all that it ever will.
            is_alive = self._executor.is_alive(folder)
            job = folder.read()
            if not job.has_ended and not is_alive:
                outcome = self._end_of_silent(folder, job)
                job = replace(job, **vars(outcome), updated_at=now())
                with suppress(CatalogError):  # of a full disk; it is found out again then
                    folder.end(outcome)
            if job.has_ended:
                self._ended[folder.id] = job
        return replace(job, kept=job.kept and self._is_unfinished(job.name))

    def _end_of_silent(self, folder: JobFolder, job: Job) -> Outcome:
        """How a job ended whose process is gone without a word."""
        kept = job.kind != "retire" and self._is_unfinished(job.name)
        cancelled = folder.is_cancelled
        if cancelled and not kept:
            return Outcome("cancelled")
        left = (
            f"What it prepared is kept: resume '{job.name}' to go on with it, or undo it."
            if kept
            else f"It left nothing unfinished; look whether '{job.name}' is as you want it, and begin again if not."
        )
        what = "was stopped by force" if cancelled else "ended without a word (killed, or the machine went down)"
        error = CatalogError("unexpected", f"The job's process {what}. {left}")
        return replace(Outcome.failed(error, kept=kept), state="cancelled" if cancelled else "failed")

    def _with_draft(self, order: Order) -> Order:
        """The order with the draft of the newest job that left this publication unfinished."""
        for job in self.list():
            if job.name == order.name and job.kind in ("publish", "update") and job.kept:
                former = JobFolder(self.folder / job.id).order
                return replace(
                    order,
                    draft_id=former.draft_id,
                    draft_etag=former.draft_etag,
                    drafts_folder=former.drafts_folder,
                )
        return order

    def _forget_old(self) -> None:
        oldest = (datetime.now(timezone.utc) - MAX_AGE).isoformat()
        ended = [job for job in self.list() if job.has_ended]
        for number, job in enumerate(ended):
            if number >= MAX_ENDED or job.updated_at < oldest:
                self._remove(JobFolder(self.folder / job.id))

    def _remove(self, folder: JobFolder) -> None:
        shutil.rmtree(folder.path, ignore_errors=True)
        self._ended.pop(folder.id, None)
