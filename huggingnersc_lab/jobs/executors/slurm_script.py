"""The batch scripts submitted with ``sbatch``; they stay in the job's folder, for users to read."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence

from huggingnersc_lab.jobs.executors.slurm_resources import option_lines
from huggingnersc_lab.jobs.folder import JobFolder

MOST_AT_ONCE = 100
"""Maximum number of parts of a job that run at the same time, because they share a file system with everybody."""


def whole_script(folder: JobFolder, command: Sequence[str]) -> str:
    """The script of a job without parts."""
    return _script(folder, [], "log", shlex.join([*command, str(folder.path)]))


def parts_script(folder: JobFolder, command: Sequence[str]) -> str:
    """The script of the parts of a job: an array with a task for each part."""
    call = f'{shlex.join([*command, str(folder.path)])} --part "$SLURM_ARRAY_TASK_ID"'
    return _script(folder, [f"--array=0-{folder.spec.parts - 1}%{MOST_AT_ONCE}"], "parts/%a/log", call)


def merge_script(folder: JobFolder, command: Sequence[str], parts_id: str) -> str:
    """The script that merges the results of the parts after all of them succeeded."""
    options = [f"--dependency=afterok:{parts_id}", "--kill-on-invalid-dep=yes"]
    return _script(folder, options, "log", f"{shlex.join([*command, str(folder.path)])} --merge")


def job_name(folder: JobFolder) -> str:
    """The job's name in Slurm's lists, and the only text from a catalog that gets into a script."""
    return re.sub(r"[^A-Za-z0-9._-]+", "_", f"{folder.spec.kind}-{folder.spec.dataset}")[:64]


def _script(folder: JobFolder, options: Sequence[str], log: str, call: str) -> str:
    spec = folder.spec
    lines = [
        "#!/bin/sh",
        f"# Job {folder.id} of HuggingNERSC Lab: {job_name(folder)}.",
        f"#SBATCH --job-name={job_name(folder)}",
        f"#SBATCH --output={log}",
        "#SBATCH --open-mode=append",
        # A half-finished job must not start again unnoticed.
        "#SBATCH --no-requeue",
        "#SBATCH --export=ALL",
        *([] if "nodes" in spec.resources else ["#SBATCH --nodes=1"]),
        "#SBATCH --ntasks-per-node=1",
        *option_lines(spec.resources),
        *(f"#SBATCH {option}" for option in options),
        f"exec {call}",
    ]
    return "\n".join(lines) + "\n"
