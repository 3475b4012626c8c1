"""Pauses between requests, and what the Hub says of its limits."""

from __future__ import annotations

import pytest

from huggingnersc_lab.hub.policy import Policy, RateLimit


def test_pauses_double_up_to_the_longest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("random.uniform", lambda low, high: (low, high))
    policy = Policy(base=0.5, longest=3)
    assert [policy.pause(attempt) for attempt in range(5)] == [(0, 0.5), (0, 1), (0, 2), (0, 3), (0, 3)]


@pytest.mark.parametrize(
    ("text", "remaining", "reset_seconds"),
    [
        ('"api";r=7;t=12', 7, 12),
        ('"api";t=12;r=0', 0, 12),
        ('"api";r=007', 7, None),
        ('"api";r=999999999', 999999999, None),
        ('"api";r=1234567890;t=3', None, 3),
        ('"api";r=-1;t=x', None, None),
        ('"api";r=٣', None, None),
        ('"api";pr=7', None, None),
        ("", None, None),
        (None, None, None),
    ],
)
def test_limits(text: str | None, remaining: int | None, reset_seconds: float | None) -> None:
    rate = RateLimit()
    rate.read({"ratelimit": text})
    assert (rate.remaining, rate.reset_seconds) == (remaining, reset_seconds)


def test_what_an_answer_does_not_say_stays() -> None:
    rate = RateLimit()
    rate.read({"ratelimit": '"api";r=7;t=12'})
    rate.read({})
    rate.read({"ratelimit": '"api";r=6'})
    assert (rate.remaining, rate.reset_seconds) == (6, 12)
