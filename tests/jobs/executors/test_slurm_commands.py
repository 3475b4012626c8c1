"""Slurm's commands: within their time, and without secrets."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from huggingnersc_lab.jobs.executors import slurm_commands
from huggingnersc_lab.jobs.executors.slurm_commands import Answer, environment, is_installed, run


@pytest.mark.parametrize(
    "name",
    [
        *("HF_TOKEN", "HUGGING_FACE_HUB_TOKEN", "HUGGINGNERSC_TOKEN", "HUGGINGNERSC_FIGSHARE_TOKEN", "AWS_SECRET"),
        *(
            "HUGGINGNERSC_AT_KEY",
            "HUGGINGNERSC_PASSWORD",
            "HUGGINGNERSC_AT_PASS",
            "XDG_SECRET",
            "SSH_AUTH_SOCK",
            "SBATCH_EXPORT",
            "ANY",
        ),
    ],
)
def test_a_secret_stays_behind(name: str) -> None:
    assert environment({name: "x", "HOME": "/home/a"}) == {"HOME": "/home/a"}


@pytest.mark.parametrize(
    "name",
    [
        *("PATH", "PYTHONPATH", "LC_ALL", "XDG_DATA_HOME", "HF_HOME", "HF_TOKEN_PATH", "HF_HUB_DISABLE_XET"),
        *("HUGGINGNERSC_SITE", "HUGGINGNERSC_PRACTICE_DIR", "SLURM_CONF", "SSL_CERT_FILE"),
    ],
)
def test_what_a_job_needs_is_passed_on(name: str) -> None:
    assert environment({name: "x"}) == {name: "x"}


@pytest.mark.parametrize(
    ("address", "is_kept"),
    [("http://proxy:3128", True), ("http://me:secret@proxy:3128", False), ("me:x@proxy", False), ("http://[", True)],
)
def test_a_proxy_is_passed_on_without_a_password(address: str, is_kept: bool) -> None:
    assert environment({"https_proxy": address}) == ({"https_proxy": address} if is_kept else {})


def test_an_address_with_a_password_stays_behind() -> None:
    assert environment({"HF_ENDPOINT": "https://me:secret@hub.example", "HF_HOME": "/home/me@example/hf"}) == {
        "HF_HOME": "/home/me@example/hf"
    }


def test_a_command_is_run_where_it_should_be_in_that_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_x")
    program = "import os; print(os.getcwd(), 'HF_TOKEN' in os.environ)"
    assert run([sys.executable, "-c", program], seconds=60, folder=tmp_path) == Answer(True, f"{tmp_path} False\n")


def test_what_it_complains_of_is_one_short_line() -> None:
    program = "import sys; sys.stderr.buffer.write(b'sbatch: error: No\\nsbatch: fatal: \\x1b[31mso\\xff'); sys.exit(3)"
    assert run([sys.executable, "-c", program], seconds=60) == Answer(False, "", "No; [31mso\N{REPLACEMENT CHARACTER}")
    program = "import sys; sys.exit('x' * 10_000)"
    assert len(run([sys.executable, "-c", program], seconds=60).words) == slurm_commands.MOST_WORDS


def test_one_that_does_not_answer_is_killed_and_one_that_is_not_there_is_told() -> None:
    slow = run([sys.executable, "-c", "import time; time.sleep(600)"], seconds=0.2)
    assert slow == Answer(False, "", f"'{sys.executable}' did not respond within 0.2 seconds")
    assert run(["/no/squeue"], seconds=1).words.startswith("'/no/squeue' cannot be run on this machine: No such file")


def test_whether_there_are_any(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not is_installed()
    (tmp_path / "sbatch").touch(mode=0o755)
    assert is_installed()
