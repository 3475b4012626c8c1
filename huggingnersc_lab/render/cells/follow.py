# ruff: noqa: PTH123, T201 -- a notebook prints
"""Waits for the job, showing its state in one line, and then shows the end of what it wrote."""

import os
import subprocess
import time

RUNS_ON = {"PENDING", "RUNNING", "CONFIGURING", "COMPLETING", "SUSPENDED", "REQUEUED", "RESIZING", "SIGNALING"}
RUNS_ON |= {"STAGE_OUT", "STOPPED", "REQUEUE_FED", "REQUEUE_HOLD", "SPECIAL_EXIT", "RESV_DEL_HOLD"}

PATIENCE = 3  # times that nobody knows the job, before it is given up
TAIL = 65536  # bytes


def ask_slurm(*command: str) -> "str | None":
    """Return the first line of what a Slurm command prints; empty for nothing, None when it fails."""
    try:
        answer = subprocess.run(
            command, capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return None if answer.returncode else answer.stdout.strip().split("\n")[0]


def job_state(job: str) -> "tuple[str, str]":
    """Return the job's state in Slurm's own word, empty when nobody knows it, and the reason it waits for."""
    line = ask_slurm("squeue", "--noheader", "--states=all", f"--jobs={job}", "--format=%T|%r")
    if line:
        state, _, reason = line.partition("|")
        return state, reason
    # The queue forgets a job soon after its end; the accounts, where a cluster keeps them, do not.
    line = ask_slurm("sacct", "--noheader", "--allocations", "--parsable2", "--format=State", f"--jobs={job}")
    if line:
        return line.split()[0].rstrip("+"), ""
    return "", ""


def follow_job(job: str) -> str:
    """Return the state in which the job ended; empty when it is not known, or when the wait was interrupted."""
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
                print(f"\nSlurm no longer knows job {job}: it has ended, and this cluster keeps no accounts of how.")
                return ""
            time.sleep(pause)
            pause = min(30.0, pause * 1.3)
    except KeyboardInterrupt:
        print(f"\nStopped watching. The job goes on: run this cell again to watch it, 'scancel {job}' ends it.")
        return ""
    print()
    return state


def show_output(path: str, lines: int = 100) -> None:
    """Print the last lines of a file, 64 KiB at most."""
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
