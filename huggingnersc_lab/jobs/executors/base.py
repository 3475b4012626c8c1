"""What runs the processes of jobs."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.jobs.folder import JobFolder

JOB_COMMAND = (sys.executable, "-m", "huggingnersc_lab", "job", "run")
"""The command that is a job's process, for every executor; the job's folder follows."""


@dataclass(frozen=True)
class Seen:
    """What an executor sees of a job's process.

    Attributes:
        state: ``queued``, ``held`` or ``running``; ``gone`` when it will never write into its folder again.
        reason: why it waits, is held or gone, a sentence of the executor's; empty where it does not know.
        error: why it is gone, and what to do next, where the executor knows more than a reason.
        was_cancelled: whether somebody ended it in the executor, past this program.
    """

    state: Literal["queued", "held", "running", "gone"]
    reason: str = ""
    error: CatalogError | None = None
    was_cancelled: bool = False


class Executor(Protocol):
    """Starts, looks after and stops the processes of jobs. May be used from any thread."""

    def submit(self, folder: JobFolder, environment: Mapping[str, str]) -> None:
        """Have the job's process started, now or when there is room.

        Args:
            folder: the job; its spec's ``resources`` say what it needs.
            environment: variables that the process gets besides the usual ones, secrets among them. Written nowhere.

        Raises:
            CatalogError: when it cannot be started; then nothing of it will run.
        """

    def cancel(self, folder: JobFolder, *, force: bool) -> None:
        """Tell the job's process to stop; by ``force`` at once, with nothing taken back.

        The wish to stop stands in the folder already, where the process sees it by itself after some seconds.
        """

    def states(self, folders: Sequence[JobFolder]) -> Mapping[str, Seen]:
        """What is seen of these jobs, by id. Asks once for all of them, and leaves out what it cannot tell."""
