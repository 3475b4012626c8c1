"""A user's jobs: start, list, watch, cancel and remove them."""

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
"""How long a job may take to stop by itself before it can be killed."""

MAX_ENDED = 100
"""How many ended jobs are kept."""

MAX_AGE = timedelta(days=30)
"""How long ended jobs are kept."""

_ID = re.compile(r"[0-9a-f]{32}")


class Jobs:
    """A user's jobs. Thread-safe.

    Args:
        folder: where they are stored; created with the first one.
        kinds: the known kinds; jobs of unknown kinds are listed anyway.
        is_unfinished: whether something of a dataset is left unfinished. It is called for every listing, so it must not
        block.
        executors: the executors by name; by default ``local``, processes on this machine.
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
        """Start a job.

        Args:
            spec: the job's spec.
            environment: variables only for the job's process, including secrets; never written to disk.

        Raises:
            CatalogError: ``invalid_record`` for an unknown kind or executor, or invalid arguments.
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
        """All jobs, newest first; damaged ones are omitted."""
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
        """A job's spec; raises ``not_found``."""
        return self._find(job_id).spec

    def log(self, job_id: str) -> tuple[str, bool]:
        """The end of what a job's process printed, and whether more was printed before; raises ``not_found``."""
        return self._find(job_id).read_log()

    def cancel(self, job_id: str) -> Job:
        """Request that a job stops: it undoes its work, if its kind supports that, and ends as cancelled.

        A second request after :data:`GRACE_SECONDS` kills it and keeps its work.

        Raises:
            CatalogError: ``conflict`` if it has ended.
        """
        folder = self._find(job_id)
        job = self.read(job_id)
        if job.has_ended:
            detail = f"The job has ended already ({job.state}), so there is nothing to cancel. Nothing was changed."
            raise CatalogError("conflict", detail)
        force = folder.ask_to_cancel() > GRACE_SECONDS
        executor = self._executors.get(job.executor)
        if executor is not None:  # otherwise its process finds the request itself
            executor.cancel(folder, force=force)
        return self.read(job_id)

    def forget(self, job_id: str) -> Job:
        """Remove an ended job from the list; its results are kept. Raises ``conflict`` while it is running."""
        job = self.read(job_id)
        if not job.has_ended:
            raise CatalogError("conflict", "The job is still running. Nothing was changed: cancel it first.")
        self._remove(job_id)
        return job

    def watch(self, after: int = 0) -> AsyncIterator[tuple[int, Change]]:
        """All jobs, then each change or removal, with numbers that increase, even across restarts.

        The folders are polled only while somebody listens, and once for all listeners. Never ends by itself.

        Args:
            after: skip events up to this number.
        """
        return self._watcher.listen(after)

    def _stamp(self) -> int:
        """Changes when a job is added or removed; costs one system call."""
        try:
            return self.folder.stat().st_mtime_ns
        except OSError:
            return 0

    def _find(self, job_id: str) -> JobFolder:
        path = self.folder / job_id
        if not _ID.fullmatch(job_id) or not path.is_dir():
            raise CatalogError("not_found", f"There is no job '{job_id[:32]}': it ended long ago or was removed.")
        return self._active.get(job_id) or JobFolder(path)

    def _executor(self, name: str) -> Executor:
        executor = self._executors.get(name)
        if executor is None:
            fault = f"'executor' should be one of {', '.join(self._executors)}."
            where = [FieldError("/executor", "unknown_value", fault)]
            raise CatalogError("invalid_record", f"{fault} Nothing was started.", where)
        return executor

    def _read_all(self, folders: Sequence[JobFolder]) -> Sequence[Job]:
        """The readable jobs; each executor is queried once for all of its jobs."""
        seen = self._seen([folder for folder in folders if folder.id not in self._ended])
        jobs = []
        for folder in folders:
            with suppress(CatalogError):  # just removed, or damaged
                job = self._ended.get(folder.id) or self._read(folder, seen)
                jobs.append(self._with_leftovers(folder, job))
        return jobs

    def _seen(self, folders: Iterable[JobFolder]) -> dict[str, Seen]:
        """The states of these jobs as seen by the executors."""
        by_executor: dict[str, list[JobFolder]] = {}
        for folder in folders:
            with suppress(CatalogError):
                by_executor.setdefault(folder.spec.executor, []).append(folder)
        seen: dict[str, Seen] = {}
        for name, theirs in by_executor.items():
            executor = self._executors.get(name)
            if executor is not None:
                with suppress(CatalogError):  # the scheduler does not respond: rely on the folders
                    seen |= executor.states(theirs)
        return seen

    def _read(self, folder: JobFolder, seen: Mapping[str, Seen]) -> Job:
        """A job that had not ended at the last poll.

        Args:
            folder: its folder.
            seen: states from the executors, queried before: if the process was gone then, its files are final.
        """
        job = with_parts(folder, folder.read())
        process = seen.get(folder.id)
        kind = self._kinds.find(job.kind)
        if not job.has_ended and process is not None and process.state == "gone":
            outcome = self._end_of_silent(folder, job, process)
            job = replace(job, **vars(outcome), updated_at=now())
            with suppress(CatalogError):  # on a full disk; it will be determined again
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
        """The job, with ``kept`` only as long as something is left."""
        kind = self._kinds.find(job.kind)
        if not job.kept or kind is None:
            return job
        return replace(job, kept=kind.leftovers(folder, self._is_unfinished))

    def _end_of_silent(self, folder: JobFolder, job: Job, process: Seen) -> Outcome:
        """The outcome of a job whose process disappeared without a final state."""
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
        left = f"It left nothing unfinished; check whether '{job.dataset}' is as you want it, or start again."
        hints: Sequence[Hint] = ()
        if kind is not None and kept:
            left, hints = kind.advice(job.dataset), kind.hints(job.dataset)
        how = process.reason or "killed, or the machine went down"
        what = "was killed" if cancelled else f"ended unexpectedly ({how})"
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
