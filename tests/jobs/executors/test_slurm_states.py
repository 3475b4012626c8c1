"""Slurm's words as our states, and in sentences."""

from __future__ import annotations

import pytest

from huggingnersc_lab.hints import Hint
from huggingnersc_lab.jobs import Seen
from huggingnersc_lab.jobs.executors.slurm_states import UNKNOWN, Line, are_final, read_lines, seen_of


@pytest.mark.parametrize(
    ("line", "state", "words"),
    [
        (Line("", "PENDING", "JobHeldUser"), "held", "It is held (JobHeldUser); 'scontrol release 12' releases it."),
        (Line("", "PENDING", "JobHeldAdmin"), "held", "(JobHeldAdmin): ask the centre's support"),
        (Line("", "PENDING", "launch failed requeued held"), "held", "ask the centre's support"),
        (Line("", "REQUEUE_HOLD"), "held", "'scontrol release 12'"),
        (
            Line("", "PENDING", "InvalidQOS"),
            "held",
            "It cannot start with the requested resources (InvalidQOS): cancel it",
        ),
        (Line("", "PENDING", "QOSMaxWallDurationPerJobLimit"), "held", "with other resources"),
        (Line("", "PENDING", "AssocGrpBillingMinutes"), "held", "cancel it"),
        (Line("", "PENDING", "Priority"), "queued", "It waits for jobs of higher priority (Priority)."),
        (Line("", "PENDING", "ReqNodeNotAvail, UnavailableNodes:nid1"), "queued", "nodes that are down or reserved"),
        (Line("", "PENDING", "QOSMaxJobsPerUserLimit"), "queued", "It waits for its turn (QOSMaxJobsPerUserLimit)."),
        (Line("", "PENDING"), "queued", ""),
        (Line("", "REQUEUED", "None"), "queued", ""),
    ],
)
def test_what_it_waits_for(line: Line, state: str, words: str) -> None:
    seen = seen_of("12", [line])
    assert seen.state == state
    assert words in seen.reason
    assert bool(words) == bool(seen.reason)


@pytest.mark.parametrize("word", ["RUNNING", "COMPLETING", "CONFIGURING", "SUSPENDED", "STAGE_OUT", "RESIZING"])
def test_what_works(word: str) -> None:
    assert seen_of("12", [Line("", word)]) == Seen("running")
    assert not are_final([Line("", word)])


@pytest.mark.parametrize(
    ("word", "key"),
    [
        *(("TIMEOUT", "more_time"), ("DEADLINE", "more_time"), ("OUT_OF_MEMORY", "more_memory")),
        *(("NODE_FAIL", "begin_again"), ("BOOT_FAIL", "begin_again"), ("PREEMPTED", "begin_again")),
        *(("CANCELLED", "begin_again"), ("REVOKED", "begin_again"), ("FAILED", "read_log"), ("COMPLETED", "read_log")),
        *((UNKNOWN, "begin_again"), ("OF_A_LATER_SLURM", "begin_again")),
    ],
)
def test_how_it_ended(word: str, key: str) -> None:
    seen = seen_of("12", [Line("", word, "why")], log="/jobs/1/log")
    assert (seen.state, seen.was_cancelled) == ("gone", word == "CANCELLED")
    assert seen.error is not None
    assert seen.error.code == "scheduler"
    assert seen.error.hints == (Hint(key),)  # type: ignore[arg-type]
    assert seen.error.detail.startswith("The Slurm job 12 ")
    assert (f"{word}: why" in seen.error.detail) is (word != UNKNOWN)
    assert ("/jobs/1/log" in seen.error.detail) is (key == "read_log")


def test_nothing_is_known_yet() -> None:
    assert seen_of("12", []) == Seen("queued")


class TestAnArray:
    MERGE = Line("", "PENDING", "Dependency")

    def test_works_as_soon_as_a_part_does(self) -> None:
        parts = [Line("0", "RUNNING"), Line("[1-3]", "PENDING", "Resources")]
        assert seen_of("13", [self.MERGE], parts) == Seen("running")

    def test_waits_for_what_its_parts_wait_for(self) -> None:
        parts = [Line("[0-3]", "PENDING", "JobHeldUser")]
        assert seen_of("13", [self.MERGE], parts).state == "held"
        assert "free nodes" in seen_of("13", [self.MERGE], [Line("[0-3]", "PENDING", "Resources")]).reason

    def test_goes_on_while_what_merges_may_begin(self) -> None:
        assert seen_of("13", [self.MERGE], [Line("0", "TIMEOUT"), Line("1", "COMPLETED")]).state != "gone"

    def test_ends_by_its_first_part_that_failed(self) -> None:
        whole = [Line("", "CANCELLED", "DependencyNeverSatisfied")]
        parts = [Line("0", "COMPLETED"), Line("2", "TIMEOUT", "TimeLimit")]
        seen = seen_of("13", whole, parts)
        assert seen.error is not None
        assert (seen.state, seen.was_cancelled) == ("gone", False)
        assert seen.error.detail == (
            "The Slurm job 13, part 3, reached its time limit and was stopped by Slurm (TIMEOUT: TimeLimit)."
        )

    def test_that_was_never_merged_was_not_cancelled_by_a_person(self) -> None:
        seen = seen_of("13", [Line("", "CANCELLED", "DependencyNeverSatisfied")], [Line("0", UNKNOWN)])
        assert seen.error is not None
        assert (seen.was_cancelled, "a part did not succeed" in seen.error.detail) == (False, True)


def test_lines_are_read_by_job_and_what_is_none_is_passed_over() -> None:
    text = (
        "12|PENDING|Priority\n"
        "13_[0-3%2]|PENDING|Resources\n"
        "13_4|CANCELLED by 1000|0:0\n"
        "14|COMPLETED|0:0\n"
        "15|NODE_FAIL+|None\n"
        "16|FAILED|9:0|more\n"
        "slurm_load_jobs error: no\n"
        "|RUNNING|\n"
        "17|\n"
        "\n"
    )
    assert read_lines(text) == {
        "12": [Line("", "PENDING", "Priority")],
        "13": [Line("[0-3%2]", "PENDING", "Resources"), Line("4", "CANCELLED", "by 1000")],
        "14": [Line("", "COMPLETED")],
        "15": [Line("", "NODE_FAIL")],
        "16": [Line("", "FAILED", "9:0|more")],
    }
