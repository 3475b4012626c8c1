"""Limits the total time for the Hub requests of one operation.

A request timeout ends a silent connection. It does not end one that sends a byte now and then, nor a hanging DNS
lookup, nor limits the sum of many requests. So each call runs in its own thread, and the caller continues when the time
is over. The result of that thread is then ignored, and it sends nothing more.
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
"""Extra time for the caller compared with the call itself, which gives better error messages."""


class OutOfTimeError(Exception):
    """The time for the Hub is over. The last request may still be carried out."""


class Deadline:
    """A time after which nothing more is sent; earlier if the caller stops waiting.

    Args:
        seconds: from now.
    """

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds left; not negative."""
        return max(0.0, self._end - time.monotonic())

    def require(self) -> None:
        """Raise :class:`OutOfTimeError` after the deadline."""
        if not self.left():
            raise OutOfTimeError

    def give_up(self) -> None:
        """Expire now."""
        self._end = 0.0


@dataclass
class Budget:
    """Time shared by several calls.

    Attributes:
        seconds: the total; None for the Hub policy's value.
        spent: the time already spent.
    """

    seconds: float | None = None
    spent: float = 0.0


_shared: ContextVar[Budget | None] = ContextVar("huggingnersc_hub_budget", default=None)


@contextmanager
def budget(seconds: float | None = None) -> Iterator[None]:
    """Within, this thread's calls share their time.

    Args:
        seconds: a separate amount of time; if None, that of an outer budget, if there is one, otherwise the Hub
        policy's value.
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
    """A function whose Hub calls share their time; see :func:`budget`."""

    @wraps(verb)
    def bounded(*args: P.args, **kwargs: P.kwargs) -> T:
        with budget():
            return verb(*args, **kwargs)

    return bounded


def call(work: Callable[[Deadline], T], seconds: float) -> T:
    """Run ``work`` with a time limit.

    Args:
        work: calls the Hub, and checks the deadline passed to it.
        seconds: maximum time of a call; less if the budget has less.

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
