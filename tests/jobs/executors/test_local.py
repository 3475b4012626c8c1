"""Jobs in real processes of this machine: how they are started, seen and stopped."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.jobs import Job, Jobs, JobSpec, LocalExecutor, Seen
from huggingnersc_lab.jobs import jobs as jobs_module
from huggingnersc_lab.jobs.executors.base import JOB_COMMAND
from huggingnersc_lab.jobs.folder import JobFolder

# Real processes, each of which takes its time on a busy machine.
pytestmark = pytest.mark.timeout(900)

Spec = Callable[..., JobSpec]
Settle = Callable[[Job], Job]
WaitFor = Callable[[Callable[[], object]], None]


def test_a_job_is_a_folder_and_one_command() -> None:
    assert (sys.executable, "-m", "huggingnersc_lab", "job", "run") == JOB_COMMAND


def test_no_file_of_a_job_holds_a_secret_and_all_are_private(
    jobs: Jobs, toy_spec: Spec, settle: Settle, folder: Path
) -> None:
    job = settle(jobs.start(toy_spec(), environment={"HF_TOKEN": "hf_secret"}))
    assert job.state == "succeeded"
    files = [file for file in (folder / job.id).iterdir() if file.name != "whole"]
    assert {file.name for file in files} == {
        *("job.json", "process.json", "events.jsonl", "progress.json", "state.json", "log")
    }
    for file in files:
        assert b"hf_secret" not in file.read_bytes(), file
        assert file.stat().st_mode & 0o777 == 0o600, file
    assert (folder / job.id).stat().st_mode & 0o777 == 0o700
    assert folder.stat().st_mode & 0o777 == 0o700


def test_the_process_gets_the_variables_and_nothing_from_its_own_folder(tmp_path: Path, wait_for: WaitFor) -> None:
    folder = JobFolder.create(tmp_path / ("0" * 32), JobSpec("play", "iris"))
    told = tmp_path / "told"
    program = f"import os, pathlib; pathlib.Path({str(told)!r}).write_text(os.getcwd() + os.environ['EXTRA'])"
    executor = LocalExecutor((sys.executable, "-c", program))
    executor.submit(folder, {"EXTRA": "!"})
    wait_for(lambda: executor.states([folder])[folder.id] == Seen("gone"))
    assert told.read_text() == f"{folder.path}!"


def test_what_cannot_be_started_is_told(tmp_path: Path) -> None:
    folder = JobFolder.create(tmp_path / ("0" * 32), JobSpec("play", "iris"))
    with pytest.raises(CatalogError, match="start the job"):
        LocalExecutor((str(tmp_path / "no-such-program"),)).submit(folder, {})


def test_a_process_that_ends_before_it_begins_has_failed(
    jobs: Jobs, toy_spec: Spec, settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "sitecustomize.py").write_text("import os; os._exit(3)")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "broken"))
    job = settle(jobs.start(toy_spec()))
    assert job.error is not None
    assert (job.state, job.error["code"], job.kept) == ("failed", "unexpected", False)


def test_a_process_is_seen_by_those_who_did_not_start_it(
    jobs: Jobs, toy_spec: Spec, settle: Settle, wait_for: WaitFor, folder: Path
) -> None:
    begun = jobs.start(toy_spec(waits=True))
    stranger = LocalExecutor()
    job = JobFolder(folder / begun.id)
    assert stranger.states([job]) == {begun.id: Seen("running")}  # it is young, so it may be about to begin
    wait_for(lambda: job.process() is not None)
    assert stranger.states([job]) == {begun.id: Seen("running")}
    stranger.cancel(job, force=True)
    wait_for(lambda: stranger.states([job]) == {begun.id: Seen("gone")})
    assert settle(begun).state == "failed"


def test_a_process_that_never_began_is_gone_after_a_while(tmp_path: Path) -> None:
    job = JobFolder.create(tmp_path / ("0" * 32), JobSpec("play", "iris"))
    assert LocalExecutor().states([job]) == {job.id: Seen("running")}
    os.utime(job.path / "job.json", (0, 0))
    assert LocalExecutor().states([job]) == {job.id: Seen("gone")}
    LocalExecutor().cancel(job, force=True)  # there is nobody to tell


def test_a_job_outlives_the_server_that_began_it(
    make_jobs: Callable[[], Jobs], toy_spec: Spec, wait_for: WaitFor, folder: Path
) -> None:
    program = (
        "import json, os, signal, sys; from pathlib import Path\n"
        "from huggingnersc_lab.jobs import Jobs, JobSpec, LocalExecutor\n"
        "from huggingnersc_lab.workspace import tasks\n"
        "tasks.__path__.append(sys.argv[3])\n"
        "executors = {'local': LocalExecutor(sys.argv[4:])}\n"
        "jobs = Jobs(Path(sys.argv[1]), tasks.kinds(), lambda name: False, executors)\n"
        "print(jobs.start(JobSpec.from_dict(json.loads(sys.argv[2]))).id, flush=True)\n"
        "os.killpg(0, signal.SIGKILL)"
    )
    examples = Path(__file__).parents[2] / "examples"
    spec = json.dumps(toy_spec(waits=True).to_dict())
    command = [sys.executable, str(examples / "job_program.py")]
    server = subprocess.run(
        [sys.executable, "-c", program, str(folder), spec, str(examples / "kinds"), *command],
        check=False,
        capture_output=True,
        text=True,
        start_new_session=True,
        timeout=60,
    )
    assert server.returncode == -signal.SIGKILL, server.stderr
    jobs = make_jobs()
    (begun,) = jobs.list()
    assert (begun.id, begun.has_ended) == (server.stdout.strip(), False)
    wait_for(lambda: jobs.read(begun.id).state == "running")
    (folder / begun.id / "go").touch()
    wait_for(lambda: make_jobs().read(begun.id).has_ended)
    assert [job.state for job in (jobs.read(begun.id), *make_jobs().list())] == ["succeeded", "succeeded"]


def test_a_job_that_does_not_stop_is_stopped_by_force(
    jobs: Jobs, toy_spec: Spec, settle: Settle, wait_for: WaitFor, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = jobs.start(toy_spec(waits=True))
    wait_for((folder / begun.id / "part").exists)
    process = JobFolder(folder / begun.id).process()
    assert process is not None
    os.kill(process.pid, signal.SIGSTOP)
    assert not jobs.cancel(begun.id).has_ended  # too early for force
    monkeypatch.setattr(jobs_module, "GRACE_SECONDS", -1)
    jobs.cancel(begun.id)
    job = settle(begun)
    assert job.error is not None
    assert (job.state, job.kept, "was killed" in job.error["detail"]) == ("cancelled", True, True)


def test_a_job_that_is_cancelled_at_once_begins_nothing(
    jobs: Jobs, toy_spec: Spec, settle: Settle, folder: Path
) -> None:
    begun = jobs.start(toy_spec(waits=True))
    jobs.cancel(begun.id)
    job = settle(begun)
    assert (job.state, job.error, job.steps) == ("cancelled", None, ())
    assert not (folder / begun.id / "part").exists()


def test_many_at_once(jobs: Jobs, toy_spec: Any, settle: Settle) -> None:
    begun = [jobs.start(toy_spec(size=size)) for size in (1, 2, 3)]
    assert [settle(job).result for job in begun] == [{"bytes": 1}, {"bytes": 2}, {"bytes": 3}]
    assert {job.id for job in jobs.list()} == {job.id for job in begun}
