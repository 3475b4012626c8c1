"""Threads that hang are told of, and use up no others."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator

import pytest

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.rest import bulkhead as module
from huggingnersc_lab.rest.bulkhead import Bulkhead

PATIENCE = 30


@pytest.fixture
def threads() -> Iterator[Bulkhead]:
    found = Bulkhead("test", 2, "storage", "a file system may hang")
    yield found
    found.close()


async def occupy(threads: Bulkhead, count: int) -> tuple[threading.Event, list[asyncio.Future[bool]]]:
    """Let so many calls hang until the event."""
    go_on, begun = threading.Event(), threading.Barrier(count + 1)

    def hang() -> bool:
        begun.wait(PATIENCE)
        return go_on.wait(PATIENCE)

    calls = [asyncio.ensure_future(threads.run(hang, PATIENCE)) for _ in range(count)]
    await asyncio.to_thread(begun.wait, PATIENCE)
    return go_on, calls


async def test_what_is_done_is_returned_and_what_fails_is_raised(threads: Bulkhead) -> None:
    assert await asyncio.gather(*(threads.run(lambda n=n: n * n, PATIENCE) for n in range(50))) == [
        n * n for n in range(50)
    ]
    with pytest.raises(ZeroDivisionError):
        await threads.run(lambda: 1 / 0, PATIENCE)


async def test_work_that_takes_too_long_goes_on(threads: Bulkhead) -> None:
    go_on, ended = threading.Event(), threading.Event()
    with pytest.raises(CatalogError, match=r"No response for 0 seconds: .* The request may still"):
        await threads.run(lambda: (go_on.wait(PATIENCE), ended.set()), 0.1)
    go_on.set()
    assert ended.wait(PATIENCE)


async def test_work_that_has_not_begun_in_time_is_not_done(threads: Bulkhead) -> None:
    go_on, calls = await occupy(threads, 2)
    done = threading.Event()
    with pytest.raises(CatalogError, match=r"No thread was free for 0 seconds.*Nothing was done") as refused:
        await threads.run(done.set, 0.3)
    assert refused.value.code == "storage"
    go_on.set()
    assert await asyncio.gather(*calls) == [True, True]
    assert await threads.run(lambda: True, PATIENCE)
    assert not done.is_set()


async def test_where_all_hang_calls_fail_at_once_until_one_is_back(
    threads: Bulkhead, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "STUCK_SECONDS", 0.5)
    go_on, calls = await occupy(threads, 2)
    begin = time.monotonic()
    with pytest.raises(CatalogError, match="No thread has become free for 0 seconds"):  # while it waits for a thread
        await threads.run(lambda: True, PATIENCE)
    assert time.monotonic() - begin < 5
    begin = time.monotonic()
    for _ in range(50):
        with pytest.raises(CatalogError, match="will work again as soon as that responds"):
            await threads.run(lambda: True, PATIENCE)
    assert time.monotonic() - begin < 1
    go_on.set()
    assert await asyncio.gather(*calls) == [True, True]
    assert await threads.run(lambda: True, PATIENCE)


async def test_slow_work_that_gets_on_is_waited_for(threads: Bulkhead, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "STUCK_SECONDS", 0.6)
    calls = [threads.run(lambda: time.sleep(0.2), PATIENCE) for _ in range(10)]
    assert await asyncio.gather(*calls) == [None] * 10


async def test_one_that_hangs_leaves_the_other_thread(threads: Bulkhead, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "STUCK_SECONDS", 0.1)
    go_on, calls = await occupy(threads, 1)
    await asyncio.sleep(0.2)
    assert await threads.run(lambda: True, PATIENCE)
    go_on.set()
    assert await calls[0]


async def test_nothing_is_done_after_the_end(threads: Bulkhead) -> None:
    threads.close()
    with pytest.raises(RuntimeError):
        await threads.run(int, PATIENCE)
