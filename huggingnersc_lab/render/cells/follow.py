# ruff: noqa: PTH123, T201 -- a notebook prints
"""Waits for the job, showing its state in one line, and then shows the end of its output."""

import os
import subprocess
import time

RUNS_ON = {"PENDING", "RUNNING", "CONFIGURING", "COMPLETING", "SUSPENDED", "REQUEUED", "RESIZING", "SIGNALING"}
RUNS_ON |= {"STAGE_OUT", "STOPPED", "REQUEUE_FED", "REQUEUE_HOLD", "SPECIAL_EXIT", "RESV_DEL_HOLD"}

PATIENCE = 3  # polls without a state before giving up
TAIL = 65536  # bytes


def ask_slurm(*command: str) -> "str | None":
    """Return the first line of a Slurm command's output; empty for no output, None if it fails."""
    try:
        answer = subprocess.run(
            command, capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return None if answer.returncode else answer.stdout.strip().split("\n")[0]


def job_state(job: str) -> "tuple[str, str]":
    """Return the job's state as named by Slurm, empty if unknown, and the reason why it is waiting."""
    line = ask_slurm("squeue", "--noheader", "--states=all", f"--jobs={job}", "--format=%T|%r")
    if line:
        state, _, reason = line.partition("|")
        return state, reason
    # The queue forgets a job soon after it ends; the accounting database, if there is one, does not.
    line = ask_slurm("sacct", "--noheader", "--allocations", "--parsable2", "--format=State", f"--jobs={job}")
    if line:
        return line.split()[0].rstrip("+"), ""
    return "", ""


def follow_job(job: str) -> str:
    """Return the final state of the job; empty if unknown, or if the wait was interrupted."""
    began, pause, silent = time.monotonic(), 1.0, 0
    try:
        while True:
            state, reason = job_state(job)
            silent = 0 if state else silent + 1
            minutes, seconds = divmod(int(time.monotonic() - began), 60)
            told = state + (f" ({reason})" if state == "PENDING" and reason not in ("", "None") else "")
            line = f"Job {job}: {told or 'no answer from Slurm'}, {minutes} min {seconds} s"
            print("\r" + line.ljust(78), end="", flush=True)
            if state and state not in RUNS_ON:
                break
            if silent == PATIENCE:
                print(f"\nSlurm no longer lists job {job}: it has ended, and this cluster does not record how.")
                return ""
            time.sleep(pause)
            pause = min(30.0, pause * 1.3)
    except KeyboardInterrupt:
        print(f"\nStopped watching. The job continues: run this cell again to watch it, or 'scancel {job}' to end it.")
        return ""
    print()
    return state


def show_output(path: str, lines: int = 100) -> None:
    """Print the last lines of a file, at most 64 KiB."""
    try:
        with open(path, "rb") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - TAIL))
            text = file.read().decode("utf-8", "replace")
    except OSError as error:
        print(f"The job's output cannot be read ({error.strerror}): {path}")
        return
    tail = text.splitlines()[-lines:]
    print(f"The end of {path}:" if len(tail) < text.count("\n") or size > TAIL else f"{path}:")
    print("\n".join(tail) if tail else "(nothing was written)")
