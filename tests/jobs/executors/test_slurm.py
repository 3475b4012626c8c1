"""Jobs on a real one-node Slurm, and on commands that say what a test wants Slurm to say."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.jobs import Job, Jobs, JobSpec, Kinds, LocalExecutor, Seen, SlurmExecutor
from huggingnersc_lab.jobs.executors import slurm as slurm_module
from huggingnersc_lab.jobs.executors import slurm_queries
from huggingnersc_lab.jobs.folder import JobFolder
from huggingnersc_lab.workspace.tasks import kinds as all_kinds
from tests.one_node_slurm import on_a_real_slurm, one_node_slurm

# Real processes, each of which takes its time on a busy machine.
pytestmark = pytest.mark.timeout(900)

WaitFor = Callable[[Callable[[], object]], None]
MADE = {"total": 499500, "parts": [[0, 250], [1, 250], [2, 250], [3, 250]]}


@pytest.fixture
def kinds(toy: Any) -> Kinds[Any]:
    return all_kinds()


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Slurm may be asked often, and a process that says nothing is soon doubted."""
    monkeypatch.setattr(slurm_queries, "SECONDS_BETWEEN", 0.5)
    monkeypatch.setattr(slurm_module, "SECONDS_OF_TRUST", 8.0)


def spec(kind: str = "sum", executor: str = "slurm", resources: Any = None, **arguments: Any) -> JobSpec:
    given = {"size": 10, **arguments} if kind == "toy" else arguments
    return JobSpec(kind, "iris", given, executor, resources or {})


def error_of(job: Job) -> str:
    assert job.error is not None, job
    return str(job.error["detail"])


@pytest.fixture(scope="module")
def environ() -> Iterator[dict[str, str]]:
    with one_node_slurm() as environ:
        yield environ


@on_a_real_slurm
@pytest.mark.slurm
class TestARealSlurm:
    @pytest.fixture
    def jobs(
        self, environ: dict[str, str], tmp_path: Path, kinds: Kinds[Any], monkeypatch: pytest.MonkeyPatch, quick: None
    ) -> Jobs:
        for name in ("SLURM_CONF", "PATH"):
            monkeypatch.setenv(name, environ[name])
        monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[3]))
        return Jobs(tmp_path / "jobs", kinds, lambda _: False, {"local": LocalExecutor(), "slurm": SlurmExecutor()})

    def settle(self, jobs: Jobs, job: Job, wait_for: WaitFor) -> Job:
        wait_for(lambda: jobs.read(job.id).has_ended)
        return jobs.read(job.id)

    def test_a_job_runs_as_it_does_here(self, jobs: Jobs, wait_for: WaitFor) -> None:
        begun = jobs.start(spec("toy", resources={"time": "00:10:00", "cpus": "1"}))
        assert begun.scheduler_id.isdecimal()
        done = self.settle(jobs, begun, wait_for)
        assert (done.state, done.result, done.executor) == ("succeeded", {"bytes": 10}, "slurm"), done
        assert done.to_dict()["scheduler_id"] == begun.scheduler_id
        folder = jobs.folder / begun.id
        assert "#SBATCH --time=00:10:00" in (folder / "batch.sh").read_text()
        assert stat.S_IMODE((folder / "log").stat().st_mode) == 0o600
        # The process writes its state first, and ends with a line in the log.
        wait_for(lambda: "succeeded" in (folder / "log").read_text())

    def test_an_array_makes_what_one_process_makes(self, jobs: Jobs, wait_for: WaitFor) -> None:
        here, there = jobs.start(spec(executor="local")), jobs.start(spec())
        made = [self.settle(jobs, job, wait_for) for job in (here, there)]
        assert [(job.state, job.result) for job in made] == [("succeeded", MADE)] * 2, made
        hosts = {JobFolder(jobs.folder / there.id / "parts" / str(index)).process() for index in range(4)}
        assert None not in hosts
        assert len(hosts) == 4  # a process for each

    def test_a_part_that_fails_ends_the_whole_in_its_words(self, jobs: Jobs, wait_for: WaitFor) -> None:
        job = self.settle(jobs, jobs.start(spec(fails=2)), wait_for)
        assert (job.state, error_of(job)) == ("failed", "Part 3 of 4 failed: There is no room for that.")

    def test_a_part_that_ends_without_a_word_is_named(self, jobs: Jobs, wait_for: WaitFor) -> None:
        job = self.settle(jobs, jobs.start(spec(vanishes=1)), wait_for)
        assert job.state == "failed"
        assert "part 2, ended without reporting a reason (FAILED" in error_of(job)

    def test_a_job_that_works_is_cancelled_and_takes_back_what_it_began(self, jobs: Jobs, wait_for: WaitFor) -> None:
        job = jobs.start(spec("toy", waits=True))
        part = jobs.folder / job.id / "part"
        wait_for(part.exists)
        jobs.cancel(job.id)
        done = self.settle(jobs, job, wait_for)
        assert (done.state, done.error, part.exists()) == ("cancelled", None, False)

    def test_an_array_is_cancelled_with_what_waits_for_it(self, jobs: Jobs, wait_for: WaitFor) -> None:
        job = jobs.start(spec(waits=True, in_parts=8))
        wait_for(lambda: jobs.read(job.id).state == "running")
        jobs.cancel(job.id)
        done = self.settle(jobs, job, wait_for)
        assert (done.state, done.error) == ("cancelled", None)
        queue = ["squeue", "--noheader", "--format=%i", f"--jobs={','.join(self.ids(jobs, job))}"]
        wait_for(lambda: subprocess.run(queue, capture_output=True, text=True, check=False).stdout.strip() == "")

    def ids(self, jobs: Jobs, job: Job) -> tuple[str, ...]:
        return JobFolder(jobs.folder / job.id).scheduler_ids()

    def test_a_job_that_is_held_begins_when_it_is_released(
        self, jobs: Jobs, wait_for: WaitFor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        whole = slurm_module.whole_script
        held = lambda *given: whole(*given).replace("#SBATCH --no-requeue", "#SBATCH --no-requeue\n#SBATCH --hold")  # noqa: E731
        monkeypatch.setattr(slurm_module, "whole_script", held)
        job = jobs.start(spec("toy"))
        wait_for(lambda: jobs.read(job.id).state == "held")
        assert jobs.read(job.id).reason == (
            f"It is held (JobHeldUser); 'scontrol release {job.scheduler_id}' releases it."
        )
        subprocess.run(["scontrol", "release", job.scheduler_id], check=True)
        assert self.settle(jobs, job, wait_for).state == "succeeded"

    def test_a_job_that_somebody_cancelled_in_slurm(self, jobs: Jobs, wait_for: WaitFor) -> None:
        job = jobs.start(spec("toy", resources={"nodes": 1, "time": "5"}, waits=True))
        part = jobs.folder / job.id / "part"
        wait_for(part.exists)
        subprocess.run(["scancel", job.scheduler_id], check=True)
        done = self.settle(jobs, job, wait_for)
        assert (done.state, done.kept, part.exists()) == ("cancelled", False, False), done
        assert f"The Slurm job {job.scheduler_id} was cancelled with Slurm's own commands (CANCELLED" in error_of(done)

    def test_a_job_that_reaches_its_time_limit(self, jobs: Jobs, wait_for: WaitFor) -> None:
        job = jobs.start(spec("toy", waits=True))
        part = jobs.folder / job.id / "part"
        wait_for(part.exists)
        subprocess.run(["scontrol", "update", f"jobid={job.scheduler_id}", "timelimit=00:00:01"], check=True)
        done = self.settle(jobs, job, wait_for)
        assert (done.state, done.kept, part.exists()) == ("failed", False, False), done
        assert "reached its time limit and was stopped by Slurm (TIMEOUT" in error_of(done)

    def test_what_slurm_refuses_is_told_in_its_words(self, jobs: Jobs) -> None:
        with pytest.raises(CatalogError) as refused:
            jobs.start(spec("toy", resources={"partition": "nowhere"}))
        assert refused.value.code == "scheduler"
        assert "Slurm rejected the job: invalid partition specified: nowhere" in refused.value.detail
        assert "--resource" in refused.value.message("cli")
        assert jobs.list() == []

    def test_a_secret_of_the_environment_does_not_reach_the_controller(
        self, jobs: Jobs, environ: dict[str, str], wait_for: WaitFor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("HF_TOKEN", "hf_verysecret")
        job = jobs.start(spec("toy", waits=True))
        wait_for((jobs.folder / job.id / "part").exists)
        spooled = [path for path in Path(environ["SLURM_CONF"]).parent.rglob("*") if path.is_file()]
        mine = [path for path in jobs.folder.rglob("*") if path.is_file()]
        assert any("environment" in path.name for path in spooled)
        assert [path for path in (*spooled, *mine) if b"hf_verysecret" in path.read_bytes()] == []
        process = JobFolder(jobs.folder / job.id).process()
        assert process is not None
        assert b"hf_verysecret" not in Path(f"/proc/{process.pid}/environ").read_bytes()
        (jobs.folder / job.id / "go").touch()
        assert self.settle(jobs, job, wait_for).state == "succeeded"


class TestACommandThatSays:
    """``sbatch``, ``squeue``, ``sacct`` and ``scancel`` on PATH, as scripts that say what the test wants."""

    @pytest.fixture
    def commands(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, quick: None) -> Path:
        folder = tmp_path / "bin"
        folder.mkdir()
        monkeypatch.setenv("PATH", str(folder))
        monkeypatch.setattr(slurm_queries, "SECONDS_BETWEEN", 0.0)
        self.say(folder, "sbatch", "echo '7;cluster'")
        self.say(folder, "squeue", "")
        self.say(folder, "sacct", "echo 'Slurm accounting storage is disabled' >&2; exit 1")
        self.say(folder, "scancel", "")
        return folder

    def say(self, folder: Path, name: str, script: str) -> None:
        path = folder / name
        path.write_text(f'#!/bin/sh\necho "$@" >>{folder}/{name}.calls\n{script}\n')
        path.chmod(0o755)

    def calls(self, folder: Path, name: str) -> list[str]:
        path = folder / f"{name}.calls"
        return path.read_text().splitlines() if path.exists() else []

    @pytest.fixture
    def jobs(self, commands: Path, tmp_path: Path, kinds: Kinds[Any]) -> Jobs:
        return Jobs(tmp_path / "jobs", kinds, lambda _: False, {"slurm": SlurmExecutor()})

    @pytest.mark.parametrize(
        ("line", "state", "words", "hint"),
        [
            ("TIMEOUT|TimeLimit", "failed", "reached its time limit", "more time"),
            ("OUT_OF_MEMORY|OutOfMemory", "failed", "needed more memory", "more memory"),
            ("NODE_FAIL|NodeDown", "failed", "ended because its node failed", "Run the command again"),
            ("PREEMPTED|None", "failed", "was preempted by another job", "Run the command again"),
            ("CANCELLED by 1000|None", "cancelled", "was cancelled with Slurm's own commands", "Run the command again"),
            ("FAILED|NonZeroExitCode", "failed", "ended without reporting a reason", "Its log is '"),
            (
                "COMPLETED|None",
                "failed",
                "completed according to Slurm (COMPLETED), but wrote no result",
                "Its log is '",
            ),
        ],
    )
    def test_how_it_ended_where_the_folder_does_not_say(
        self, jobs: Jobs, commands: Path, line: str, state: str, words: str, hint: str, wait_for: WaitFor
    ) -> None:
        self.say(commands, "squeue", f"echo '7|{line}'")
        job = jobs.start(spec("toy"))
        wait_for(lambda: jobs.read(job.id).has_ended)
        done = jobs.read(job.id)
        assert (done.state, done.error and done.error["code"]) == (state, "scheduler")
        told = done.to_dict("cli")["error"]["detail"]
        assert f"The Slurm job 7 {words}" in told
        assert line.split("|", maxsplit=1)[0].split(maxsplit=1)[0] in told
        assert hint in told

    def test_what_nobody_knows_any_more(self, jobs: Jobs, wait_for: WaitFor) -> None:
        job = jobs.start(spec("toy"))
        wait_for(lambda: jobs.read(job.id).has_ended)
        assert "is no longer known to Slurm" in error_of(jobs.read(job.id))

    def test_what_only_the_accounts_know(self, jobs: Jobs, commands: Path, wait_for: WaitFor) -> None:
        self.say(commands, "squeue", "echo 'slurm_load_jobs error: Invalid job id specified' >&2; exit 1")
        self.say(commands, "sacct", "echo '7|CANCELLED by 0|0:0'")
        job = jobs.start(spec("toy"))
        wait_for(lambda: jobs.read(job.id).has_ended)
        assert jobs.read(job.id).state == "cancelled"
        assert "(CANCELLED: by 0)" in error_of(jobs.read(job.id))

    def test_while_slurm_is_silent_nothing_ends(self, jobs: Jobs, commands: Path, wait_for: WaitFor) -> None:
        self.say(commands, "squeue", "echo 'slurm_load_jobs error: Unable to contact slurm controller' >&2; exit 1")
        job = jobs.start(spec("toy"))
        wait_for(lambda: jobs.read(job.id).reason)
        waiting = jobs.read(job.id)
        assert waiting.state == "queued"
        assert "Unable to contact slurm controller" in waiting.reason

    @pytest.mark.parametrize(
        ("words", "hint"),
        [
            ("Batch job submission failed: Invalid account or account/partition combination", "account="),
            ("Batch job submission failed: Invalid qos specification", "qos="),
            ("Batch job submission failed: Requested time limit is invalid (missing or exceeds some limit)", "time="),
            ("Batch job submission failed: Unable to contact slurm controller (connect failure)", "Slurm responds"),
        ],
    )
    def test_what_sbatch_refuses(self, jobs: Jobs, commands: Path, words: str, hint: str) -> None:
        self.say(commands, "sbatch", f"echo 'sbatch: error: {words}' >&2; exit 1")
        with pytest.raises(CatalogError) as refused:
            jobs.start(spec("toy"))
        assert refused.value.code == "scheduler"
        assert refused.value.detail == f"Slurm rejected the job: {words}. Nothing was started."
        assert hint in refused.value.message("cli")
        assert list(jobs.folder.iterdir()) == []

    def test_an_sbatch_that_says_no_number_or_is_not_there(self, jobs: Jobs, commands: Path) -> None:
        self.say(commands, "sbatch", "echo --all")
        with pytest.raises(CatalogError, match="sbatch printed '--all'"):
            jobs.start(spec("toy"))
        self.say(commands, "sbatch", "")
        (commands / "sbatch").chmod(0o644)
        with pytest.raises(CatalogError, match="cannot be run on this machine"):
            jobs.start(spec("toy"))

    def test_parts_that_nothing_merges_are_taken_back(self, jobs: Jobs, commands: Path) -> None:
        self.say(commands, "sbatch", 'case "$2" in parts.sh) echo 7;; *) echo no >&2; exit 1;; esac')
        with pytest.raises(CatalogError, match="rejected the job: no"):
            jobs.start(spec())
        assert self.calls(commands, "scancel") == ["7"]

    def test_a_cancel_that_slurm_does_not_take_is_kept(self, jobs: Jobs, commands: Path) -> None:
        self.say(commands, "squeue", "echo '7|PENDING|Priority'")
        self.say(commands, "scancel", "echo 'scancel: error: Kill job error on job id 7: Access denied' >&2; exit 1")
        job = jobs.start(spec("toy"))
        with pytest.raises(CatalogError) as refused:
            jobs.cancel(job.id)
        assert refused.value.code == "scheduler"
        assert "Access denied. The request was kept in the job's folder" in refused.value.detail
        assert JobFolder(jobs.folder / job.id).is_cancelled

    def test_what_waits_is_taken_out_and_what_works_gets_a_signal(self, jobs: Jobs, commands: Path) -> None:
        self.say(commands, "squeue", "echo '7|PENDING|Priority'")
        job = jobs.start(spec("toy"))
        jobs.cancel(job.id)
        assert self.calls(commands, "scancel") == ["--state=PENDING 7", "--state=RUNNING --signal=TERM --batch 7"]
        self.say(commands, "squeue", "echo '7|CANCELLED|None'")

    def test_secrets_are_refused_not_written_down(self, jobs: Jobs, commands: Path) -> None:
        with pytest.raises(CatalogError) as refused:
            jobs.start(spec("toy"), environment={"HF_TOKEN": "hf_x"})
        assert refused.value.code == "forbidden"
        assert self.calls(commands, "sbatch") == []
        assert list(jobs.folder.iterdir()) == []

    def test_resources_that_cannot_be_asked_for_are_refused(self, jobs: Jobs, commands: Path) -> None:
        with pytest.raises(CatalogError) as refused:
            jobs.start(spec("toy", resources={"qos": "a\n#SBATCH --wrap=x", "colour": "red"}))
        assert [fault.pointer for fault in refused.value.fields] == ["/resources/qos", "/resources/colour"]
        assert self.calls(commands, "sbatch") == []

    def test_who_works_is_not_asked_for(self, jobs: Jobs, commands: Path) -> None:
        job = jobs.start(spec("toy"))
        folder = JobFolder(jobs.folder / job.id)
        folder.claim()
        folder.begin()
        before = len(self.calls(commands, "squeue"))
        assert [jobs.read(job.id).state for _ in range(5)] == ["running"] * 5
        assert len(self.calls(commands, "squeue")) == before


def test_what_was_never_handed_over_is_gone(tmp_path: Path) -> None:
    folder = JobFolder.create(tmp_path / ("0" * 32), spec("toy"))
    executor = SlurmExecutor()
    assert executor.states([folder]) == {}
    old = folder.silent_seconds() + slurm_module.LONGEST_HANDOVER + 10
    os.utime(folder.path / "job.json", (0, max(0, (folder.path / "job.json").stat().st_mtime - old)))
    assert executor.states([folder]) == {folder.id: Seen("gone", "it was never submitted to Slurm")}


def test_the_command_of_the_job_is_this_python() -> None:
    assert slurm_module.JOB_COMMAND[0] == sys.executable
