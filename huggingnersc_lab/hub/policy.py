"""Timeouts and retries for the Hub, and its rate limits."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from typing import Any

_DIGITS = 9
"""Maximum number of digits in a header's number; longer ones are ignored."""


@dataclass(frozen=True)
class Policy:
    """Timeouts and retries.

    Attributes:
        timeout: seconds without a response after which a request is aborted.
        tries: how often a request that is safe to repeat is sent.
        base: seconds of the first pause; each further one is twice as long, with full jitter.
        longest: maximum pause in seconds.
        total: maximum seconds for all requests of one operation, including retries and pauses.
        undo: additional seconds for undoing after a failed operation.
    """

    timeout: float = 15.0
    tries: int = 4
    base: float = 0.5
    longest: float = 8.0
    total: float = 35.0
    undo: float = 12.0

    def pause(self, attempt: int) -> float:
        """Seconds to wait after the failed attempt of that number (from 0), with full jitter."""
        return random.uniform(0, min(self.longest, self.base * 2**attempt))  # noqa: S311


@dataclass
class RateLimit:
    """The Hub's last reported rate limit: seconds until the window resets, and requests left in it."""

    remaining: int | None = None
    reset_seconds: float | None = None

    def read(self, headers: Any) -> None:
        """Parse ``RateLimit: "api";r=0;t=12`` (IETF draft-ietf-httpapi-ratelimit-headers)."""
        text = headers.get("ratelimit") or ""
        if match := re.search(rf"\br=(\d{{1,{_DIGITS}}})(?!\d)", text, re.ASCII):
            self.remaining = int(match[1])
        if match := re.search(rf"\bt=(\d{{1,{_DIGITS}}})(?!\d)", text, re.ASCII):
            self.reset_seconds = float(match[1])
