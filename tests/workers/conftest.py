"""Workers that are quick to give up, and that can be made to hang."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from huggingnersc_lab.workers.calls import Workers
from huggingnersc_lab.workers.registry import OPERATIONS

PATIENCE = 30

MORE = {"sleep": "time:sleep", "end": "os:_exit", "echo": "copy:copy", "divide": "operator:truediv"}


@pytest.fixture
def workers(monkeypatch: pytest.MonkeyPatch) -> Iterator[Workers]:
    """Fresh ones, which know a few more operations."""
    for name, target in MORE.items():
        monkeypatch.setitem(OPERATIONS, name, target)
    found = Workers()
    yield found
    found.close()


def is_gone(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return True
    return state == "Z"


def wait_until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)
