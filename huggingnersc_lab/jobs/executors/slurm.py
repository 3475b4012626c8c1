"""Jobs on Slurm: ``sbatch`` with a script that people can read, one query for all jobs, ``scancel``.

The job's folder lies where the nodes see it, as home folders do; how a job goes and ends stands there. Slurm is asked
only for what a folder cannot tell: why a job waits, and how one ended that says nothing more.
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
"""``sbatch`` may take so long: a busy controller takes its time."""

QUERY_SECONDS = 30.0
"""``squeue``, ``sacct`` and ``scancel`` may take so long."""

SECONDS_OF_TRUST = 30.0
"""A process that gave a sign in its folder so recently is at work; Slurm is not asked."""

FIRST_ANSWER_SECONDS = 5.0
"""The first look waits so long for Slurm's answer; the later ones take what was said last."""

LONGEST_HANDOVER = 300.0
"""A job that has no id after so many seconds was never handed to Slurm: who began it was stopped."""


class SlurmExecutor:
    """Runs each job as a Slurm job; one that is split as an array, and a job that merges.

    Args:
        command: what is run, the job's folder following; :data:`JOB_COMMAND` when left out.
        run: runs a command of Slurm's.
        queries: asks how the jobs stand; made when left out.
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
        """Hand the job to Slurm.

        Raises:
            CatalogError: ``scheduler`` when Slurm does not take it; ``invalid_record`` for resources that it cannot be
                asked for; ``forbidden`` for variables, which Slurm's controller would write to its disk.
        """
        if environment:
            detail = "Slurm would write the variables of this job to a disk, secrets among them. Nothing was begun."
            raise CatalogError("forbidden", detail, hints=[Hint("run_here")])
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
        """Take out of the queue what has not begun, and send SIGTERM to the rest; by force SIGKILL.

        Raises:
            CatalogError: ``scheduler`` when Slurm does not take it; the wish stands in the folder all the same.
        """
        ids = folder.scheduler_ids()
        if not ids:
            return
        # A plain scancel would kill after half a minute what takes back what it began.
        signal = ["--signal=KILL", "--full"] if force else ["--signal=TERM", "--batch"]
        waiting = self._run(["scancel", "--state=PENDING", *ids], seconds=QUERY_SECONDS)
        answer = self._run(["scancel", "--state=RUNNING", *signal, *ids], seconds=QUERY_SECONDS)
        fault = next((one for one in (waiting, answer) if not one.worked and not _is_unknown(one)), None)
        if fault is not None:
            detail = f"Slurm did not take the wish to cancel the job {ids[-1]}: {fault.words}."
            kept = "It is kept in the job's folder, and the job stops within seconds once it is at work."
            raise CatalogError("scheduler", f"{detail} {kept}", hints=[Hint("slurm_answers")])

    def states(self, folders: Sequence[JobFolder]) -> Mapping[str, Seen]:
        """What the folders tell, and what Slurm said last of the others. Asks Slurm in a thread, when that is due."""
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
                seen[folder.id] = Seen("gone", "it was never handed to Slurm")
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
            return Seen("queued", f"Slurm does not say how it stands ({self._queries.trouble}); it is asked again.")
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
        """Hand in one script; returns Slurm's id."""
        with storage_errors("write the batch script", "Nothing was begun."):
            write_private(folder.path / name, script.encode())
            folder.log.touch(mode=0o600)
        answer = self._run(["sbatch", "--parsable", name], seconds=SUBMIT_SECONDS, folder=folder.path)
        job_id = answer.out.strip().partition(";")[0]
        if answer.worked and job_id.isascii() and job_id.isdecimal():
            return job_id
        words = answer.words or f"sbatch said '{job_id[:80]}'"
        detail = f"Slurm did not take the job: {words.rstrip('.')}. Nothing was begun."
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
    """Whether its process is at work, as far as its folder tells; parts may be, or not, each for itself."""
    is_whole = folder.spec.parts == 1 or folder.process() is not None
    return is_whole and folder.process() is not None and folder.silent_seconds() < SECONDS_OF_TRUST


def _look_anew(folder: JobFolder) -> None:
    """Have a network file system show what a node wrote just before its job ended: opening a folder asks the server."""
    for path in (folder.path, *(folder.path / "parts").glob("*")):
        try:
            os.scandir(path).close()
        except OSError:
            continue


def _is_unknown(answer: Answer) -> bool:
    """Whether Slurm only says that there is no such job, or no such job any more."""
    words = answer.words.lower()
    return "invalid job id" in words or "already completing or completed" in words


def _hint_of(words: str) -> HintKey:
    lower = words.lower()
    silent = ("contact", "did not answer", "cannot be run", "connect", "timed out", "configuration", "authentication")
    return "slurm_answers" if any(word in lower for word in silent) else "other_resources"
