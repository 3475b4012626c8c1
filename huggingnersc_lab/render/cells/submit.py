# ruff: noqa: PTH100 -- %j is not replaced yet
"""Submits the batch script to Slurm; `job_id` is empty if that failed."""

import os
import shutil
import subprocess


def submit_job(script: str, account: str, output: str) -> "tuple[str, str]":
    """Return the job's id, empty if there is none, and a sentence about what happened."""
    if shutil.which("sbatch") is None:
        return "", "sbatch is not available here: run this notebook on a machine that can submit batch jobs."
    command = ["sbatch", "--parsable", f"--output={output}", f"--error={output}"]
    if account:
        command.append(f"--account={account}")
    try:
        answer = subprocess.run(
            [*command, script], capture_output=True, text=True, timeout=120, stdin=subprocess.DEVNULL, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return "", f"The job could not be submitted: {error}"
    if answer.returncode:
        hint = "" if account else " If it asks for an account, set ACCOUNT above to your project."
        return "", f"Slurm rejected the job: {answer.stderr.strip()}{hint}"
    # A federated cluster appends its name: "123;name".
    job = answer.stdout.strip().splitlines()[-1].split(";")[0]
    return job, f"Submitted as job {job}; its output goes to {os.path.abspath(output).replace('%j', job)}"
