"""Checks many paths at once, with a few workers and a time limit for each path."""

from __future__ import annotations

import os
import time
from collections import Counter, deque
from collections.abc import Sequence
from typing import Literal

from huggingnersc_lab.workers.mounts import Hung
from huggingnersc_lab.workers.outcome import value_of
from huggingnersc_lab.workers.pool import WorkerPool
from huggingnersc_lab.workers.worker import Worker, exchange, order_of

Failure = Literal["no_name", "hung", "late", "lost", "no_time", "no_worker"]
"""Why there is no result: the name is invalid; its mount has not responded recently, or did not now; the worker died;
the time is over; no worker is available."""

CHUNK = 64
"""How many paths a worker gets at a time: their parent folders are checked once."""

_TRIES = 2


class Batch:
    """Runs a batch operation on some paths.

    Args:
        operation: the operation.
        arguments: its other arguments.
        paths: the paths, most urgent first.
        pool: provides the workers.
        hung: the paths to skip; new hanging ones are added.
        seconds: time limit per path.
        end: when to give up, by the monotonic clock.

    Attributes:
        waiting: paths not assigned yet.
        found: results by path.
        failed: reasons by path without a result.
    """

    def __init__(
        self,
        operation: str,
        arguments: Sequence[object],
        paths: Sequence[str],
        pool: WorkerPool,
        hung: Hung,
        *,
        seconds: float,
        end: float,
    ) -> None:
        self.waiting = deque(dict.fromkeys(paths))
        self.found: dict[str, object] = {}
        self.failed: dict[str, Failure] = {}
        self._operation = operation
        self._arguments = arguments
        self._pool = pool
        self._hung = hung
        self._seconds = seconds
        self._end = end
        self._busy: list[Worker] = []
        self._losses: Counter[str] = Counter()

    def run(self, count: int) -> None:
        """Process everything, with that many workers at once."""
        try:
            while count and time.monotonic() < self._end:
                self._hand_out(count)
                if not self._busy:
                    break
                for worker in exchange(self._busy, min(self._end, *map(self._deadline, self._busy))):
                    self._read(worker)
                self._give_up_on_late_ones()
        finally:
            for worker in self._busy:
                self._pool.kill(worker)
                self.waiting.extend(worker.pending)
        self.failed |= dict.fromkeys(self.waiting, "no_time")

    def _hand_out(self, count: int) -> None:
        """Assign work until all workers are busy."""
        while self.waiting and len(self._busy) < count:
            chunk = self._next_chunk()
            if not chunk:
                return
            worker = self._pool.get()
            if worker is None:
                self.failed |= dict.fromkeys(chunk, "no_worker")
            else:
                worker.order(order_of(self._operation, [chunk, *self._arguments], is_batch=True), chunk)
                self._busy.append(worker)

    def _next_chunk(self) -> list[str]:
        chunk: list[str] = []
        while self.waiting and len(chunk) < CHUNK:
            path = self.waiting.popleft()
            if path in self._hung:
                self.failed[path] = "hung"
            elif _is_encodable(path):
                chunk.append(path)
            else:
                self.failed[path] = "no_name"
        return chunk

    def _read(self, worker: Worker) -> None:
        try:
            for path, message in worker.answers():
                self.found[path] = value_of(message)
        except EOFError:
            self._lose(worker)
        else:
            if not worker.pending:
                self._busy.remove(worker)
                self._pool.keep(worker)

    def _lose(self, worker: Worker) -> None:
        """Handle a worker that died; its current path may be the reason."""
        path = worker.pending.popleft()
        self._losses[path] += 1
        if self._losses[path] < _TRIES:
            worker.pending.appendleft(path)
        else:
            self.failed[path] = "lost"
        self._replace(worker)

    def _give_up_on_late_ones(self) -> None:
        now = time.monotonic()
        for worker in [worker for worker in self._busy if now > self._deadline(worker)]:
            path = worker.pending.popleft()
            if worker.is_ready:
                self._hung.add(path, worker.step, worker.process)
            self.failed[path] = "late"
            self._replace(worker)

    def _replace(self, worker: Worker) -> None:
        """Assign its work to others."""
        self.waiting.extendleft(reversed(worker.pending))
        worker.pending.clear()
        self._busy.remove(worker)
        self._pool.kill(worker)

    def _deadline(self, worker: Worker) -> float:
        return worker.deadline(self._seconds)


def _is_encodable(path: str) -> bool:
    """Whether it is a valid file name: not with lone surrogates."""
    try:
        os.fsencode(path)
    except UnicodeEncodeError:
        return False
    return True
