"""``jobs/events``: every change of every job, as server-sent events."""

from __future__ import annotations

import asyncio
import json
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

from jupyter_server.auth.decorator import authorized
from tornado.web import authenticated

from huggingnersc_lab.rest.resource import ResourceHandler

if TYPE_CHECKING:
    from huggingnersc_lab.jobs import Jobs

    Outbox = asyncio.Queue[str | None]

_MOST_DIGITS = 18
"""Maximum length of an event id."""

HEARTBEAT_SECONDS = 15.0
"""Interval of comments, since a proxy may close an idle connection."""


class JobEventsHandler(ResourceHandler):
    """GET a stream that ends when the browser disconnects."""

    _outbox: Outbox | None = None

    @authenticated
    @authorized
    async def get(self) -> None:
        """Send all jobs, then each change."""
        header = self.request.headers.get("Last-Event-ID", "")
        is_number = header.isascii() and header.isdecimal() and len(header) <= _MOST_DIGITS
        after = int(header) if is_number else 0
        jobs = await self.services.run(lambda workspace: workspace.jobs)
        self.set_header("Content-Type", "text/event-stream")
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Accel-Buffering", "no")  # a buffering proxy would delay events
        outbox: Outbox = asyncio.Queue()
        self._outbox = outbox
        outbox.put_nowait(": connected\n\n")
        async with AsyncExitStack() as stack:
            for source in (_changes(jobs, after, outbox), _heartbeats(outbox)):
                task = asyncio.create_task(source)
                task.add_done_callback(lambda _: outbox.put_nowait(None))
                stack.push_async_callback(_end, task)
            while (text := await outbox.get()) is not None:
                self.write(text)
                await self.flush()

    def on_connection_close(self) -> None:
        """Stop when the browser has disconnected."""
        super().on_connection_close()
        if self._outbox is not None:
            self._outbox.put_nowait(None)


async def _changes(jobs: Jobs, after: int, outbox: Outbox) -> None:
    from huggingnersc_lab.jobs import Job

    async for number, change in jobs.watch(after):
        event, data = ("job", change.to_dict()) if isinstance(change, Job) else ("forgotten", vars(change))
        outbox.put_nowait(f"id: {number}\nevent: {event}\ndata: {json.dumps(data)}\n\n")


async def _heartbeats(outbox: Outbox) -> None:
    while True:
        await asyncio.sleep(HEARTBEAT_SECONDS)
        outbox.put_nowait(": still here\n\n")


async def _end(task: asyncio.Task[None]) -> None:
    """Stop a task; raises the exception it failed with."""
    task.cancel()
    await asyncio.wait([task])
    if not task.cancelled():
        task.result()
