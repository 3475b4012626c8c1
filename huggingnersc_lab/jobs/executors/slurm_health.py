"""Whether Slurm answers, in bounded time: what ``huggingnersc doctor`` says of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from huggingnersc_lab.jobs.executors import slurm_commands
from huggingnersc_lab.jobs.executors.slurm_commands import Answer, is_installed

SECONDS = 5.0
"""Each of the three questions may take so long."""


@dataclass(frozen=True)
class SlurmHealth:
    """What was found of Slurm.

    Attributes:
        answers: whether its controller answers.
        detail: version, partitions and accounting, or why there is no answer.
        partitions_up: names of the partitions that take jobs.
        has_accounting: whether it keeps accounts, so that it knows how a job ended long after.
    """

    answers: bool
    detail: str
    partitions_up: tuple[str, ...] = ()
    has_accounting: bool = False


def look(run: Callable[..., Answer] = slurm_commands.run) -> SlurmHealth | None:
    """Ask Slurm how it is; None where this machine has no Slurm."""
    if not is_installed():
        return None
    found = run(["sinfo", "--noheader", "--format=%R|%a"], seconds=SECONDS)
    if not found.worked:
        return SlurmHealth(False, found.words or "sinfo failed and did not say why")
    rows = [line.strip().partition("|") for line in found.out.splitlines()]
    up = tuple(dict.fromkeys(name for name, _, state in rows if state == "up"))
    version = run(["sinfo", "--version"], seconds=SECONDS).out.strip() or "Slurm of an unknown version"
    # A day that never was: the answer is empty, and the question cheap.
    command = ["sacct", "--noheader", "--allocations", "--starttime=2000-01-01", "--endtime=2000-01-02"]
    has_accounting = run(command, seconds=SECONDS).worked
    partitions = f"partitions {', '.join(up[:10])}" if up else "no partition takes jobs"
    accounting = "accounting" if has_accounting else "no accounting"
    return SlurmHealth(True, f"{version} answers: {partitions}; {accounting}", up, has_accounting)
