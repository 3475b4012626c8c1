"""How often Slurm is asked, in virtual time."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence

import pytest

from huggingnersc_lab.jobs.executors.slurm_queries import (
    LONGEST_PAUSE,
    MOST_IDS,
    SECONDS_BETWEEN,
    SECONDS_REMEMBERED,
    NoAccountingError,
    SlurmQueries,
    SlurmSilentError,
    Tool,
)
from huggingnersc_lab.jobs.executors.slurm_states import UNKNOWN, Line

RUNNING = (Line("", "RUNNING"),)
DONE = (Line("", "COMPLETED"),)


class Slurm:
    """A Slurm that says what the test wants, and takes its time on a clock that the test moves."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.takes = 0.0
        self.in_queue: dict[str, Sequence[Line]] = {}
        self.in_accounts: dict[str, Sequence[Line]] | None = {}
        self.failure: str = ""
        self.asked: list[tuple[float, Tool, list[str]]] = []
        self.queries = SlurmQueries(self.ask, lambda: self.now)

    def ask(self, tool: Tool, ids: Sequence[str]) -> Mapping[str, Sequence[Line]]:
        self.asked.append((self.now, tool, list(ids)))
        self.now += self.takes
        if self.failure:
            raise SlurmSilentError(self.failure)
        if tool == "sacct" and self.in_accounts is None:
            raise NoAccountingError
        found = self.in_queue if tool == "squeue" else self.in_accounts or {}
        return {job_id: found[job_id] for job_id in ids if job_id in found}

    def watch(self, ids: Sequence[str], seconds: float, step: float = 0.25) -> None:
        """Look every ``step`` seconds, as the panel does."""
        end = self.now + seconds
        while self.now <= end:
            self.queries.want(ids)
            self.queries.refresh()
            self.now += step

    @property
    def times(self) -> list[float]:
        return [at - 1000.0 for at, _, _ in self.asked]

    @property
    def tools(self) -> list[Tool]:
        return [tool for _, tool, _ in self.asked]


@pytest.fixture
def slurm() -> Slurm:
    return Slurm()


def test_five_hundred_jobs_watched_for_a_minute(slurm: Slurm) -> None:
    ids = [str(number) for number in range(500)]
    slurm.in_queue = dict.fromkeys(ids, RUNNING)
    slurm.watch(ids, 60)
    assert len(slurm.asked) <= 7
    assert all(len(asked) <= MOST_IDS for _, _, asked in slurm.asked)
    assert {job_id for _, _, asked in slurm.asked[:3] for job_id in asked} == set(ids)  # none waits for a second turn
    assert all(slurm.queries.lines(job_id) == RUNNING for job_id in ids)


def test_many_that_are_known_to_nobody_are_asked_for_as_rarely(slurm: Slurm) -> None:
    ids = [str(number) for number in range(500)]
    slurm.watch(ids, 60)
    assert len(slurm.asked) <= 7
    assert all(len(asked) <= MOST_IDS for _, _, asked in slurm.asked)


def test_a_job_that_has_ended_is_not_asked_for_again(slurm: Slurm) -> None:
    slurm.in_queue = {"1": DONE, "2": RUNNING}
    slurm.watch(["1", "2"], 25)
    assert [asked for _, _, asked in slurm.asked] == [["1", "2"], ["2"], ["2"]]
    slurm.in_queue["2"] = DONE
    slurm.watch(["1", "2"], 120)
    assert len(slurm.asked) == 4
    assert not slurm.queries.is_due


def test_what_the_queue_has_forgotten_the_accounts_know(slurm: Slurm) -> None:
    slurm.in_accounts = {"1": DONE}
    slurm.watch(["1"], 25)
    assert slurm.tools == ["squeue", "sacct"]
    assert slurm.queries.lines("1") == DONE


def test_both_commands_share_one_budget_in_turns(slurm: Slurm) -> None:
    slurm.in_queue = {"2": RUNNING}
    slurm.watch(["1", "2"], 35)
    assert slurm.tools == ["squeue", "sacct", "squeue", "sacct"]
    assert all(later - sooner >= SECONDS_BETWEEN for sooner, later in zip(slurm.times, slurm.times[1:], strict=False))
    assert (slurm.queries.lines("1"), slurm.queries.lines("2")) == ((Line("", UNKNOWN),), RUNNING)


def test_without_accounts_it_is_unknown_after_two_looks(slurm: Slurm) -> None:
    slurm.in_accounts = None
    slurm.watch(["1"], 15)
    assert slurm.queries.lines("1") == ()
    slurm.watch(["1"], 60)
    assert slurm.tools == ["squeue", "sacct", "squeue"]
    assert slurm.queries.lines("1") == (Line("", UNKNOWN),)


def test_a_slurm_that_fails_is_asked_less_and_less(slurm: Slurm) -> None:
    slurm.in_queue, slurm.failure = {"1": RUNNING}, "Unable to contact slurm controller"
    slurm.watch(["1"], 1000)
    pauses = [later - sooner for sooner, later in zip(slurm.times, slurm.times[1:], strict=False)]
    assert pauses == [20, 40, 80, 160, LONGEST_PAUSE, LONGEST_PAUSE]
    assert (slurm.queries.trouble, slurm.queries.lines("1")) == ("Unable to contact slurm controller", ())
    slurm.failure = ""
    slurm.watch(["1"], 320)
    assert (slurm.queries.trouble, slurm.queries.lines("1")) == ("", RUNNING)
    assert slurm.times[-1] - slurm.times[-2] == SECONDS_BETWEEN


def test_what_was_known_stands_while_it_fails(slurm: Slurm) -> None:
    slurm.in_queue = {"1": RUNNING}
    slurm.watch(["1"], 1)
    slurm.failure = "timed out"
    slurm.watch(["1"], 60)
    assert slurm.queries.lines("1") == RUNNING


def test_a_slow_slurm_is_asked_less(slurm: Slurm) -> None:
    slurm.in_queue, slurm.takes = {"1": RUNNING}, 5.0
    slurm.watch(["1"], 200)
    assert slurm.times == [0, 55, 110, 165]


def test_a_task_that_is_not_listed_any_more_is_remembered(slurm: Slurm) -> None:
    slurm.in_queue = {"1": (Line("0", "TIMEOUT"), Line("1", "RUNNING"))}
    slurm.watch(["1"], 1)
    slurm.in_queue = {"1": (Line("1", "COMPLETED"),)}
    slurm.watch(["1"], 20)
    assert slurm.queries.lines("1") == (Line("1", "COMPLETED"), Line("0", "TIMEOUT"))


def test_what_nobody_wants_to_know_is_not_asked_for(slurm: Slurm) -> None:
    slurm.in_queue = {"1": RUNNING, "2": RUNNING}
    slurm.watch(["1", "2"], 1)
    slurm.watch(["2"], SECONDS_REMEMBERED + 30)
    assert slurm.asked[-1][2] == ["2"]
    assert slurm.queries.lines("1") == ()


def test_two_who_look_at_once_make_one_query(slurm: Slurm) -> None:
    inside, go = threading.Event(), threading.Event()

    def ask(tool: Tool, ids: Sequence[str]) -> Mapping[str, Sequence[Line]]:
        slurm.asked.append((slurm.now, tool, list(ids)))
        inside.set()
        assert go.wait(60)
        return {"1": RUNNING}

    queries = SlurmQueries(ask, lambda: slurm.now)
    queries.want(["1"])
    first = threading.Thread(target=queries.refresh)
    first.start()
    assert inside.wait(60)
    queries.refresh()
    go.set()
    first.join()
    assert len(slurm.asked) == 1
