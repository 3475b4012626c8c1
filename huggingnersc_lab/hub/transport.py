"""Limits for huggingface_hub's requests: time, size, and where an access token is sent.

huggingface_hub has one HTTP client for the whole process, without a timeout, and other extensions of the same server
use it too. So nothing of it is replaced: two event hooks are added that act only on requests made within
:func:`limits`, identified by a context variable.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from huggingnersc_lab.hub.deadline import Deadline
from huggingnersc_lab.hub.policy import Policy, RateLimit
from huggingnersc_lab.hub.streams import ENCODINGS, bounded, guarded

CONNECT_SECONDS = 10.0

MAX_BYTES = 32 * 1024 * 1024
"""Maximum size of a response."""


@dataclass
class Limits:
    """The limits for the requests of one call, and their responses.

    Attributes:
        policy: timeouts and retries.
        rate: stores the Hub's rate limit.
        deadline: when nothing more is sent.
        url: URL of the Hub, the only place the token is sent to.
        token: access token, if there is one.
        most_bytes: maximum size of a response.
        answers: number of responses.
        last: the last response; None before the first.
    """

    policy: Policy
    rate: RateLimit
    deadline: Deadline
    url: str = ""
    token: str | None = None
    most_bytes: int = MAX_BYTES
    answers: int = 0
    last: Any = None

    def refusal(self) -> Any:
        """The last response if it has an error status, otherwise None."""
        return self.last if self.last is not None and self.last.is_error else None


_current: ContextVar[Limits | None] = ContextVar("huggingnersc_hub_limits", default=None)


def http() -> ModuleType:
    """The HTTP library that huggingface_hub uses: httpx with its major version 1, httpx2 with 2."""
    from huggingface_hub import get_session

    return sys.modules[type(get_session()).__module__.partition(".")[0]]


@contextmanager
def limits(within: Limits) -> Iterator[None]:
    """Within, this thread's requests to the Hub are limited."""
    _ensure_hooks()
    token = _current.set(within)
    try:
        yield
    finally:
        _current.reset(token)


def current() -> Limits | None:
    """The current limits."""
    return _current.get()


def adopt(found: Limits) -> None:
    """Apply limits in this thread too, and to the current client of huggingface_hub."""
    _ensure_hooks()
    if _current.get() is None:
        _current.set(found)


def _ensure_hooks() -> None:
    """Add the hooks to huggingface_hub's client, which it replaces if a connection fails."""
    from huggingface_hub import get_session

    session = get_session()
    hooks = session.event_hooks
    if _before not in hooks["request"]:
        session.event_hooks = {
            "request": [*hooks["request"], _before],
            "response": [*hooks["response"], _after],
        }


def _before(request: Any) -> None:
    if found := _current.get():
        found.deadline.require()
        seconds = min(found.policy.timeout, found.deadline.left())
        request.extensions["timeout"] = {
            "connect": min(CONNECT_SECONDS, seconds),
            "read": seconds,
            "write": seconds,
            "pool": seconds,
        }
        request.headers["Accept-Encoding"] = ENCODINGS
        if (
            found.token
            and not _is_at(request.url, found.url)
            and found.token in request.headers.get("Authorization", "")
        ):
            del request.headers["Authorization"]
        request.stream = guarded(http(), request.stream, found.deadline)


def _after(response: Any) -> None:
    if found := _current.get():
        found.rate.read(response.headers)
        found.answers += 1
        found.last = response
        if not response.is_stream_consumed:
            response.stream = bounded(http(), response, found.deadline, found.most_bytes)


def _is_at(url: Any, hub_url: str) -> bool:
    """Whether a URL is on the Hub, allowing an upgrade from http to https."""
    hub = http().URL(hub_url)
    if url.host != hub.host:
        return False
    return (url.scheme, url.port) in ((hub.scheme, hub.port), *([("https", None)] if hub.port is None else []))
