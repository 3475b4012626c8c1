"""The hooks with which a practice Hub fails on purpose, notes its requests, and lists what no Hub should."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any
from weakref import WeakKeyDictionary

from huggingnersc_lab.sandbox.endpoint import Endpoint
from huggingnersc_lab.sandbox.hooks import Hooks, Route
from huggingnersc_lab.sandbox.refusals import RefusalError

from .control import ROUTES
from .faults import Fault, Faults
from .request_log import LoggedRequest, RequestLog


class FaultyHooks(Hooks):
    """Strikes with :class:`Faults`, notes in a :class:`RequestLog`, and adds ``odd_rows`` to the list of datasets."""

    def __init__(self) -> None:
        self.faults = Faults()
        self.log = RequestLog()
        self.odd_rows: list[Any] = []
        self._striking: WeakKeyDictionary[Endpoint, Fault] = WeakKeyDictionary()

    def routes(self) -> Sequence[Route]:
        return ROUTES

    async def before(self, endpoint: Endpoint) -> None:
        if _is_control(endpoint):
            return
        if self.faults.latency:
            await asyncio.sleep(self.faults.latency)
        fault = self.faults.take(endpoint.request.method or "", endpoint.request.path)
        if fault is None:
            return
        self._striking[endpoint] = fault
        if fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
        elif fault.kind == "hold":
            await self.faults.hold()
        elif fault.kind == "drop_before":
            endpoint.drop_connection()
        elif fault.kind == "too_many_requests":
            headers = {
                "Retry-After": str(fault.retry_after),
                "RateLimit": f'"api";r=0;t={fault.retry_after}',
                "RateLimit-Policy": '"fixed window";"api";q=1000;w=300',
            }
            raise RefusalError(429, "Too many requests (a fault switched on for practice)", headers=headers)
        elif fault.kind == "server_error":
            raise RefusalError(500, "Internal error (a fault switched on for practice)")

    def takes_whole(self, endpoint: Endpoint) -> bool:
        return endpoint in self._striking

    def answer(self, endpoint: Endpoint, body: bytes, content_type: str) -> None:
        fault = self._striking.get(endpoint)
        kind = fault.kind if fault else None
        if kind == "garbage":
            body, content_type = b"<html>Please accept our terms of use.</html>", "text/html"
        if kind == "drop_after":
            endpoint.drop_connection()
        elif kind == "truncate" and endpoint.request.method != "HEAD":
            self._send_half(endpoint, body, content_type)
        else:
            endpoint.finish_with(body, content_type)

    def answered(self, endpoint: Endpoint, status: int) -> None:
        if not _is_control(endpoint):
            request = endpoint.request
            self.log.append(LoggedRequest(request.method or "", request.path, request.query, status))

    def rows(self, rows: list[Any]) -> list[Any]:
        return [*rows, *self.odd_rows]

    def _send_half(self, endpoint: Endpoint, body: bytes, content_type: str) -> None:
        endpoint.set_header("Content-Type", content_type)
        endpoint.set_header("Content-Length", str(len(body)))
        endpoint.write(body[: len(body) // 2])
        endpoint.flush()
        self.answered(endpoint, 0)
        stream = endpoint.detach()
        stream.write(b"").add_done_callback(lambda _: stream.close())  # when the half is sent


def _is_control(endpoint: Endpoint) -> bool:
    return endpoint.request.path.startswith("/practice/")
