"""Jobs: work that takes longer than a request and runs in the background.

The engine knows nothing about the work. A :class:`JobSpec` names a kind, which is implemented in a registry
(:class:`Kinds`), and an executor, which runs it. Each job is a folder (see :mod:`huggingnersc_lab.jobs.folder`) and one
process. The folder contains everything, so a restarted server, or the command line, sees the same jobs.
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
