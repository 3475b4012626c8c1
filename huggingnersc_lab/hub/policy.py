"""How patient one is with the Hub, and what it says of its own limits."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from typing import Any

_DIGITS = 9
"""Digits of the largest number that a header may give; others are not meant."""


@dataclass(frozen=True)
class Policy:
    """How long to wait and how often to try.

    Attributes:
        timeout: seconds without an answer after which a request is given up.
        tries: how often something that is safe to repeat is sent.
        base: seconds of the first pause; each further one is twice as long, and a random part of it is waited.
        longest: seconds of the longest pause.
        total: seconds that all requests of one verb may take together, with repeats and pauses.
        undo: seconds that taking back may take after that, when a verb has failed.
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
    """What the Hub last said of its limits; seconds until the window starts anew, requests left in it."""

    remaining: int | None = None
    reset_seconds: float | None = None

    def read(self, headers: Any) -> None:
        """Take over ``RateLimit: "api";r=0;t=12`` (IETF draft-ietf-httpapi-ratelimit-headers)."""
        text = headers.get("ratelimit") or ""
        if match := re.search(rf"\br=(\d{{1,{_DIGITS}}})(?!\d)", text, re.ASCII):
            self.remaining = int(match[1])
        if match := re.search(rf"\bt=(\d{{1,{_DIGITS}}})(?!\d)", text, re.ASCII):
            self.reset_seconds = float(match[1])
