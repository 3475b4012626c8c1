"""Threads that do not keep the server from ending."""

from __future__ import annotations

import subprocess
import sys
import threading

import pytest

from huggingnersc_lab.pool import DaemonPool


def test_work_is_done_and_what_it_raises_is_told() -> None:
    pool = DaemonPool(2, "test")
    assert [pool.submit(pow, base, 2).result(10) for base in range(50)] == [base**2 for base in range(50)]
    with pytest.raises(ZeroDivisionError):
        pool.submit(lambda: 1 / 0).result(10)
    pool.shutdown()
    with pytest.raises(RuntimeError):
        pool.submit(int)


def test_no_more_threads_than_allowed_and_one_is_used_again() -> None:
    pool = DaemonPool(3, "bounded")
    go_on = threading.Event()
    futures = [pool.submit(go_on.wait, 20) for _ in range(9)]
    assert len([thread for thread in threading.enumerate() if thread.name.startswith("bounded-")]) == 3
    go_on.set()
    assert all(future.result(20) for future in futures)
    pool.shutdown()

    single = DaemonPool(8, "single")
    for _ in range(20):
        single.submit(int).result(10)
        while not single._idle._value:  # until the thread waits for work again
            pass
    assert len([thread for thread in threading.enumerate() if thread.name.startswith("single-")]) == 1
    single.shutdown()


def test_what_is_not_begun_is_cancelled() -> None:
    pool = DaemonPool(1, "test")
    go_on, begun = threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        go_on.wait(20)

    first = pool.submit(work)
    begun.wait(20)
    second = pool.submit(int)
    pool.shutdown(cancel_futures=True)
    assert second.cancelled()
    go_on.set()
    assert first.result(20) is None


def test_work_that_hangs_does_not_keep_the_program_from_ending() -> None:
    code = (
        "import os, threading\n"
        "from huggingnersc_lab.pool import DaemonPool\n"
        "pool, begun = DaemonPool(1, 'x'), threading.Event()\n"
        "read, write = os.pipe()\n"
        "pool.submit(lambda: (begun.set(), os.read(read, 1)))\n"
        "begun.wait()\n"
        "pool.shutdown(wait=False)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=30, check=True)
    assert done.stderr == ""
