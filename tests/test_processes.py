"""A process is known by more than its number."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import replace

from huggingnersc_lab.processes import Process, started_at


def test_this_process_lives_and_one_that_had_its_number_before_does_not() -> None:
    this = Process.this()
    assert (this.pid, this.is_here, this.is_alive(0, 0)) == (os.getpid(), True, True)
    assert not replace(this, started="1").is_alive(0, 60)
    assert not replace(this, started="").is_alive(0, 60)


def test_a_process_that_nobody_waited_for_yet_is_gone() -> None:
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    assert child.stdin is not None
    started = started_at(child.pid)
    assert started not in ("", started_at(os.getpid()))
    child.stdin.close()
    deadline = time.monotonic() + 20
    while started_at(child.pid) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert started_at(child.pid) == ""
    assert child.wait() == 1


def test_of_a_process_that_cannot_be_seen_only_its_silence_tells() -> None:
    this = Process.this()
    for elsewhere in (replace(this, host="elsewhere.example"), replace(this, space="pid:[1]")):
        assert not elsewhere.is_here
        assert elsewhere.is_alive(59, 60)
        assert not elsewhere.is_alive(61, 60)
