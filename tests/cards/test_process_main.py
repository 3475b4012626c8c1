"""The process that lays out texts, over pipes of this process."""

from __future__ import annotations

import io
import json
import os
import resource
import sys

import pytest

from huggingnersc_lab.cards import process_main
from huggingnersc_lab.cards.process_main import IDLE_SECONDS, MEMORY_BYTES, serve


def served(*lines: str, is_open: bool = False) -> list[object]:
    read, write = os.pipe()
    os.write(write, "".join(f"{line}\n" for line in lines).encode())
    if not is_open:
        os.close(write)
    answers = io.StringIO()
    with os.fdopen(read) as orders:
        serve(orders, answers)
    if is_open:
        os.close(write)
    return [json.loads(line) for line in answers.getvalue().splitlines()]


def test_it_is_ready_and_ends_with_its_input() -> None:
    assert served() == [[]]


def test_one_answer_to_each_line() -> None:
    assert served(json.dumps("*ä*\nb")) == [[], ["<p><em>ä</em>\nb</p>\n", False]]


def test_it_ends_after_a_while_without_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process_main, "IDLE_SECONDS", 0.05)
    assert served(is_open=True) == [[]]
    assert IDLE_SECONDS == 60


@pytest.mark.parametrize("fault", [None, ValueError(), OSError()])
def test_its_memory_is_limited_where_the_system_can(fault: Exception | None, monkeypatch: pytest.MonkeyPatch) -> None:
    limits: list[object] = []
    seen: list[object] = []

    def limit(*given: object) -> None:
        limits.append(given)
        if fault:
            raise fault

    monkeypatch.setattr(resource, "setrlimit", limit)
    monkeypatch.setattr(process_main, "serve", lambda *streams: seen.extend(streams))
    process_main.main()
    assert limits == [(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))]
    assert seen == [sys.stdin, sys.stdout]
