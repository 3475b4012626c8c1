"""A job that is split, as an array of four on a one-node Slurm, next to the same job in one process of this machine.

The work itself takes no time, so what is measured is what Slurm, four Pythons and the merging add. The peer that does
least is a bare ``sbatch --wait`` of the same shape: an array of four that does nothing, and a job that depends on it.
Then how often Slurm is asked while 500 jobs are watched for a minute of virtual time; the peer asks for each job when
it looks, as submitit's and many engines' default does.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from measure import Figure, show

sys.path.append(str(Path(__file__).parents[1]))
os.environ["PYTHONPATH"] = str(Path(__file__).parents[1])
from huggingnersc_lab.jobs import Jobs, JobSpec, LocalExecutor, SlurmExecutor
from huggingnersc_lab.jobs.executors.slurm_queries import MOST_IDS, SlurmQueries
from huggingnersc_lab.jobs.executors.slurm_states import Line
from huggingnersc_lab.workspace import tasks
from tests.one_node_slurm import MISSING, one_node_slurm

EXAMPLES = Path(__file__).parents[1] / "tests" / "examples"
COMMAND = (sys.executable, str(EXAMPLES / "job_program.py"))
ROUNDS = 3
WATCHED = 500
LOOKS_A_SECOND = 4


def seconds_of(jobs: Jobs, executor: str) -> float:
    began = time.perf_counter()
    job = jobs.start(JobSpec("sum", "iris", {}, executor))
    while not (job := jobs.read(job.id)).has_ended:
        time.sleep(0.05)
    if job.result is None or job.result["total"] != 499500:
        raise SystemExit(f"The job did not do what it should: {job}")
    return time.perf_counter() - began


def seconds_of_bare_sbatch(folder: Path) -> float:
    began = time.perf_counter()
    own = ["sbatch", "--parsable", f"--output={folder}/bare-%j", "--wrap=true"]
    array = subprocess.run([*own, "--array=0-3"], check=True, capture_output=True, text=True).stdout.strip()
    subprocess.run([*own, "--wait", f"--dependency=afterok:{array}"], check=True, capture_output=True)
    return time.perf_counter() - began


def on_slurm() -> list[Figure]:
    tasks.__path__.append(str(EXAMPLES / "kinds"))
    with tempfile.TemporaryDirectory() as folder, one_node_slurm() as environ:
        os.environ.update({name: environ[name] for name in ("SLURM_CONF", "PATH")})
        executors = {"local": LocalExecutor(COMMAND), "slurm": SlurmExecutor(COMMAND)}
        jobs = Jobs(Path(folder) / "jobs", tasks.kinds(), lambda _: False, executors)
        here, there, bare = [], [], []
        for _ in range(ROUNDS):
            here.append(seconds_of(jobs, "local"))
            there.append(seconds_of(jobs, "slurm"))
            bare.append(seconds_of_bare_sbatch(Path(folder)))
    over = min(there) - min(here)
    return [
        Figure("an array of 4 and its merge, over one local process", over, 15, "the aim", "s", 1),
        Figure("  the whole of it", min(there), min(here), "one local process", "s"),
        Figure("  next to the same shape that does nothing", min(there), min(bare), "bare sbatch --wait", "s"),
    ]


def queries() -> list[Figure]:
    asked: list[int] = []
    now = 0.0

    def ask(_tool: str, ids):
        asked.append(len(ids))
        return dict.fromkeys(ids, (Line("", "PENDING", "Priority"),))

    watching = SlurmQueries(ask, lambda: now)
    ids = [str(number) for number in range(WATCHED)]
    for look in range(60 * LOOKS_A_SECOND + 1):
        now = look / LOOKS_A_SECOND
        watching.want(ids)
        watching.refresh()
    return [
        Figure(f"queries, {WATCHED} jobs watched for a minute", len(asked), 7, "the aim", "queries", 1),
        Figure("  next to one a job every 10 s", len(asked), WATCHED * 7, "a query a job", "queries"),
        Figure("  most ids in one query", max(asked), MOST_IDS, "the limit", "ids", 1),
    ]


def main() -> None:
    figures = queries()
    if MISSING or os.geteuid() != 0:
        print("A Slurm of one's own needs root and", ", ".join(MISSING) or "nothing else")
    else:
        figures = [*on_slurm(), *figures]
    show("Slurm", "python benchmarks/slurm.py", figures)


if __name__ == "__main__":
    main()
