"""Time that calls have, share and use up; what the verbs make of it is in ``tests/catalog/scenarios/test_time.py``."""

from __future__ import annotations

import threading
import time
from contextvars import ContextVar

import pytest

from huggingnersc_lab.hub import deadline as module
from huggingnersc_lab.hub.deadline import Deadline, OutOfTimeError, budget, call, one_budget


class Clock:
    """Takes the place of ``time``; stands still unless it is moved on."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(module, "time", made)
    return made


def test_a_deadline(clock: Clock) -> None:
    made = Deadline(5)
    assert made.left() == 5
    clock.now += 5
    assert made.left() == 0
    clock.now += 5
    assert made.left() == 0
    with pytest.raises(OutOfTimeError):
        made.require()


def test_a_deadline_that_is_given_up(clock: Clock) -> None:
    made = Deadline(5)
    made.require()
    made.give_up()
    assert made.left() == 0


def left(clock: Clock, spends: float = 0, seconds: float = 10) -> float:
    """Seconds that a call is given, which takes so long."""

    def work(deadline: Deadline) -> float:
        found = deadline.left()
        clock.now += spends
        return found

    return call(work, seconds)


def test_calls_share_a_budget(clock: Clock) -> None:
    with budget():
        assert left(clock, 4) == 10
        assert left(clock, 4) == 6
        assert left(clock, 4, 20) == 12
        with pytest.raises(OutOfTimeError):
            left(clock)
    assert left(clock) == 10


def test_without_a_budget_each_has_its_own(clock: Clock) -> None:
    assert (left(clock, 9), left(clock, 9)) == (10, 10)


def test_an_inner_budget_is_the_outer_one_unless_it_has_its_own_time(clock: Clock) -> None:
    with budget():
        left(clock, 9)
        with budget():
            assert left(clock) == 1
        with budget(3):
            assert left(clock, 2) == 3
            assert left(clock) == 1
        assert left(clock) == 1


def test_a_budget_of_its_own_gives_no_call_more_than_it_has(clock: Clock) -> None:
    with budget(30):
        assert left(clock) == 10


def test_a_function_with_one_budget(clock: Clock) -> None:
    @one_budget
    def verb(times: int) -> list[float]:
        """Call."""
        return [left(clock, 4) for _ in range(times)]

    assert verb(times=2) == [10, 6]
    assert verb(1) == [10]
    assert (verb.__name__, verb.__doc__) == ("verb", "Call.")


def test_what_a_call_raises_is_raised(clock: Clock) -> None:
    def fail(_: Deadline) -> None:
        clock.now += 4
        raise KeyError("gone")

    with budget():
        with pytest.raises(KeyError, match="gone"):
            call(fail, 10)
        assert left(clock) == 6


def test_a_call_is_in_another_thread_with_the_same_context() -> None:
    variable: ContextVar[int] = ContextVar("variable")
    variable.set(7)
    seen = call(lambda _: (variable.get(), threading.current_thread()), 60)
    assert seen[0] == 7
    assert seen[1] is not threading.current_thread()
    assert seen[1].daemon


def test_a_call_that_hangs_is_not_waited_for_and_may_send_nothing_more() -> None:
    go_on, ended = threading.Event(), threading.Event()
    found: list[Deadline] = []

    def hang(deadline: Deadline) -> None:
        found.append(deadline)
        go_on.wait(60)
        ended.set()

    start = time.monotonic()
    with pytest.raises(OutOfTimeError):
        call(hang, 0.1)
    assert 0.1 <= time.monotonic() - start < 30
    assert found[0].left() == 0
    go_on.set()
    assert ended.wait(30)


def test_a_call_that_knows_why_it_is_late_says_so() -> None:
    def late(deadline: Deadline) -> None:
        time.sleep(deadline.left() + 0.01)
        raise TimeoutError("the Hub did not answer")

    with pytest.raises(TimeoutError, match="did not answer"):
        call(late, 0.05)
