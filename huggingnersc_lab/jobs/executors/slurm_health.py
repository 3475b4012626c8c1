"""Whether Slurm responds, in bounded time, for ``huggingnersc doctor``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from huggingnersc_lab.jobs.executors import slurm_commands
from huggingnersc_lab.jobs.executors.slurm_commands import Answer, is_installed

SECONDS = 5.0
"""Timeout of each of the three commands."""


@dataclass(frozen=True)
class SlurmHealth:
    """State of Slurm.

    Attributes:
        answers: whether its controller responds.
        detail: version, partitions and accounting, or why it does not respond.
        partitions_up: names of the partitions that accept jobs.
        has_accounting: whether it has accounting, so that a job's end can be looked up long afterwards.
    """

    answers: bool
    detail: str
    partitions_up: tuple[str, ...] = ()
    has_accounting: bool = False


def look(run: Callable[..., Answer] = slurm_commands.run) -> SlurmHealth | None:
    """Check Slurm; None if this machine has no Slurm."""
    if not is_installed():
        return None
    found = run(["sinfo", "--noheader", "--format=%R|%a"], seconds=SECONDS)
    if not found.worked:
        return SlurmHealth(False, found.words or "sinfo failed without a message")
    rows = [line.strip().partition("|") for line in found.out.splitlines()]
    up = tuple(dict.fromkeys(name for name, _, state in rows if state == "up"))
    version = run(["sinfo", "--version"], seconds=SECONDS).out.strip() or "Slurm (unknown version)"
    # A day without jobs: the query is cheap.
    command = ["sacct", "--noheader", "--allocations", "--starttime=2000-01-01", "--endtime=2000-01-02"]
    has_accounting = run(command, seconds=SECONDS).worked
    partitions = f"partitions {', '.join(up[:10])}" if up else "no partition is up"
    accounting = "accounting" if has_accounting else "no accounting"
    return SlurmHealth(True, f"{version} responds: {partitions}; {accounting}", up, has_accounting)
