"""The parent's side of a worker process; :mod:`huggingnersc_lab.workers.child` is its main module."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path

from huggingnersc_lab.workers import steps
from huggingnersc_lab.workers.registry import OPERATIONS
from huggingnersc_lab.workers.wire import Inbox, pack

START_SECONDS = 15.0
"""Timeout for starting a worker."""

_KEPT = ("LD_LIBRARY_PATH", "LANG", "LC_ALL", "LC_CTYPE")
"""Environment variables of a worker: those that Python itself may need, and no token."""

_READ_BYTES = 1 << 16


def command() -> list[str]:
    """The command that starts a worker with our own Python, without paths and variables that could add modules."""
    child = Path(__file__).resolve().with_name("child.py")
    return [sys.executable, "-I", "-S", str(child), str(child.parents[2])]


class Worker:
    """A worker process, which is not ready at first.

    Attributes:
        process: the process.
        pending: the assigned paths without a result yet, in order.
        is_ready: whether it has started to serve.
        since: when it got its work or last responded, by the monotonic clock.
    """

    def __init__(self) -> None:
        self._note = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the process
        try:
            self.process = self._start()
        except OSError:
            self._note.close()
            raise
        assert self.process.stdin is not None  # noqa: S101 - both are pipes
        assert self.process.stdout is not None  # noqa: S101
        self.input, self.output = self.process.stdin.fileno(), self.process.stdout.fileno()
        os.set_blocking(self.input, False)
        os.set_blocking(self.output, False)
        self.pending: deque[str] = deque()
        self.is_ready = False
        self.since = 0.0
        self._unsent = memoryview(b"")
        self._inbox = Inbox()

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._note,
            cwd="/",
            env={name: os.environ[name] for name in _KEPT if name in os.environ},
            start_new_session=True,  # Ctrl-C is for the server
            bufsize=0,
        )

    @property
    def has_unsent(self) -> bool:
        """Whether a part of its request is not sent yet."""
        return bool(self._unsent)

    def order(self, message: bytes, paths: Sequence[str]) -> None:
        """Assign work.

        Args:
            message: the request; see :func:`order_of`.
            paths: the paths for which one result each is expected.
        """
        steps.clear(self._note.fileno())
        self.since = time.monotonic()
        self.pending.extend(paths)
        self._unsent = memoryview(message)
        self.send()

    def send(self) -> None:
        """Send as much of its request as possible. Nothing is sent to a dead worker: its output shows that."""
        try:
            self._unsent = self._unsent[os.write(self.input, self._unsent) :]
        except BlockingIOError:
            pass
        except BrokenPipeError:
            self._unsent = memoryview(b"")

    def answers(self) -> Iterator[tuple[str, list[object]]]:
        """Its new results: the path, and the message with the outcome.

        Raises:
            EOFError: it died.
        """
        try:
            read = os.read(self.output, _READ_BYTES)
        except BlockingIOError:
            return
        if not read:
            raise EOFError
        self.since = time.monotonic()
        for message in self._inbox.add(read):
            if message:
                yield self.pending.popleft(), message
            else:
                self.is_ready = True

    def wait(self, seconds: float) -> list[object]:
        """The next result.

        Args:
            seconds: how long to wait for it, once the worker is ready.

        Raises:
            EOFError: it died.
            TimeoutError: it has not responded.
        """
        while (until := self.deadline(seconds)) > time.monotonic():
            for _ in exchange([self], until):
                for _, message in self.answers():
                    return message
        raise TimeoutError

    def deadline(self, seconds: float) -> float:
        """When to stop waiting for its next result, which may take that many seconds once it is ready."""
        return self.since + (seconds if self.is_ready else START_SECONDS)

    @property
    def is_begun(self) -> bool:
        """Whether it has started on its request."""
        return steps.is_begun(self._note.fileno())

    @property
    def step(self) -> str | None:
        """Its current path; None if it has noted none."""
        return steps.last_step(self._note.fileno())

    def kill(self) -> None:
        """Kill it without waiting: a process stuck in a file system cannot be killed."""
        self.process.kill()
        for stream in (self.process.stdin, self.process.stdout, self._note):
            if stream is not None:
                stream.close()


def order_of(operation: str, arguments: Sequence[object], *, is_batch: bool = False) -> bytes:
    """An encoded request.

    Args:
        operation: the operation; see :mod:`huggingnersc_lab.workers.registry`.
        arguments: its arguments.
        is_batch: whether it is a batch operation.

    Raises:
        ValueError: a string among them is not a valid file name.
    """
    return pack(OPERATIONS[operation], is_batch, *arguments)


def exchange(workers: Sequence[Worker], until: float) -> list[Worker]:
    """Wait for results of some workers, sending unsent data meanwhile; return those with results.

    Args:
        workers: the workers.
        until: maximum time, by the monotonic clock.
    """
    poll = select.poll()
    for worker in workers:
        poll.register(worker.output, select.POLLIN)
        if worker.has_unsent:
            poll.register(worker.input, select.POLLOUT)
    ready = {descriptor for descriptor, _ in poll.poll(max(0.0, 1000 * (until - time.monotonic())))}
    for worker in workers:
        if worker.input in ready:
            worker.send()
    return [worker for worker in workers if worker.output in ready]
