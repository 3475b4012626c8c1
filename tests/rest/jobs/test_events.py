"""The stream of events, read as a browser reads it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest

from huggingnersc_lab.jobs import Jobs, JobSpec, JobStep, Progress
from huggingnersc_lab.jobs.folder import JobFolder
from huggingnersc_lab.rest.jobs import events as events_module
from tests.rest.conftest import check_schema, until

# Real processes, each of which takes its time on a busy machine.
pytestmark = pytest.mark.timeout(900)

SECONDS = 300
Stream = asyncio.Queue[dict[str, str]]


@pytest.fixture
def listen(http_server_client: Any, http_server_port: Any, jp_auth_header: Any, jp_base_url: str) -> Callable[..., Any]:
    """Opens a stream; gives its events as they come, a comment as an event with that alone."""

    @asynccontextmanager
    async def stream(last: str | None = None, headers: dict[str, str] | None = None) -> AsyncIterator[Stream]:
        reader, writer = await asyncio.open_connection("127.0.0.1", http_server_port[1])
        lines = [
            f"GET {jp_base_url}huggingnersc-lab/jobs/events HTTP/1.1",
            "Host: 127.0.0.1",
            *(f"{name}: {value}" for name, value in {**jp_auth_header, **(headers or {})}.items()),
            *([f"Last-Event-ID: {last}"] if last is not None else []),
        ]
        writer.write("\r\n".join([*lines, "", ""]).encode())
        head = (await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), SECONDS)).decode()
        assert head.startswith("HTTP/1.1 200"), head
        assert "Content-Type: text/event-stream" in head
        assert "Cache-Control: no-store" in head
        queue: Stream = asyncio.Queue()
        reading = asyncio.create_task(_read(reader, queue))
        try:
            yield queue
        finally:
            reading.cancel()
            writer.close()

    return stream


async def _read(reader: asyncio.StreamReader, queue: Stream) -> None:
    """Put apart what comes in chunks (RFC 9112), then into events."""
    text = ""
    while size := int((await reader.readline()).strip() or b"0", 16):
        text += (await reader.readexactly(size)).decode()
        await reader.readexactly(2)
        *whole, text = text.split("\n\n")
        for block in whole:
            fields = (line.partition(": ") for line in block.splitlines())
            queue.put_nowait({name or "comment": value for name, _, value in fields})


async def take(stream: Stream) -> dict[str, str]:
    """The next event that is no comment; one that tells of a job fits the contract."""
    while True:
        event = await asyncio.wait_for(stream.get(), SECONDS)
        if "comment" not in event:
            check_schema("Job" if event["event"] == "job" else "ForgottenJob", json.loads(event["data"]))
            return event


@pytest.fixture
def folder(jp_serverapp: Any, ask: Any) -> Callable[[str], JobFolder]:
    """Makes a job as another process would have begun it."""
    from huggingnersc_lab.private_files import own_folder

    def make(digit: str) -> JobFolder:
        made = JobFolder.create(own_folder("jobs") / (digit * 32), JobSpec("undo", digit))
        made.claim()
        made.begin()
        return made

    return make


def told(event: dict[str, str]) -> tuple[str, str]:
    job = json.loads(event["data"])
    return job["id"][0], job["state"]


async def test_the_first_state_and_then_every_change(listen: Any, folder: Any) -> None:
    first, second = folder("a"), folder("b")
    async with listen() as stream:
        events = [await take(stream) for _ in "ab"]
        assert [told(event) for event in events] == [("a", "running"), ("b", "running")]
        second.add_step("undo", "begin", "Taking back")
        event = await take(stream)
        (step,) = json.loads(event["data"])["steps"]
        assert JobStep(**step).detail == "Taking back"
        numbers = [int(event["id"]) for event in (*events, event)]
        assert numbers == sorted(set(numbers))
    async with listen() as stream:  # somebody else, later
        assert {told(await take(stream))[0] for _ in "ab"} == {"a", "b"}
    assert first.process() is not None


async def test_who_comes_back_gets_what_was_missed(listen: Any, folder: Any) -> None:
    folder("a"), folder("b")
    async with listen() as stream:
        last = [await take(stream) for _ in "ab"][-1]["id"]
    folder("c")
    async with listen(last) as stream:
        assert told(await take(stream)) == ("c", "running")


@pytest.mark.parametrize("last", ["", "x", "-1", "1e9", "\u0661"])
async def test_a_number_that_is_none_is_as_none(last: str, listen: Any, folder: Any) -> None:
    folder("a")
    async with listen(last) as stream:
        assert told(await take(stream))[0] == "a"


async def test_what_was_forgotten_is_told(listen: Any, folder: Any, ask: Any) -> None:
    from huggingnersc_lab.jobs import Outcome

    folder("a").end(Outcome("succeeded"))
    async with listen() as one, listen() as two:
        last = (await take(one), await take(two))[0]["id"]
        assert (await ask("DELETE", f"/jobs/{'a' * 32}")).data["state"] == "succeeded"
        for stream in (one, two):
            event = await take(stream)
            assert (event["event"], json.loads(event["data"])) == ("forgotten", {"id": "a" * 32})
    async with listen(last) as stream:
        assert (await take(stream))["event"] == "forgotten"


async def test_a_sign_of_life_keeps_it_open(listen: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events_module, "HEARTBEAT_SECONDS", 0.05)
    async with listen() as stream:
        comments = [(await asyncio.wait_for(stream.get(), SECONDS)) for _ in range(3)]
    assert [event["comment"] for event in comments] == ["connected", "still here", "still here"]


async def test_nobody_looks_once_the_browser_has_left(listen: Any, folder: Any, jp_serverapp: Any) -> None:
    folder("a")
    async with listen() as stream:
        await take(stream)
        watch = jp_serverapp.web_app.settings["huggingnersc_lab_services"].workspace().jobs._watcher
        assert watch._listeners == 1
    await until(lambda: watch._listeners == 0)
    assert watch._looking is None


async def test_a_job_is_told_of_from_its_begin_to_its_end(
    listen: Any, ask: Any, content: dict[str, Any], jp_serverapp: Any
) -> None:
    draft = (await ask("POST", "/drafts", content)).data
    async with listen() as stream:
        await ask("POST", "/jobs", {"kind": "publish", "draft_id": draft["id"]})
        states = []
        while not states or states[-1] in ("queued", "running"):
            states.append(told(await take(stream))[1])
    assert (states[0], states[-1]) in {("queued", "succeeded"), ("running", "succeeded")}


@pytest.mark.parametrize("last", ["9" * 5000, "\u0661", "-1", "1e9", "x"])
async def test_an_id_that_is_none_of_ours_is_passed_over(last: str, listen: Any) -> None:
    async with listen(last.encode().decode("latin-1")) as events:
        assert "connected" in str(await asyncio.wait_for(events.get(), SECONDS))


async def test_progress_is_told(listen: Any, folder: Any) -> None:
    job = folder("a")
    async with listen() as stream:
        assert "progress" not in json.loads((await take(stream))["data"])
        job.report(Progress(0.5, "Reading", bytes=5, total_bytes=10))
        progress = json.loads((await take(stream))["data"])["progress"]
        assert progress == {"fraction": 0.5, "text": "Reading", "bytes": 5, "total_bytes": 10}


async def test_a_job_that_another_program_begins_is_told(listen: Any, jp_serverapp: Any, ask: Any, toy: Any) -> None:
    from huggingnersc_lab.private_files import own_folder
    from huggingnersc_lab.workspace.tasks import kinds

    async with listen() as stream:
        assert (await asyncio.wait_for(stream.get(), SECONDS))["comment"] == "connected"
        elsewhere = Jobs(own_folder("jobs"), kinds(), lambda _: False)
        begun = await asyncio.to_thread(elsewhere.start, JobSpec("toy", "iris", {"size": 3}))
        events = [await take(stream)]
        while told(events[-1])[1] != "succeeded":
            events.append(await take(stream))
    assert {json.loads(event["data"])["id"] for event in events} == {begun.id}


async def test_a_job_of_a_kind_that_is_unknown_here_is_told(listen: Any, folder: Any) -> None:
    from huggingnersc_lab.private_files import own_folder

    known = folder("a")
    later = JobFolder.create(own_folder("jobs") / ("b" * 32), JobSpec("teleport", "iris", {"to": "Mars"}))
    later.claim()
    async with listen() as stream:
        jobs = {job["id"]: job["kind"] for job in [json.loads((await take(stream))["data"]) for _ in "ab"]}
    assert jobs == {known.id: "undo", later.id: "teleport"}
