"""The jobs of one user: started, listed, watched, cancelled and forgotten."""

from __future__ import annotations

import re
import shutil
import uuid
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from huggingnersc_lab.errors import CatalogError, FieldError
from huggingnersc_lab.hints import Hint
from huggingnersc_lab.jobs.executors import Executor, LocalExecutor, Seen
from huggingnersc_lab.jobs.folder import JobFolder, now
from huggingnersc_lab.jobs.job import Job, Outcome
from huggingnersc_lab.jobs.kinds import IsUnfinished, Kinds, checked_result, shown_arguments
from huggingnersc_lab.jobs.parts import failure_of, make_parts, with_parts
from huggingnersc_lab.jobs.spec import MAX_PARTS, JobSpec
from huggingnersc_lab.jobs.watcher import Change, JobWatcher
from huggingnersc_lab.private_files import storage_errors

GRACE_SECONDS = 15.0
"""How long a job may take to stop by itself before it can be stopped by force."""

MAX_ENDED = 100
"""So many jobs that have ended are remembered."""

MAX_AGE = timedelta(days=30)
"""For so long a job that has ended is remembered."""

_ID = re.compile(r"[0-9a-f]{32}")


class Jobs:
    """The jobs of one user. May be used from any thread.

    Args:
        folder: where they are kept; made with the first one.
        kinds: the kinds that are known; jobs of others are listed all the same.
        is_unfinished: whether something is left unfinished of a dataset. It is asked at every look, so it must not
            block.
        executors: what runs them, by name; processes of this machine, as ``local``, when left out.
    """

    def __init__(
        self,
        folder: Path,
        kinds: Kinds[Any],
        is_unfinished: IsUnfinished,
        executors: Mapping[str, Executor] | None = None,
    ) -> None:
        self.folder = folder
        self._kinds = kinds
        self._is_unfinished = is_unfinished
        self._executors = {"local": LocalExecutor()} if executors is None else dict(executors)
        self._watcher = JobWatcher(self.list, self._stamp)
        self._active: dict[str, JobFolder] = {}
        self._ended: dict[str, Job] = {}

    def start(self, spec: JobSpec, *, environment: Mapping[str, str] | None = None) -> Job:
        """Begin a job.

        Args:
            spec: what is to be done.
            environment: variables for the job's process alone, secrets among them; written nowhere.

        Raises:
            CatalogError: ``invalid_record`` for a kind or an executor that is unknown, or arguments that do not fit.
        """
        kind = self._kinds.get(spec.kind)
        parts = kind.parts(kind.read_arguments(spec))
        spec = replace(spec, parts=min(max(parts, 1), MAX_PARTS))
        executor = self._executor(spec.executor)
        self._forget_old()
        folder = JobFolder.create(self.folder / uuid.uuid4().hex, spec)
        try:
            make_parts(folder)
            executor.submit(folder, environment or {})
        except BaseException:
            shutil.rmtree(folder.path, ignore_errors=True)
            raise
        return self._read_all([folder])[0]

    def list(self) -> list[Job]:
        """All jobs, the newest first; a damaged one is left out."""
        with storage_errors("list the jobs"):
            ids = [path.name for path in self.folder.glob("*") if _ID.fullmatch(path.name)]
        jobs = self._read_all([self._active.get(job_id) or JobFolder(self.folder / job_id) for job_id in ids])
        for gone in (self._active.keys() | self._ended.keys()) - set(ids):
            self._active.pop(gone, None)
            self._ended.pop(gone, None)
        return sorted(jobs, key=lambda job: (job.created_at, job.id), reverse=True)

    def read(self, job_id: str) -> Job:
        """One job; raises ``not_found``."""
        folder = self._find(job_id)
        return self._with_leftovers(folder, self._ended.get(job_id) or self._read(folder, self._seen([folder])))

    def spec(self, job_id: str) -> JobSpec:
        """What a job is asked to do; raises ``not_found``."""
        return self._find(job_id).spec

    def cancel(self, job_id: str) -> Job:
        """Tell a job to stop: it takes back what it began, where its kind does that, and ends as cancelled.

        Asked again after :data:`GRACE_SECONDS`, it is stopped by force, and what it began is kept.

        Raises:
            CatalogError: ``conflict`` when it has ended.
        """
        folder = self._find(job_id)
        job = self.read(job_id)
        if job.has_ended:
            detail = f"The job has ended already ({job.state}), so there is nothing to cancel. Nothing was changed."
            raise CatalogError("conflict", detail)
        force = folder.ask_to_cancel() > GRACE_SECONDS
        executor = self._executors.get(job.executor)
        if executor is not None:  # else its process sees the wish by itself
            executor.cancel(folder, force=force)
        return self.read(job_id)

    def forget(self, job_id: str) -> Job:
        """Remove a job that has ended from the list; what it made stays. Raises ``conflict`` while it goes on."""
        job = self.read(job_id)
        if not job.has_ended:
            raise CatalogError("conflict", "The job still goes on. Nothing was changed: cancel it first.")
        self._remove(job_id)
        return job

    def watch(self, after: int = 0) -> AsyncIterator[tuple[int, Change]]:
        """Every job as it stands, then each change or that it was forgotten; numbers that grow, over a restart too.

        The folders are looked at only while somebody listens, and once for all who do. Never ends by itself.

        Args:
            after: leave out what has this number or a lower one.
        """
        return self._watcher.listen(after)

    def _stamp(self) -> int:
        """Changes when a job comes or goes; costs one call."""
        try:
            return self.folder.stat().st_mtime_ns
        except OSError:
            return 0

    def _find(self, job_id: str) -> JobFolder:
        path = self.folder / job_id
        if not _ID.fullmatch(job_id) or not path.is_dir():
            raise CatalogError("not_found", f"There is no job '{job_id[:32]}': it ended long ago or was forgotten.")
        return self._active.get(job_id) or JobFolder(path)

    def _executor(self, name: str) -> Executor:
        executor = self._executors.get(name)
        if executor is None:
            fault = f"'executor' should be one of {', '.join(self._executors)}."
            where = [FieldError("/executor", "unknown_value", fault)]
            raise CatalogError("invalid_record", f"{fault} Nothing was begun.", where)
        return executor

    def _read_all(self, folders: Sequence[JobFolder]) -> Sequence[Job]:
        """Those that can be read; each executor is asked once for all of its jobs."""
        seen = self._seen([folder for folder in folders if folder.id not in self._ended])
        jobs = []
        for folder in folders:
            with suppress(CatalogError):  # removed just now, or damaged
                job = self._ended.get(folder.id) or self._read(folder, seen)
                jobs.append(self._with_leftovers(folder, job))
        return jobs

    def _seen(self, folders: Iterable[JobFolder]) -> dict[str, Seen]:
        """What the executors see of these jobs."""
        by_executor: dict[str, list[JobFolder]] = {}
        for folder in folders:
            with suppress(CatalogError):
                by_executor.setdefault(folder.spec.executor, []).append(folder)
        seen: dict[str, Seen] = {}
        for name, theirs in by_executor.items():
            executor = self._executors.get(name)
            if executor is not None:
                with suppress(CatalogError):  # a scheduler that does not answer: the folders tell what they can
                    seen |= executor.states(theirs)
        return seen

    def _read(self, folder: JobFolder, seen: Mapping[str, Seen]) -> Job:
        """A job that had not ended at the last look.

        Args:
            folder: its folder.
            seen: what the executors saw before: if the process was gone then, its files are final.
        """
        job = with_parts(folder, folder.read())
        process = seen.get(folder.id)
        kind = self._kinds.find(job.kind)
        if not job.has_ended and process is not None and process.state == "gone":
            outcome = self._end_of_silent(folder, job, process)
            job = replace(job, **vars(outcome), updated_at=now())
            with suppress(CatalogError):  # of a full disk; it is found out again then
                folder.end(outcome)
        elif job.state == "queued" and process is not None and process.state in ("queued", "held"):
            job = replace(job, state=process.state, reason=process.reason)
        job = replace(job, shown=shown_arguments(kind, folder.spec.arguments), result=checked_result(kind, job.result))
        if job.has_ended:
            self._active.pop(folder.id, None)
            self._ended[folder.id] = job
        else:
            self._active[folder.id] = folder
        return job

    def _with_leftovers(self, folder: JobFolder, job: Job) -> Job:
        """The job, which has kept something only as long as that is left."""
        kind = self._kinds.find(job.kind)
        if not job.kept or kind is None:
            return job
        return replace(job, kept=kind.leftovers(folder, self._is_unfinished))

    def _end_of_silent(self, folder: JobFolder, job: Job, process: Seen) -> Outcome:
        """How a job ended whose process is gone without a word."""
        kind = self._kinds.find(job.kind)
        kept = kind is not None and kind.leftovers(folder, self._is_unfinished)
        cancelled = folder.is_cancelled
        if cancelled and not kept:
            return Outcome("cancelled")
        if not cancelled and (failure := failure_of(folder)) is not None:
            return failure
        if not cancelled and process.error is not None:
            error = process.error
            if kind is not None and kept:
                detail, more = f"{error.detail} {kind.advice(job.dataset)}", kind.hints(job.dataset)
                error = CatalogError(error.code, detail, hints=[*error.hints, *more])
            outcome = Outcome.failed(error, kept=kept)
            return replace(outcome, state="cancelled" if process.was_cancelled else "failed")
        left = f"It left nothing unfinished; check whether '{job.dataset}' is as you want it, else begin again."
        hints: Sequence[Hint] = ()
        if kind is not None and kept:
            left, hints = kind.advice(job.dataset), kind.hints(job.dataset)
        how = process.reason or "killed, or the machine went down"
        what = "was stopped by force" if cancelled else f"ended without a word ({how})"
        error = CatalogError("unexpected", f"The job's process {what}. {left}", hints=hints)
        return replace(Outcome.failed(error, kept=kept), state="cancelled" if cancelled else "failed")

    def _forget_old(self) -> None:
        oldest = (datetime.now(timezone.utc) - MAX_AGE).isoformat()
        ended = [job for job in self.list() if job.has_ended]
        for number, job in enumerate(ended):
            if number >= MAX_ENDED or job.updated_at < oldest:
                self._remove(job.id)

    def _remove(self, job_id: str) -> None:
        shutil.rmtree(self.folder / job_id, ignore_errors=True)
        self._ended.pop(job_id, None)
        self._active.pop(job_id, None)
