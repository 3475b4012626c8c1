"""One look at the files for all listeners, and none when nobody listens."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import replace
from typing import Any

import pytest

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.jobs import Change, Forgotten, Job, Jobs
from huggingnersc_lab.jobs import watcher as watching
from huggingnersc_lab.jobs.folder import now
from huggingnersc_lab.jobs.watcher import SECONDS_BETWEEN_LOOKS, Watch

from .conftest import MakeOrder

Events = AsyncIterator[tuple[int, Change]]
SECONDS = 10


class Files:
    """What a look finds; counts the looks."""

    def __init__(self, *names: str) -> None:
        self.jobs = [job(name) for name in names]
        self.looks = 0
        self.failure: Exception | None = None

    def look(self) -> list[Job]:
        self.looks += 1
        if self.failure is not None:
            raise self.failure
        return list(self.jobs)

    def change(self, index: int, **values: object) -> None:
        self.jobs[index] = replace(self.jobs[index], **values)  # type: ignore[arg-type]


def job(name: str) -> Job:
    return Job(f"{name:0>32}", "publish", name, "running", (), False, now(), now())


async def take(events: Events, count: int) -> list[tuple[int, Any]]:
    return [await asyncio.wait_for(anext(events), SECONDS) for _ in range(count)]


def run(scenario: Callable[[], Awaitable[None]]) -> None:
    async def limited() -> None:
        await asyncio.wait_for(scenario(), SECONDS)

    asyncio.run(limited())


def test_the_whole_state_comes_first_and_then_each_change() -> None:
    files = Files("b", "a")  # the newest first

    async def scenario() -> None:
        async with aclosing(Watch(files.look).listen(0)) as events:
            first = await take(events, 2)
            assert [item.name for _, item in first] == ["a", "b"]
            files.change(0, state="succeeded")
            ((number, changed),) = await take(events, 1)
            assert (changed.name, changed.state) == ("b", "succeeded")
            assert first[0][0] < first[1][0] < number
            files.jobs.insert(0, job("c"))
            assert [item.name for _, item in await take(events, 1)] == ["c"]

    run(scenario)


def test_who_comes_back_gets_only_what_was_missed() -> None:
    files = Files("b", "a")
    watch = Watch(files.look)

    async def scenario() -> None:
        async with aclosing(watch.listen(0)) as events:
            last = (await take(events, 2))[-1][0]
        files.change(1, state="failed")
        async with aclosing(watch.listen(last)) as events:
            assert [(item.name, item.state) for _, item in await take(events, 1)] == [("a", "failed")]
        restarted = Watch(files.look)
        async with aclosing(restarted.listen(last)) as events:
            assert {item.name for _, item in await take(events, 2)} == {"a", "b"}

    time.sleep(0.01)  # numbers of a server that starts later are higher
    run(scenario)


def test_all_listeners_share_the_looks_and_they_end_with_the_last() -> None:
    files = Files("a")
    watch = Watch(files.look)

    async def scenario() -> None:
        async with (
            aclosing(watch.listen(0)) as one,
            aclosing(watch.listen(0)) as two,
            aclosing(watch.listen(0)) as three,
        ):
            everyone = (one, two, three)
            for events in everyone:
                await take(events, 1)
            before, began = files.looks, time.monotonic()
            await asyncio.sleep(4 * SECONDS_BETWEEN_LOOKS)
            assert 1 <= files.looks - before <= (time.monotonic() - began) / SECONDS_BETWEEN_LOOKS + 1
            files.change(0, state="succeeded")
            assert {(await take(events, 1))[0] for events in everyone} == {(files_number(watch), files.jobs[0])}
        before = files.looks
        await asyncio.sleep(3 * SECONDS_BETWEEN_LOOKS)
        assert files.looks == before

    run(scenario)


def files_number(watch: Watch) -> int:
    return max(number for number, _ in watch._seen.values())


def test_a_job_that_is_forgotten_is_told_to_those_who_knew_it() -> None:
    files = Files("b", "a")
    watch = Watch(files.look)

    async def scenario() -> None:
        async with aclosing(watch.listen(0)) as events:
            last, newest = (await take(events, 2))[-1]
            gone = files.jobs.pop(1)
            ((number, change),) = await take(events, 1)
            assert (change, number) == (Forgotten(gone.id), last + 1)
            files.jobs.clear()
            assert [change for _, change in await take(events, 1)] == [Forgotten(newest.id)]
        async with aclosing(watch.listen(last)) as events:  # who was away meanwhile
            assert [change for _, change in await take(events, 2)] == [Forgotten(gone.id), Forgotten(newest.id)]
        files.jobs = [job("c")]
        async with aclosing(watch.listen(0)) as events:  # who knows of nothing
            assert [change for _, change in await take(events, 1)] == files.jobs

    run(scenario)


def test_not_all_that_was_ever_forgotten_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "MOST_FORGOTTEN", 2)
    files = Files("d", "c", "b", "a")
    watch = Watch(files.look)

    async def scenario() -> None:
        async with aclosing(watch.listen(0)) as events:
            last = (await take(events, 4))[-1][0]
            files.jobs.clear()
            await take(events, 1)
        async with aclosing(watch.listen(last)) as events:
            assert [change.id[-1] for _, change in await take(events, 2)] == ["c", "d"]

    run(scenario)


def test_a_file_system_that_is_gone_for_a_while_ends_nothing() -> None:
    files = Files("a")

    async def scenario() -> None:
        async with aclosing(Watch(files.look).listen(0)) as events:
            await take(events, 1)
            files.failure = CatalogError("storage", "The disk hangs.")
            files.change(0, state="succeeded")
            looks = files.looks
            await asyncio.sleep(3 * SECONDS_BETWEEN_LOOKS)
            assert files.looks > looks
            files.failure = None
            assert (await take(events, 1))[0][1].state == "succeeded"

    run(scenario)


def test_an_error_of_this_program_reaches_the_listener() -> None:
    files = Files("a")

    async def scenario() -> None:
        async with aclosing(Watch(files.look).listen(0)) as events:
            await take(events, 1)
            files.failure = ZeroDivisionError("wrong")
            with pytest.raises(ZeroDivisionError):
                await take(events, 1)

    run(scenario)


def test_a_real_job_is_told_from_its_order_to_its_end(jobs: Jobs, make_order: MakeOrder) -> None:
    async def scenario() -> None:
        told: list[tuple[int, Job]] = []
        async with aclosing(jobs.watch()) as events:
            begun = await asyncio.to_thread(jobs.start, make_order("undo"))  # of nothing: it ends soon
            while not told or not told[-1][1].has_ended:
                told += await take(events, 1)
        assert {item.id for _, item in told} == {begun.id}
        assert [item.state for _, item in told][-1] == "failed"
        assert [number for number, _ in told] == sorted({number for number, _ in told})

    run(scenario)
