"""Runs the processes of jobs."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.jobs.folder import JobFolder

JOB_COMMAND = (sys.executable, "-m", "huggingnersc_lab", "job", "run")
"""The command of a job's process, for every executor; the job's folder is appended."""


@dataclass(frozen=True)
class Seen:
    """The state of a job's process as seen by an executor.

    Attributes:
        state: ``queued``, ``held`` or ``running``; ``gone`` if it will never write to its folder again.
        reason: why it waits, is held or gone, in the executor's words; empty if unknown.
        error: why it is gone and what to do next, if the executor knows more than a reason.
        was_cancelled: whether it was cancelled in the executor itself, without this program.
    """

    state: Literal["queued", "held", "running", "gone"]
    reason: str = ""
    error: CatalogError | None = None
    was_cancelled: bool = False


class Executor(Protocol):
    """Starts, monitors and stops the processes of jobs. Thread-safe."""

    def submit(self, folder: JobFolder, environment: Mapping[str, str]) -> None:
        """Start the job's process, now or when resources are available.

        Args:
            folder: the job; its spec's ``resources`` say what it needs.
            environment: additional environment variables for the process, including secrets. Never written to disk.

        Raises:
            CatalogError: if it cannot be started; then nothing of it will run.
        """

    def cancel(self, folder: JobFolder, *, force: bool) -> None:
        """Stop the job's process; with ``force`` at once, without undoing anything.

        The request is already in the folder, where the process finds it itself after some seconds.
        """

    def states(self, folders: Sequence[JobFolder]) -> Mapping[str, Seen]:
        """The states of these jobs, by id. Queries all of them at once, and omits unknown ones."""
