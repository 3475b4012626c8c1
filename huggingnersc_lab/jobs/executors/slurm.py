"""Jobs on Slurm: ``sbatch`` with a readable script, one query for all jobs, ``scancel``.

The job's folder is on a file system that the nodes share, as home folders are, and holds the job's progress and result.
Slurm is asked only for what the folder cannot tell: why a job waits, and how one ended that wrote no final state.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Mapping, Sequence

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hints import Hint, HintKey
from huggingnersc_lab.jobs.executors import slurm_commands
from huggingnersc_lab.jobs.executors.base import JOB_COMMAND, Seen
from huggingnersc_lab.jobs.executors.slurm_commands import Answer
from huggingnersc_lab.jobs.executors.slurm_queries import NoAccountingError, SlurmQueries, SlurmSilentError, Tool
from huggingnersc_lab.jobs.executors.slurm_resources import check_resources
from huggingnersc_lab.jobs.executors.slurm_script import merge_script, parts_script, whole_script
from huggingnersc_lab.jobs.executors.slurm_states import Line, read_lines, seen_of
from huggingnersc_lab.jobs.folder import JobFolder
from huggingnersc_lab.private_files import storage_errors, write_private

SUBMIT_SECONDS = 60.0
"""Timeout of ``sbatch``; a busy controller is slow."""

QUERY_SECONDS = 30.0
"""Timeout of ``squeue``, ``sacct`` and ``scancel``."""

SECONDS_OF_TRUST = 30.0
"""A process with a heartbeat this recent is running; Slurm is not asked."""

FIRST_ANSWER_SECONDS = 5.0
"""Timeout of the first query; later calls return the last answer without waiting."""

LONGEST_HANDOVER = 300.0
"""A job without an id after this number of seconds was never submitted: the process that started it was killed."""


class SlurmExecutor:
    """Runs each job as a Slurm job, and a split job as an array and a job that merges.

    Args:
        command: command to run, to which the job's folder is appended; :data:`JOB_COMMAND` if omitted.
        run: runs a Slurm command.
        queries: queries the states of the jobs; created if omitted.
    """

    def __init__(
        self,
        command: Sequence[str] | None = None,
        *,
        run: Callable[..., Answer] = slurm_commands.run,
        queries: SlurmQueries | None = None,
    ) -> None:
        self._command = command
        self._run = run
        self._queries = queries or SlurmQueries(self._ask)
        self._first: threading.Thread | None = None

    def submit(self, folder: JobFolder, environment: Mapping[str, str]) -> None:
        """Submit the job to Slurm.

        Raises:
            CatalogError: ``scheduler`` if Slurm rejects it; ``invalid_record`` for invalid resources; ``forbidden`` if
                it has environment variables, which Slurm's controller would write to its disk.
        """
        if environment:
            detail = "Slurm would write this job's environment variables, which include secrets, to its disk."
            raise CatalogError("forbidden", f"{detail} Nothing was started.", hints=[Hint("run_here")])
        check_resources(folder.spec.resources)
        command = self._command or JOB_COMMAND
        if folder.spec.parts == 1:
            self._keep(folder, [self._submit(folder, "batch.sh", whole_script(folder, command))])
            return
        parts_id = self._submit(folder, "parts.sh", parts_script(folder, command))
        try:
            merge_id = self._submit(folder, "batch.sh", merge_script(folder, command, parts_id))
        except CatalogError:
            self._run(["scancel", parts_id], seconds=QUERY_SECONDS)
            raise
        self._keep(folder, [parts_id, merge_id])

    def cancel(self, folder: JobFolder, *, force: bool) -> None:
        """Remove pending jobs from the queue, and send SIGTERM, or with ``force`` SIGKILL, to running ones.

        Raises:
            CatalogError: ``scheduler`` if Slurm refuses; the request is in the folder nevertheless.
        """
        ids = folder.scheduler_ids()
        if not ids:
            return
        # A plain scancel would kill a process that is still undoing its work after half a minute (KillWait).
        signal = ["--signal=KILL", "--full"] if force else ["--signal=TERM", "--batch"]
        waiting = self._run(["scancel", "--state=PENDING", *ids], seconds=QUERY_SECONDS)
        answer = self._run(["scancel", "--state=RUNNING", *signal, *ids], seconds=QUERY_SECONDS)
        fault = next((one for one in (waiting, answer) if not one.worked and not _is_unknown(one)), None)
        if fault is not None:
            detail = f"Slurm did not cancel job {ids[-1]}: {fault.words}."
            kept = "The request was kept in the job's folder: if the job runs, it stops within seconds."
            raise CatalogError("scheduler", f"{detail} {kept}", hints=[Hint("slurm_answers")])

    def states(self, folders: Sequence[JobFolder]) -> Mapping[str, Seen]:
        """States from the folders, otherwise from Slurm's last answer. Queries Slurm in a thread, if a query is due."""
        seen: dict[str, Seen] = {}
        asked: dict[str, tuple[JobFolder, tuple[str, ...]]] = {}
        for folder in folders:
            ids = folder.scheduler_ids()
            if folder.has_ended:
                continue
            if _gave_a_sign(folder):
                seen[folder.id] = Seen("running")
            elif ids:
                asked[folder.id] = (folder, ids)
            elif folder.process() is None and folder.silent_seconds() > LONGEST_HANDOVER:
                seen[folder.id] = Seen("gone", "it was never submitted to Slurm")
        if asked:
            self._queries.want([job_id for _, ids in asked.values() for job_id in ids])
            self._refresh()
        return seen | {key: self._seen(folder, ids) for key, (folder, ids) in asked.items()}

    def _seen(self, folder: JobFolder, ids: tuple[str, ...]) -> Seen:
        whole, parts = self._queries.lines(ids[-1]), self._queries.lines(ids[0]) if len(ids) > 1 else ()
        seen = seen_of(ids[-1], whole, parts, str(folder.log))
        if seen.state == "gone":
            _look_anew(folder)
        elif seen == Seen("queued") and self._queries.trouble:
            return Seen(
                "queued",
                f"Slurm does not report its state ({self._queries.trouble}); it will be asked again.",
            )
        return seen

    def _refresh(self) -> None:
        if not self._queries.is_due:
            return
        asking = threading.Thread(target=self._queries.refresh, name="slurm-query", daemon=True)
        asking.start()
        if self._first is None:
            self._first = asking
        self._first.join(FIRST_ANSWER_SECONDS)

    def _submit(self, folder: JobFolder, name: str, script: str) -> str:
        """Submit one script; returns its Slurm id."""
        with storage_errors("write the batch script", "Nothing was started."):
            write_private(folder.path / name, script.encode())
            folder.log.touch(mode=0o600)
        answer = self._run(["sbatch", "--parsable", name], seconds=SUBMIT_SECONDS, folder=folder.path)
        job_id = answer.out.strip().partition(";")[0]
        if answer.worked and job_id.isascii() and job_id.isdecimal():
            return job_id
        words = answer.words or f"sbatch printed '{job_id[:80]}'"
        detail = f"Slurm rejected the job: {words.rstrip('.')}. Nothing was started."
        raise CatalogError("scheduler", detail, hints=[Hint(_hint_of(words))])

    def _keep(self, folder: JobFolder, ids: Sequence[str]) -> None:
        try:
            folder.keep_scheduler_ids(*ids)
        except CatalogError:
            self._run(["scancel", *ids], seconds=QUERY_SECONDS)
            raise

    def _ask(self, tool: Tool, ids: Sequence[str]) -> Mapping[str, Sequence[Line]]:
        joined = ",".join(ids)
        if tool == "squeue":
            command = ["squeue", "--noheader", "--states=all", "--format=%i|%T|%r", f"--jobs={joined}"]
        else:
            formats = ["--noheader", "--parsable2", "--allocations", "--format=JobID,State,ExitCode"]
            command = ["sacct", *formats, f"--jobs={joined}"]
        answer = self._run(command, seconds=QUERY_SECONDS)
        if answer.worked or _is_unknown(answer):
            return read_lines(answer.out)
        if "accounting" in answer.words.lower() and "disabled" in answer.words.lower():
            raise NoAccountingError(answer.words)
        raise SlurmSilentError(answer.words)


def _gave_a_sign(folder: JobFolder) -> bool:
    """Whether its folder shows that its process is running; parts have processes of their own."""
    is_whole = folder.spec.parts == 1 or folder.process() is not None
    return is_whole and folder.process() is not None and folder.silent_seconds() < SECONDS_OF_TRUST


def _look_anew(folder: JobFolder) -> None:
    """Make a network file system show what a node wrote last: opening a folder revalidates its cache."""
    for path in (folder.path, *(folder.path / "parts").glob("*")):
        try:
            os.scandir(path).close()
        except OSError:
            continue


def _is_unknown(answer: Answer) -> bool:
    """Whether Slurm only reports that the job does not exist, or no longer does."""
    words = answer.words.lower()
    return "invalid job id" in words or "already completing or completed" in words


def _hint_of(words: str) -> HintKey:
    lower = words.lower()
    silent = ("contact", "did not answer", "cannot be run", "connect", "timed out", "configuration", "authentication")
    return "slurm_answers" if any(word in lower for word in silent) else "other_resources"
