"""The batch scripts that are handed to ``sbatch``; they stay in the job's folder, for people to read."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence

from huggingnersc_lab.jobs.executors.slurm_resources import option_lines
from huggingnersc_lab.jobs.folder import JobFolder

MOST_AT_ONCE = 100
"""So many parts of one job are at work at once: they share a file system with everybody else."""


def whole_script(folder: JobFolder, command: Sequence[str]) -> str:
    """The script of a job that is not split."""
    return _script(folder, [], "log", shlex.join([*command, str(folder.path)]))


def parts_script(folder: JobFolder, command: Sequence[str]) -> str:
    """The script of the parts of a job: an array with a task for each."""
    call = f'{shlex.join([*command, str(folder.path)])} --part "$SLURM_ARRAY_TASK_ID"'
    return _script(folder, [f"--array=0-{folder.spec.parts - 1}%{MOST_AT_ONCE}"], "parts/%a/log", call)


def merge_script(folder: JobFolder, command: Sequence[str], parts_id: str) -> str:
    """The script that merges what the parts made, once all of them have succeeded."""
    options = [f"--dependency=afterok:{parts_id}", "--kill-on-invalid-dep=yes"]
    return _script(folder, options, "log", f"{shlex.join([*command, str(folder.path)])} --merge")


def job_name(folder: JobFolder) -> str:
    """What Slurm's own lists call the job; what others wrote does not get further into a script than this."""
    return re.sub(r"[^A-Za-z0-9._-]+", "_", f"{folder.spec.kind}-{folder.spec.dataset}")[:64]


def _script(folder: JobFolder, options: Sequence[str], log: str, call: str) -> str:
    spec = folder.spec
    lines = [
        "#!/bin/sh",
        f"# Job {folder.id} of HuggingNERSC Lab: {job_name(folder)}.",
        f"#SBATCH --job-name={job_name(folder)}",
        f"#SBATCH --output={log}",
        "#SBATCH --open-mode=append",
        # A job that ran in part is not done again from the beginning unseen.
        "#SBATCH --no-requeue",
        "#SBATCH --export=ALL",
        *([] if "nodes" in spec.resources else ["#SBATCH --nodes=1"]),
        "#SBATCH --ntasks-per-node=1",
        *option_lines(spec.resources),
        *(f"#SBATCH {option}" for option in options),
        f"exec {call}",
    ]
    return "\n".join(lines) + "\n"
