"""Executors, which run jobs: one module each, following :mod:`~huggingnersc_lab.jobs.executors.base`."""

from __future__ import annotations

from huggingnersc_lab.jobs.executors.base import JOB_COMMAND, Executor, Seen
from huggingnersc_lab.jobs.executors.local import LocalExecutor
from huggingnersc_lab.jobs.executors.slurm import SlurmExecutor

__all__ = ["JOB_COMMAND", "Executor", "LocalExecutor", "Seen", "SlurmExecutor"]
