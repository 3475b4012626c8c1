"""The workers there are: none before there is work, and none waited for that a file system holds."""

from __future__ import annotations

import os
import threading
import time
from subprocess import Popen, TimeoutExpired

from huggingnersc_lab.workers.worker import Worker

AT_ONCE = 4
"""So many work at once."""

FOR_CALLS = 1
"""So many of them are left to single calls, which people wait for, while batches go on."""

MOST_HELD = 9
"""Of so many that were killed and have not ended, one has to end before another is started."""

_END_SECONDS = 3.0


class WorkerPool:
    """Starts, keeps and ends workers. May be used from any thread."""

    def __init__(self) -> None:
        self._change = threading.Condition()
        self._taken = 0
        self._idle: list[Worker] = []
        self._killed: list[Popen[bytes]] = []
        self._person = _person()

    def reserve(self, wanted: int, seconds: float, *, spare: int = 0) -> int:
        """How many one may use.

        Args:
            wanted: so many at most.
            seconds: how long to wait for the first one.
            spare: how many are left to others.

        Returns:
            Their number; 0 when others have had them all the time.
        """
        with self._change:
            self._change.wait_for(lambda: self._taken < AT_ONCE - spare, seconds)
            reserved = max(0, min(wanted, AT_ONCE - spare - self._taken))
            self._taken += reserved
            return reserved

    def release(self, reserved: int) -> None:
        """Let others use them."""
        with self._change:
            self._taken -= reserved
            self._change.notify_all()

    def get(self) -> Worker | None:
        """A worker without work; None where file systems hold too many, or none can be started."""
        with self._change:
            if self._person != _person():  # after a fork, or as somebody else, these are not ours
                self._person, self._idle = _person(), []
            while self._idle:
                worker = self._idle.pop()
                if worker.process.poll() is None:
                    return worker
                worker.kill()
            self._killed = [process for process in self._killed if process.poll() is None]
            if len(self._killed) >= MOST_HELD:
                return None
        try:
            return Worker()
        except OSError:
            return None

    def keep(self, worker: Worker) -> None:
        """Take one back that has done its work."""
        with self._change:
            self._idle.append(worker)

    def kill(self, worker: Worker) -> None:
        """End one, and leave it to itself if it does not."""
        worker.kill()
        with self._change:
            self._killed.append(worker.process)

    def close(self) -> None:
        """End all that are without work, and wait a moment for those that were killed."""
        with self._change:
            idle, self._idle = self._idle, []
        for worker in idle:
            self.kill(worker)
        end = time.monotonic() + _END_SECONDS
        for process in self._killed:
            try:
                process.wait(max(0.0, end - time.monotonic()))
            except TimeoutExpired:  # a file system holds it
                continue


def _person() -> tuple[int, int, int]:
    return os.getpid(), os.geteuid(), os.getegid()
