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
from huggingnersc_lab.jobs import Change, Forgotten, Job, Jobs, JobSpec, watcher
from huggingnersc_lab.jobs.folder import now
from huggingnersc_lab.jobs.watcher import JobWatcher

# Real processes, each of which takes its time on a busy machine.
pytestmark = pytest.mark.timeout(900)

Events = AsyncIterator[tuple[int, Change]]
PATIENCE = 60


class Files:
    """What a look finds; counts the looks, and the questions for the stamp."""

    def __init__(self, *names: str, state: str = "running") -> None:
        self.jobs = [job(name, state) for name in names]
        self.stamp = 1
        self.looks = 0
        self.stamps = 0
        self.failure: Exception | None = None

    def watcher(self) -> JobWatcher:
        return JobWatcher(self.look, self.ask_stamp)

    def look(self) -> list[Job]:
        self.looks += 1
        if self.failure is not None:
            raise self.failure
        return list(self.jobs)

    def ask_stamp(self) -> int:
        self.stamps += 1
        return self.stamp

    def change(self, index: int, **values: object) -> None:
        self.jobs[index] = replace(self.jobs[index], **values)  # type: ignore[arg-type]


def job(name: str, state: Any = "running") -> Job:
    return Job(f"{name:0>32}", "publish", name, state, (), False, now(), now())


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watcher, "SECONDS_BETWEEN_LOOKS", 0.01)
    monkeypatch.setattr(watcher, "SECONDS_BETWEEN_STAMPS", 0.01)


async def take(events: Events, count: int) -> list[tuple[int, Any]]:
    return [await anext(events) for _ in range(count)]


async def until(condition: Callable[[], object]) -> None:
    while not condition():  # noqa: ASYNC110 - what is waited for is no event
        await asyncio.sleep(0.01)


def run(scenario: Callable[[], Awaitable[None]]) -> None:
    async def limited() -> None:
        await asyncio.wait_for(scenario(), PATIENCE)

    asyncio.run(limited())


def test_the_whole_state_comes_first_and_then_each_change() -> None:
    files = Files("b", "a")  # the newest first

    async def scenario() -> None:
        async with aclosing(files.watcher().listen(0)) as events:
            first = await take(events, 2)
            assert [item.dataset for _, item in first] == ["a", "b"]
            files.change(0, state="succeeded")
            ((number, changed),) = await take(events, 1)
            assert (changed.dataset, changed.state) == ("b", "succeeded")
            assert first[0][0] < first[1][0] < number
            files.jobs.insert(0, job("c"))
            assert [item.dataset for _, item in await take(events, 1)] == ["c"]

    run(scenario)


def test_numbers_begin_at_the_time_and_are_exact_in_browsers() -> None:
    """JavaScript's numbers are exact up to 2**53."""
    files = Files("a")

    async def scenario() -> None:
        before = time.time_ns() // 1_000_000
        async with aclosing(files.watcher().listen(0)) as events:
            ((number, _),) = await take(events, 1)
        assert before < number <= time.time_ns() // 1_000_000 + 1
        assert number < 2**53

    run(scenario)


def test_who_comes_back_gets_only_what_was_missed() -> None:
    files = Files("b", "a")
    watch = files.watcher()

    async def scenario() -> None:
        async with aclosing(watch.listen(0)) as events:
            last = (await take(events, 2))[-1][0]
        files.change(1, state="failed")
        async with aclosing(watch.listen(last)) as events:
            assert [(item.dataset, item.state) for _, item in await take(events, 1)] == [("a", "failed")]
        restarted = files.watcher()
        async with aclosing(restarted.listen(last)) as events:
            assert {item.dataset for _, item in await take(events, 2)} == {"a", "b"}

    time.sleep(0.01)  # numbers of a server that starts later are higher
    run(scenario)


def test_all_listeners_share_the_looks_and_they_end_with_the_last() -> None:
    files = Files("a")
    watch = files.watcher()

    async def scenario() -> None:
        async with (
            aclosing(watch.listen(0)) as one,
            aclosing(watch.listen(0)) as two,
            aclosing(watch.listen(0)) as three,
        ):
            everyone = (one, two, three)
            for events in everyone:
                await take(events, 1)
            task = watch._looking
            files.change(0, state="succeeded")
            told = [await take(events, 1) for events in everyone]
            assert told == 3 * [[(max(number for number, _ in watch._seen.values()), files.jobs[0])]]
            assert watch._looking is task
        assert task is not None
        await asyncio.wait([task])
        looks, stamps = files.looks, files.stamps
        await asyncio.sleep(0.2)
        assert (files.looks, files.stamps) == (looks, stamps)

    run(scenario)


def test_while_none_is_at_work_it_is_only_asked_whether_one_came_or_went() -> None:
    files = Files("a", state="succeeded")

    async def scenario() -> None:
        async with aclosing(files.watcher().listen(0)) as events:
            await take(events, 1)
            await until(lambda: files.looks == 2)  # the second makes sure that nothing came in the same moment
            stamps = files.stamps
            await until(lambda: files.stamps > stamps + 5)
            assert files.looks == 2
            files.jobs.insert(0, job("b"))
            files.stamp += 1
            ((_, change),) = await take(events, 1)
            assert change.dataset == "b"
            looks = files.looks
            await until(lambda: files.looks > looks + 5)  # one is at work

    run(scenario)


def test_what_the_stamp_does_not_tell_is_seen_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watcher, "SECONDS_OF_TRUST", 0.05)
    files = Files("a", state="failed")
    files.change(0, kept=True)

    async def scenario() -> None:
        async with aclosing(files.watcher().listen(0)) as events:
            assert [change.kept for _, change in await take(events, 1)] == [True]
            files.change(0, kept=False)  # somebody finished by other means what it left
            assert [change.kept for _, change in await take(events, 1)] == [False]

    run(scenario)


def test_a_job_that_is_forgotten_is_told_to_those_who_knew_it() -> None:
    files = Files("b", "a")
    watch = files.watcher()

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
    monkeypatch.setattr(watcher, "MOST_FORGOTTEN", 2)
    files = Files("d", "c", "b", "a")
    watch = files.watcher()

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
        async with aclosing(files.watcher().listen(0)) as events:
            await take(events, 1)
            files.failure = CatalogError("storage", "The disk hangs.")
            files.change(0, state="succeeded")
            looks = files.looks
            await until(lambda: files.looks > looks)
            files.failure = None
            assert (await take(events, 1))[0][1].state == "succeeded"

    run(scenario)


def test_an_error_of_this_program_reaches_the_listener() -> None:
    files = Files("a")

    async def scenario() -> None:
        async with aclosing(files.watcher().listen(0)) as events:
            await take(events, 1)
            files.failure = ZeroDivisionError("wrong")
            with pytest.raises(ZeroDivisionError):
                await take(events, 1)

    run(scenario)


def test_a_real_job_is_told_from_its_begin_to_its_end(jobs: Jobs, toy_spec: Callable[..., JobSpec]) -> None:
    async def scenario() -> None:
        told: list[tuple[int, Job]] = []
        async with aclosing(jobs.watch()) as events:
            begun = await asyncio.to_thread(jobs.start, toy_spec(waits=True))
            while not told or told[-1][1].progress is None:
                told += await take(events, 1)
            (jobs.folder / begun.id / "go").touch()
            while not told[-1][1].has_ended:
                told += await take(events, 1)
        assert {item.id for _, item in told} == {begun.id}
        assert [item.state for _, item in told][-1] == "succeeded"
        assert [number for number, _ in told] == sorted({number for number, _ in told})

    run(scenario)


def test_a_job_begun_by_another_program_is_seen(
    jobs: Jobs, make_jobs: Callable[[], Jobs], toy_spec: Callable[..., JobSpec]
) -> None:
    async def scenario() -> None:
        async with aclosing(jobs.watch()) as events:
            waiting = asyncio.create_task(take(events, 1))
            await until(lambda: jobs._watcher._looking)
            begun = await asyncio.to_thread(make_jobs().start, toy_spec())
            ((_, change),) = await waiting
            assert change.id == begun.id
            while not change.has_ended:
                ((_, change),) = await take(events, 1)

    run(scenario)
