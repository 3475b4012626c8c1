"""Retries requests that failed for a transient reason."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from http import HTTPStatus
from typing import TypeVar

from huggingnersc_lab.hub.answers import WrongAnswerError
from huggingnersc_lab.hub.deadline import OutOfTimeError
from huggingnersc_lab.hub.policy import Policy, RateLimit
from huggingnersc_lab.hub.transport import current, http

T = TypeVar("T")

_REPEATED_BY_LIBRARY = "/preupload/"
_RETRIED_STATUS = frozenset({408, 425, 429, 500, 502, 503, 504})
_LONGEST_WAIT = 60.0
"""Maximum time to wait if the Hub asks for a pause, even if more time is left."""


def repeat(
    send: Callable[[], T],
    policy: Policy,
    *,
    before_repeat: Callable[[], T | None] | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> T:
    """Retry on a transient failure: no connection, timeout, 408, 425, 429 or 5xx.

    Args:
        send: sends the request once.
        policy: number of retries and pauses; a ``Retry-After`` or ``RateLimit`` header takes precedence, if the
        remaining time allows it.
        before_repeat: called before each retry to check whether the request succeeded after all; its result, if any, is
        returned. Needed if sending twice would have an effect twice.
        sleep: waits so many seconds.
    """
    for attempt in range(policy.tries):
        try:
            return send()
        except Exception as err:
            if attempt + 1 == policy.tries or not is_passing(err):
                raise
            asked = asked_wait(err)
            wait = policy.pause(attempt) if asked is None else asked
            if wait >= _time_left():
                raise
        sleep(wait)
        if before_repeat is not None and (found := before_repeat()) is not None:
            return found
    raise AssertionError("unreachable: the last attempt returns or raises")


def _time_left() -> float:
    found = current()
    return _LONGEST_WAIT if found is None else min(_LONGEST_WAIT, found.deadline.left())


def is_passing(err: Exception) -> bool:
    """Whether the same request may soon succeed, and huggingface_hub has not retried it already."""
    if _REPEATED_BY_LIBRARY in _url_of(err):
        return False
    if isinstance(err, http().TransportError):
        return not isinstance(err, http().UnsupportedProtocol)
    return status_of(err) in _RETRIED_STATUS


def _url_of(err: Exception) -> str:
    response = getattr(err, "response", None)
    try:
        return str(err.request.url if response is None else response.url)  # type: ignore[attr-defined]
    except (AttributeError, RuntimeError):  # an error without a request
        return ""


def status_of(err: Exception) -> int | None:
    """HTTP status of an error of huggingface_hub; None if there was no response."""
    status = getattr(getattr(err, "response", None), "status_code", None)
    return status if isinstance(status, int) else None


def was_lost(err: BaseException) -> bool:
    """Whether the Hub may have carried out the request although there was no readable response."""
    if isinstance(err, (OutOfTimeError, WrongAnswerError)):
        return True
    if isinstance(err, http().TransportError):
        return not isinstance(err, (http().ConnectError, http().ConnectTimeout, http().UnsupportedProtocol))
    return isinstance(err, Exception) and status_of(err) in (408, 504)


def asked_wait(err: Exception) -> float | None:
    """Seconds that the Hub asked to wait; None if it did not."""
    headers = getattr(getattr(err, "response", None), "headers", None) or {}
    if re.fullmatch(r"\d{1,9}(\.\d{1,9})?", headers.get("retry-after") or "", re.ASCII):
        return float(headers["retry-after"])
    if status_of(err) == HTTPStatus.TOO_MANY_REQUESTS:
        rate = RateLimit()
        rate.read(headers)
        return rate.reset_seconds
    return None
