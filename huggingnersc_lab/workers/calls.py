"""Calls to file systems that may hang, made by worker processes.

A call to a file system that does not respond cannot be aborted: it blocks its thread, and finally its process. So
workers make the calls. One that does not respond in time is killed and replaced, and everything on the same mount is
skipped for a minute, or until a probe shows that it responds again.
"""

from __future__ import annotations

import atexit
import time
from collections.abc import Sequence
from functools import cache

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.workers.batch import CHUNK, Batch
from huggingnersc_lab.workers.mounts import Hung
from huggingnersc_lab.workers.outcome import value_of
from huggingnersc_lab.workers.pool import AT_ONCE, FOR_CALLS, WorkerPool
from huggingnersc_lab.workers.recheck import Recheck
from huggingnersc_lab.workers.worker import Worker, order_of

SECONDS = 2.0
"""Time limit of a call, or of a batch's result for one path."""

WAIT_SECONDS = 8.0
"""How long a call waits for a worker, and time limit of a whole batch."""

HUNG_SECONDS = 60.0
"""How long a hanging mount is skipped."""


class UnansweredError(CatalogError):
    """The file system did not respond: ``storage``.

    Args:
        reason: why, a sentence.
        kept: a sentence about what was kept anyway.
    """

    def __init__(self, reason: str, kept: str = "Nothing was changed.") -> None:
        super().__init__("storage", f"{reason} {kept} Try again in a minute.")


class Workers:
    """Worker processes, which start with the first call. Thread-safe.

    Args:
        hung_seconds: how long a hanging mount is skipped.
    """

    def __init__(self, *, hung_seconds: float = HUNG_SECONDS) -> None:
        self.pool = WorkerPool()
        self.hung = Hung(hung_seconds)
        self.hung.on_hang = Recheck(self.hung, self._answers).begin

    def call(
        self,
        operation: str,
        *arguments: object,
        path: str,
        seconds: float = SECONDS,
        wait: float = WAIT_SECONDS,
        kept: str = "Nothing was changed.",
    ) -> object:
        """Call an operation.

        Args:
            operation: see :mod:`huggingnersc_lab.workers.registry`.
            *arguments: its arguments: JSON values and bytes.
            path: the path concerned, which is named in errors, and skipped if it hangs.
            seconds: its time limit.
            wait: how long to wait for a worker if all are busy.
            kept: a sentence about what was kept, if the operation has started but did not respond.

        Raises:
            UnansweredError: it did not respond in time, its mount has not responded recently, or no worker is free.
            OSError, ValueError, CatalogError: raised by the operation.
        """
        message = order_of(operation, arguments)
        self._require_answering(path)
        if not self.pool.reserve(1, wait):
            reason = f"'{path}' was not checked: {AT_ONCE} other file system calls are still waiting."
            raise UnansweredError(reason)
        try:
            self._require_answering(path)  # which may have changed in the meantime
            return value_of(self._answer(message, path, seconds, kept))
        finally:
            self.pool.release(1)

    def batch(
        self,
        operation: str,
        paths: Sequence[str],
        *arguments: object,
        seconds: float = SECONDS,
        budget: float = WAIT_SECONDS,
        at_once: int = AT_ONCE,
    ) -> Batch:
        """Run a batch operation on each path; paths that hang, or for which there is no time, are marked in the result.

        Args:
            operation: see :mod:`huggingnersc_lab.workers.registry`.
            paths: absolute paths, most urgent first.
            *arguments: other arguments of the operation.
            seconds: time limit per path.
            budget: seconds for all of them.
            at_once: maximum number of workers.
        """
        end = time.monotonic() + budget
        batch = Batch(operation, arguments, paths, self.pool, self.hung, seconds=seconds, end=end)
        wanted = min(at_once, -(-len(batch.waiting) // CHUNK))
        reserved = self.pool.reserve(wanted, budget, spare=FOR_CALLS) if wanted else 0
        try:
            batch.run(reserved)
        finally:
            self.pool.release(reserved)
        return batch

    def close(self) -> None:
        """Stop the processes, and forget what hung; the next call starts new ones."""
        self.hung.clear()
        self.pool.close()

    def _require_answering(self, path: str) -> None:
        if path in self.hung:
            raise UnansweredError(f"'{path}' has not responded recently: its file system may be down.")

    def _answers(self, path: str) -> bool:
        """Whether a hanging path responds again; also False if all workers are busy."""
        if not self.pool.reserve(1, 0, spare=FOR_CALLS):
            return False
        try:
            self._answer(order_of("look", [path]), path, SECONDS, "")
        except UnansweredError:
            return False
        finally:
            self.pool.release(1)
        return True

    def _answer(self, message: bytes, path: str, seconds: float, kept: str) -> Sequence[object]:
        while True:
            worker = self.pool.get()
            if worker is None:
                raise UnansweredError(f"'{path}' was not checked: no process could be started for it.")
            answer: Sequence[object] | None = None
            try:
                worker.order(message, [path])
                answer = worker.wait(seconds)
            except EOFError:
                if worker.is_begun or not worker.is_ready:  # otherwise it has just exited for lack of work
                    raise UnansweredError(f"The process checking '{path}' ended unexpectedly.", kept) from None
            except TimeoutError:
                raise self._late(worker, path, seconds, kept) from None
            finally:
                if answer is None:
                    self.pool.kill(worker)
            if answer is not None:
                self.pool.keep(worker)
                return answer

    def _late(self, worker: Worker, path: str, seconds: float, kept: str) -> UnansweredError:
        if not worker.is_ready:
            return UnansweredError(f"'{path}' was not checked: the process for it did not start in time.")
        self.hung.add(path, worker.step, worker.process)
        reason = f"'{path}' did not respond within {seconds:g} seconds: its file system may be down."
        return UnansweredError(reason, kept)


@cache
def workers() -> Workers:
    """The shared instance of this process."""
    shared = Workers()
    atexit.register(shared.close)
    return shared
