"""Waiting for a job of Slurm, and what it wrote."""

from __future__ import annotations

from pathlib import Path

import pytest

from huggingnersc_lab.render.cells import follow
from tests.render.cells.programs import program


class Clock:
    """Takes the place of ``time`` in the module alone, since ``subprocess`` sleeps, too."""

    def __init__(self) -> None:
        self.pauses: list[float] = []

    def monotonic(self) -> float:
        return sum(self.pauses)

    def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of programs that take the place of Slurm's."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    monkeypatch.setattr(follow, "time", Clock())
    program(folder, "squeue", "echo 'slurm_load_jobs error: Invalid job id specified' >&2; exit 1")
    return folder


def test_when_the_queue_has_forgotten_the_job_the_accounts_are_asked(
    programs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    program(programs, "sacct", "echo 'CANCELLED by 1000'")
    assert follow.follow_job("7") == "CANCELLED"
    assert "Job 7: CANCELLED" in capsys.readouterr().out


def test_a_job_that_nobody_knows_any_more_has_ended(programs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    program(programs, "sacct", "echo 'Slurm accounting storage is disabled' >&2; exit 1")
    assert follow.follow_job("7") == ""
    assert "Slurm no longer lists job 7: it has ended, and this cluster does not record how." in capsys.readouterr().out


def test_why_a_job_waits_is_told(programs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    program(
        programs,
        "squeue",
        f"if mkdir {programs}/seen 2>/dev/null; then echo 'PENDING|Priority'; else echo 'TIMEOUT|x'; fi",
    )
    assert follow.follow_job("7") == "TIMEOUT"
    assert "PENDING (Priority)" in capsys.readouterr().out


def test_only_the_end_of_a_long_output_is_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "out"
    path.write_text("".join(f"line {number}\n" for number in range(100_000)))
    follow.show_output(str(path))
    shown = capsys.readouterr().out.splitlines()
    assert (shown[0], shown[1], shown[-1], len(shown)) == (f"The end of {path}:", "line 99900", "line 99999", 101)
    path.write_text("")
    follow.show_output(str(path))
    assert capsys.readouterr().out == f"{path}:\n(nothing was written)\n"
    follow.show_output(str(tmp_path / "none"))
    assert "cannot be read (No such file or directory)" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("line", "state"),
    [("RUNNING|None", ("RUNNING", "None")), ("PENDING|Priority", ("PENDING", "Priority")), ("FAILED", ("FAILED", ""))],
)
def test_the_state_in_slurms_own_word(line: str, state: tuple[str, str], programs: Path) -> None:
    program(programs, "squeue", f"echo \"$@\" > {programs}/asked; echo '{line}'; echo 'PENDING|of another'")
    assert follow.job_state("7") == state
    assert (programs / "asked").read_text() == "--noheader --states=all --jobs=7 --format=%T|%r\n"


def test_slurms_programs_are_not_there(programs: Path) -> None:
    assert follow.ask_slurm("sacct") is None
    program(programs, "sacct", "exit 0")
    assert follow.ask_slurm("sacct") == ""
    assert follow.job_state("7") == ("", "")


def test_a_short_silence_of_slurm_is_waited_for(programs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is given up after the third time in a row only."""
    script = (
        f"echo >> {programs}/times; n=$(wc -l < {programs}/times)\n"
        "case $n in 1|2|4|5) exit 1;; 3) echo 'RUNNING|None';; *) echo 'COMPLETED|None';; esac"
    )
    program(programs, "squeue", script)
    assert follow.follow_job("7") == "COMPLETED"
    assert "no answer from Slurm" in capsys.readouterr().out


def test_a_stopped_wait_says_that_the_job_goes_on(
    programs: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    program(programs, "squeue", "echo 'RUNNING|None'")

    def interrupt(_: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(follow.time, "sleep", interrupt)
    assert follow.follow_job("7") == ""
    assert "The job continues: run this cell again to watch it, or 'scancel 7' to end it." in capsys.readouterr().out


def test_pauses_grow_to_half_a_minute(
    programs: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    program(programs, "squeue", f"test -e {programs}/end && echo 'COMPLETED|None' || echo 'RUNNING|None'")
    clock = Clock()
    monkeypatch.setattr(follow, "time", clock)
    pauses = clock.pauses

    def sleep(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 16:
            (programs / "end").touch()

    monkeypatch.setattr(clock, "sleep", sleep)
    assert follow.follow_job("7") == "COMPLETED"
    assert pauses[0] == 1
    assert pauses == sorted(pauses)
    assert pauses[-1] == 30
    minutes, seconds = divmod(int(sum(pauses)), 60)
    assert f"COMPLETED, {minutes} min {seconds} s" in capsys.readouterr().out


def test_a_long_last_line_is_cut_at_64_kib(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "out"
    path.write_bytes(b"a" * 10 + b"b" * 65535 + b"\xff")
    follow.show_output(str(path))
    assert capsys.readouterr().out == f"The end of {path}:\n{'b' * 65535}\ufffd\n"
    path.write_text("1\n2\n3\n")
    follow.show_output(str(path), lines=2)
    assert capsys.readouterr().out == f"The end of {path}:\n2\n3\n"
    follow.show_output(str(path), lines=3)
    assert capsys.readouterr().out == f"{path}:\n1\n2\n3\n"
