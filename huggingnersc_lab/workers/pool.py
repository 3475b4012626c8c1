"""The pool of workers: started when needed; stuck ones are not waited for."""

from __future__ import annotations

import os
import threading
import time
from subprocess import Popen, TimeoutExpired

from huggingnersc_lab.workers.worker import Worker

AT_ONCE = 4
"""Maximum number of busy workers."""

FOR_CALLS = 1
"""How many of them are reserved for single calls, which users wait for, during batches."""

MOST_HELD = 9
"""How many killed workers may be stuck before no more are started."""

_END_SECONDS = 3.0


class WorkerPool:
    """Starts, keeps and stops workers. Thread-safe."""

    def __init__(self) -> None:
        self._change = threading.Condition()
        self._taken = 0
        self._idle: list[Worker] = []
        self._killed: list[Popen[bytes]] = []
        self._person = _person()

    def reserve(self, wanted: int, seconds: float, *, spare: int = 0) -> int:
        """Reserve workers.

        Args:
            wanted: maximum number.
            seconds: how long to wait for the first one.
            spare: how many to leave for others.

        Returns:
            The number reserved; 0 if all were in use the whole time.
        """
        with self._change:
            self._change.wait_for(lambda: self._taken < AT_ONCE - spare, seconds)
            reserved = max(0, min(wanted, AT_ONCE - spare - self._taken))
            self._taken += reserved
            return reserved

    def release(self, reserved: int) -> None:
        """Release a reservation."""
        with self._change:
            self._taken -= reserved
            self._change.notify_all()

    def get(self) -> Worker | None:
        """An idle worker; None if too many are stuck, or none can be started."""
        with self._change:
            if self._person != _person():  # after a fork or a change of user, these are not ours
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
        """Take back a worker that has finished its work."""
        with self._change:
            self._idle.append(worker)

    def kill(self, worker: Worker) -> None:
        """Kill a worker, without waiting if it is stuck."""
        worker.kill()
        with self._change:
            self._killed.append(worker.process)

    def close(self) -> None:
        """Stop all idle workers, and wait a moment for killed ones."""
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
