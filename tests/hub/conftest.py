"""The adapter of the Hub, as an account of the practice Hub."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from huggingnersc_lab.hub import Hub
from huggingnersc_lab.hub.policy import Policy
from tests.practice_hub import FaultyHub

QUICK = Policy(timeout=2, tries=3, base=0.01, longest=0.02)
REPO = "NERSC/sky"


@pytest.fixture
def hub_of(practice_hub: FaultyHub) -> Callable[..., Hub]:
    def make(role: str | None = "admin", policy: Policy = QUICK) -> Hub:
        return Hub(practice_hub.url, practice_hub.tokens[role] if role else None, "NERSC", policy)

    return make


@pytest.fixture
def hub(hub_of: Callable[..., Hub]) -> Hub:
    return hub_of()


@pytest.fixture
def hub_behind(between: Any, practice_hub: FaultyHub) -> Hub:
    """The Hub behind a server that misbehaves as it is told."""
    return Hub(between.url, practice_hub.tokens["admin"], "NERSC", Policy(timeout=5, tries=2, base=0.01, longest=0.02))


@pytest.fixture
def memory() -> Iterator[Callable[[], int]]:
    """Bytes that were taken at most since the test began."""
    tracemalloc.start()
    yield lambda: tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
