"""How long the Hub may take for all that one verb asks of it, whatever it does.

A time limit of a request ends one that is silent. It does not end one that sends a byte now and then, nor a lookup of
the Hub's name that hangs, nor the sum of many requests. So each call is carried out by a thread of its own, and whoever
waits for it goes on when the time is over. What that thread does is worth nothing then: it sends nothing more.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, wait
from contextlib import contextmanager
from contextvars import ContextVar, copy_context
from dataclasses import dataclass
from functools import wraps
from threading import Thread
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

GRACE_SECONDS = 0.25
"""So much later than the call itself whoever waits for it gives up: the call knows better why it failed."""


class OutOfTimeError(Exception):
    """The Hub has had its time. What was sent last may be done all the same."""


class Deadline:
    """A moment after which nothing more is sent; it may come earlier, when nobody waits any more.

    Args:
        seconds: from now.
    """

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds until then; not negative."""
        return max(0.0, self._end - time.monotonic())

    def require(self) -> None:
        """Raise :class:`OutOfTimeError` after that moment."""
        if not self.left():
            raise OutOfTimeError

    def give_up(self) -> None:
        """Let it be now."""
        self._end = 0.0


@dataclass
class Budget:
    """Time that some calls share.

    Attributes:
        seconds: all of it; None for what the policy of the Hub says that is asked.
        spent: what of it was spent.
    """

    seconds: float | None = None
    spent: float = 0.0


_shared: ContextVar[Budget | None] = ContextVar("huggingnersc_hub_budget", default=None)


@contextmanager
def budget(seconds: float | None = None) -> Iterator[None]:
    """Within, this thread's calls share their time.

    Args:
        seconds: time of their own, whatever was spent before; when None, those of an outer budget, if there is one,
            else what the Hub's policy says.
    """
    if seconds is None and _shared.get() is not None:
        yield
        return
    token = _shared.set(Budget(seconds))
    try:
        yield
    finally:
        _shared.reset(token)


def one_budget(verb: Callable[P, T]) -> Callable[P, T]:
    """A function whose calls of the Hub share their time; see :func:`budget`."""

    @wraps(verb)
    def bounded(*args: P.args, **kwargs: P.kwargs) -> T:
        with budget():
            return verb(*args, **kwargs)

    return bounded


def call(work: Callable[[Deadline], T], seconds: float) -> T:
    """What ``work`` returns or raises.

    Args:
        work: asks the Hub, and looks at the deadline that it is given.
        seconds: time that a call has at most; less of it where the budget has less.

    Raises:
        OutOfTimeError: the time is over.
    """
    shared = _shared.get() or Budget()
    allowed = seconds if shared.seconds is None else min(seconds, shared.seconds)
    deadline = Deadline(allowed - shared.spent)
    deadline.require()
    start = time.monotonic()
    answer: Future[T] = Future()
    context = copy_context()
    Thread(
        target=lambda: _settle(answer, lambda: context.run(work, deadline)), name="huggingnersc-hub-call", daemon=True
    ).start()
    try:
        wait([answer], timeout=deadline.left() + GRACE_SECONDS)
        if not answer.done():
            raise OutOfTimeError
        return answer.result()
    finally:
        deadline.give_up()
        shared.spent += time.monotonic() - start


def _settle(answer: Future[T], work: Callable[[], T]) -> None:
    try:
        answer.set_result(work())
    except BaseException as err:  # noqa: BLE001 - whoever waits for it is told
        answer.set_exception(err)
