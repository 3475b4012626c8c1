"""One worker process, seen from the one that has work for it; :mod:`huggingnersc_lab.workers.child` is it."""

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
"""So long a worker may take until it is ready."""

_KEPT = ("LD_LIBRARY_PATH", "LANG", "LC_ALL", "LC_CTYPE")
"""What of the environment a worker gets: what Python itself may need, and no token."""

_READ_BYTES = 1 << 16


def command() -> list[str]:
    """Starts a worker: by our own Python, with none of the paths and variables that could bring in other modules."""
    child = Path(__file__).resolve().with_name("child.py")
    return [sys.executable, "-I", "-S", str(child), str(child.parents[2])]


class Worker:
    """A worker process, which is not ready at first.

    Attributes:
        process: the process.
        pending: the paths that it was given and has not answered for yet, in their order.
        is_ready: whether it has begun to serve.
        since: when it got its work or answered last, by the monotonic clock.
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
        """Whether a part of its order is still here."""
        return bool(self._unsent)

    def order(self, message: bytes, paths: Sequence[str]) -> None:
        """Give it work.

        Args:
            message: what it is to do; see :func:`order_of`.
            paths: what it answers for; one answer is awaited for each.
        """
        steps.clear(self._note.fileno())
        self.since = time.monotonic()
        self.pending.extend(paths)
        self._unsent = memoryview(message)
        self.send()

    def send(self) -> None:
        """Send what it takes of its order. To a worker that is gone nothing is sent: its output tells."""
        try:
            self._unsent = self._unsent[os.write(self.input, self._unsent) :]
        except BlockingIOError:
            pass
        except BrokenPipeError:
            self._unsent = memoryview(b"")

    def answers(self) -> Iterator[tuple[str, list[object]]]:
        """What it has answered since: the path, and the message that says what came of it.

        Raises:
            EOFError: it is gone.
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
        """The next answer.

        Args:
            seconds: to wait for it, once the worker is ready.

        Raises:
            EOFError: it is gone.
            TimeoutError: it has not answered.
        """
        while (until := self.deadline(seconds)) > time.monotonic():
            for _ in exchange([self], until):
                for _, message in self.answers():
                    return message
        raise TimeoutError

    def deadline(self, seconds: float) -> float:
        """Until when to wait for its next answer, which may take so many seconds once it is ready."""
        return self.since + (seconds if self.is_ready else START_SECONDS)

    @property
    def is_begun(self) -> bool:
        """Whether it has begun with its order."""
        return steps.is_begun(self._note.fileno())

    @property
    def step(self) -> str | None:
        """The path that it is at; None where it has left no word."""
        return steps.last_step(self._note.fileno())

    def kill(self) -> None:
        """End it without waiting: nothing ends a process that a file system holds."""
        self.process.kill()
        for stream in (self.process.stdin, self.process.stdout, self._note):
            if stream is not None:
                stream.close()


def order_of(operation: str, arguments: Sequence[object], *, is_batch: bool = False) -> bytes:
    """An order, ready to be sent.

    Args:
        operation: what a worker is to do; see :mod:`huggingnersc_lab.workers.registry`.
        arguments: what it is given for that.
        is_batch: whether the operation is one of a batch.

    Raises:
        ValueError: a text among them is no name that a file system can hold.
    """
    return pack(OPERATIONS[operation], is_batch, *arguments)


def exchange(workers: Sequence[Worker], until: float) -> list[Worker]:
    """Wait for answers of some workers, and send what is unsent meanwhile; those that have said something.

    Args:
        workers: whose.
        until: no longer than that, by the monotonic clock.
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
