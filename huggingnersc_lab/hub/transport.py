"""Time limits, rate limits and repeats for what huggingface_hub sends.

huggingface_hub keeps one HTTP client for the whole process, without a time limit, and other extensions of the same
server use it too. So nothing of it is replaced: two event hooks are added to it which act only on requests made
within :func:`limits`, told apart by a context variable.
"""

from __future__ import annotations

import random
import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from http import HTTPStatus
from types import ModuleType
from typing import Any, TypeVar

T = TypeVar("T")

CONNECT_SECONDS = 10.0
MAX_RETRY_AFTER_SECONDS = 60.0
"""A Hub that asks to wait longer than this is not waited for."""

_REPEATED_BY_LIBRARY = "/preupload/"
_RETRIED_STATUS = frozenset({408, 425, 429, 500, 502, 503, 504})


@dataclass(frozen=True)
class Policy:
    """How long to wait and how often to try.

    Attributes:
        timeout: seconds without an answer after which a request is given up.
        tries: how often something that is safe to repeat is sent.
        base: seconds of the first pause; each further one is twice as long, and a random part of it is waited.
        longest: seconds of the longest pause.
    """

    timeout: float = 30.0
    tries: int = 4
    base: float = 0.5
    longest: float = 8.0

    def pause(self, attempt: int) -> float:
        """Seconds to wait after the failed attempt of that number (from 0), with full jitter."""
        return random.uniform(0, min(self.longest, self.base * 2**attempt))  # noqa: S311


@dataclass
class RateLimit:
    """What the Hub last said of its limits; seconds until the window starts anew, requests left in it."""

    remaining: int | None = None
    reset_seconds: float | None = None

    def read(self, headers: Any) -> None:
        """Take over ``RateLimit: "api";r=0;t=12`` (IETF draft-ietf-httpapi-ratelimit-headers)."""
        text = headers.get("ratelimit") or ""
        if match := re.search(r"\br=(\d+)", text):
            self.remaining = int(match[1])
        if match := re.search(r"\bt=(\d+)", text):
            self.reset_seconds = float(match[1])


_current: ContextVar[tuple[Policy, RateLimit] | None] = ContextVar("huggingnersc_hub_limits", default=None)


def http() -> ModuleType:
    """The HTTP library that huggingface_hub uses: httpx with its major version 1, httpx2 with 2."""
    from huggingface_hub import get_session

    return sys.modules[type(get_session()).__module__.partition(".")[0]]


@contextmanager
def limits(policy: Policy, rate: RateLimit) -> Iterator[None]:
    """Within, this thread's requests to the Hub have a time limit and their rate-limit headers are read."""
    from huggingface_hub import get_session

    session = get_session()
    hooks = session.event_hooks
    if _before not in hooks["request"]:
        session.event_hooks = {
            "request": [*hooks["request"], _before],
            "response": [*hooks["response"], _after],
        }
    token = _current.set((policy, rate))
    try:
        yield
    finally:
        _current.reset(token)


def _before(request: Any) -> None:
    if current := _current.get():
        timeout = current[0].timeout
        request.extensions["timeout"] = {
            "connect": min(CONNECT_SECONDS, timeout),
            "read": timeout,
            "write": timeout,
            "pool": timeout,
        }


def _after(response: Any) -> None:
    if current := _current.get():
        current[1].read(response.headers)


def repeat(
    send: Callable[[], T],
    policy: Policy,
    *,
    before_repeat: Callable[[], T | None] | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> T:
    """Send again what failed for a passing reason: no connection, no answer in time, 408, 425, 429 or 5xx.

    Args:
        send: sends once.
        policy: how often and with what pauses; a ``Retry-After`` or ``RateLimit`` header is waited for instead.
        before_repeat: asked before each repeat whether the lost answer was a success after all; what it returns, if
            anything, is the result. Needed where sending twice would do the thing twice.
        sleep: waits so many seconds.
    """
    for attempt in range(policy.tries):
        try:
            return send()
        except Exception as err:
            if attempt + 1 == policy.tries or not is_passing(err):
                raise
            wait = asked_wait(err)
            if wait is not None and wait > MAX_RETRY_AFTER_SECONDS:
                raise
            sleep(policy.pause(attempt) if wait is None else wait)
        if before_repeat is not None and (found := before_repeat()) is not None:
            return found
    raise AssertionError("unreachable: the last attempt returns or raises")


def is_passing(err: Exception) -> bool:
    """Whether the same request may well succeed in a moment, and has not been repeated by huggingface_hub already."""
    if _REPEATED_BY_LIBRARY in _url_of(err):
        return False
    if isinstance(err, http().TransportError):
        return not isinstance(err, http().UnsupportedProtocol)
    return status_of(err) in _RETRIED_STATUS


def _url_of(err: Exception) -> str:
    response = getattr(err, "response", None)
    try:
        return str(err.request.url if response is None else response.url)  # type: ignore[attr-defined]
    except (AttributeError, RuntimeError):  # an error that was never tied to a request
        return ""


def status_of(err: Exception) -> int | None:
    """HTTP status of an error of huggingface_hub; None when there was no answer."""
    status = getattr(getattr(err, "response", None), "status_code", None)
    return status if isinstance(status, int) else None


def was_lost(err: Exception) -> bool:
    """Whether the Hub may have done what was asked although there was no answer."""
    if isinstance(err, http().TransportError):
        return not isinstance(err, (http().ConnectError, http().ConnectTimeout, http().UnsupportedProtocol))
    return status_of(err) in (408, 504)


def asked_wait(err: Exception) -> float | None:
    """Seconds the Hub asked to wait; None when it did not say."""
    headers = getattr(getattr(err, "response", None), "headers", None) or {}
    if re.fullmatch(r"\d+(\.\d+)?", headers.get("retry-after") or ""):
        return float(headers["retry-after"])
    if status_of(err) == HTTPStatus.TOO_MANY_REQUESTS:
        rate = RateLimit()
        rate.read(headers)
        return rate.reset_seconds
    return None
