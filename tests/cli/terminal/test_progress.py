from __future__ import annotations

from typing import Any

import pytest

from huggingnersc_lab.cli.terminal.progress import byte_count, duration, progress_line
from huggingnersc_lab.jobs import Job, JobStep, Progress

AT = "2026-01-01T00:00:00.000Z"


def job(state: Any = "running", **members: Any) -> Job:
    return Job("f" * 32, "publish", "iris", state, members.pop("steps", ()), False, AT, AT, **members)


@pytest.mark.parametrize(
    ("given", "line"),
    [
        (job("queued"), "Waiting to start"),
        (job("held", reason="JobHeldUser"), "Held: JobHeldUser"),
        (job("held"), "Held: the executor is holding it"),
        (job(), "At work"),
        (job(steps=(JobStep("stage", "begin", "Preparing", AT),)), "Preparing"),
        (job(progress=Progress()), "At work"),
        (job(progress=Progress(text="Reading")), "Reading"),
        (job(progress=Progress(0.0, "Reading")), "[....................]   0 %  Reading"),
        (job(progress=Progress(0.499, "Reading")), "[#########...........]  49 %  Reading"),
        (job(progress=Progress(1.0)), "[####################] 100 %"),
        (
            job(progress=Progress(0.25, "Reading", 10**9, 4 * 10**9, 10**8)),
            "[#####...............]  25 %  Reading, 1.0 GB of 4.0 GB at 100.0 MB/s, 30 s left",
        ),
        (job(progress=Progress(None, "", 1500, None, 10.0)), "1.5 kB at 10 B/s"),
    ],
)
def test_a_job_in_a_line(given: Job, line: str) -> None:
    assert progress_line(given) == line


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (1_234_567, "1.2 MB"), (10**18, "1000.0 PB")],
)
def test_bytes_in_words(count: int, words: str) -> None:
    assert byte_count(count) == words


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.1, "1 s"), (59, "59 s"), (90, "2 min"), (3599, "60 min"), (7320, "2 h 2 min")]
)
def test_time_in_words(seconds: float, words: str) -> None:
    assert duration(seconds) == words
