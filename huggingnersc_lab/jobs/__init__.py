"""Jobs: work that takes longer than a request, and goes on when nobody waits for it.

The engine knows nothing of what is done. A :class:`JobSpec` names a kind, which a registry (:class:`Kinds`) knows how
to do, and an executor, which runs it. Each job is a folder (see :mod:`huggingnersc_lab.jobs.folder`) and one process.
All there is to know stands in the folder, so a server that was restarted, or the command line, sees the same jobs.
"""

from __future__ import annotations

from huggingnersc_lab.jobs.context import JobContext
from huggingnersc_lab.jobs.executors import Executor, LocalExecutor, Seen, SlurmExecutor
from huggingnersc_lab.jobs.job import Job, JobState, JobStep, OnEvent, Outcome, Progress
from huggingnersc_lab.jobs.jobs import Jobs
from huggingnersc_lab.jobs.kinds import IsUnfinished, JobKind, Kinds
from huggingnersc_lab.jobs.parts import parts_of
from huggingnersc_lab.jobs.spec import JobSpec
from huggingnersc_lab.jobs.split import SplitKind
from huggingnersc_lab.jobs.watcher import Change, Forgotten

__all__ = [
    "Change",
    "Executor",
    "Forgotten",
    "IsUnfinished",
    "Job",
    "JobContext",
    "JobKind",
    "JobSpec",
    "JobState",
    "JobStep",
    "Jobs",
    "Kinds",
    "LocalExecutor",
    "OnEvent",
    "Outcome",
    "Progress",
    "Seen",
    "SlurmExecutor",
    "SplitKind",
    "parts_of",
]
