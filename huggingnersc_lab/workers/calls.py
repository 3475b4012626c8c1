"""Asking file systems that may never answer: by worker processes, which hang in our stead.

A call to a file system that does not answer cannot be given up: it takes its thread, and at last its process, with it.
So workers make the calls. One that does not answer in time is killed and replaced, and whatever is on the same mount is
left alone for a minute, or until a try shows that it answers again.
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
"""So long a call, or a batch's answer for one path, may take."""

WAIT_SECONDS = 8.0
"""So long a call waits for a worker, and a batch may take as a whole."""

HUNG_SECONDS = 60.0
"""So long what hung is left alone."""


class UnansweredError(CatalogError):
    """Nobody knows what the file system would say: ``storage``.

    Args:
        reason: why, a sentence.
        kept: a sentence on what is kept all the same.
    """

    def __init__(self, reason: str, kept: str = "Nothing was changed.") -> None:
        super().__init__("storage", f"{reason} {kept} Try again in a minute.")


class Workers:
    """Worker processes, which start with the first call. May be used from any thread.

    Args:
        hung_seconds: so long what hung is left alone.
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
        """What an operation returns.

        Args:
            operation: see :mod:`huggingnersc_lab.workers.registry`.
            *arguments: what it is given: values that JSON can hold, and bytes.
            path: the path that it is about, which is named, and left alone, when it hangs.
            seconds: its time limit.
            wait: so long to wait for a worker while others use them all.
            kept: a sentence on what is kept where the operation was begun, and has not answered.

        Raises:
            UnansweredError: it did not answer in time, nothing on that mount has lately, or no worker can be had.
            OSError, ValueError, CatalogError: as the operation raises them.
        """
        message = order_of(operation, arguments)
        self._require_answering(path)
        if not self.pool.reserve(1, wait):
            reason = f"'{path}' was not looked at: {AT_ONCE} other calls to file systems have not been answered yet."
            raise UnansweredError(reason)
        try:
            self._require_answering(path)  # which may have been found out meanwhile
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
        """What a batch operation says of each path; what hangs, or nobody has time for, is told in the answer.

        Args:
            operation: see :mod:`huggingnersc_lab.workers.registry`.
            paths: absolute paths, the most urgent ones first.
            *arguments: what the operation is given besides.
            seconds: time limit of one path.
            budget: seconds for all of them.
            at_once: so many workers at once, at most.
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
        """End the processes, and forget what hung; the next call starts others."""
        self.hung.clear()
        self.pool.close()

    def _require_answering(self, path: str) -> None:
        if path in self.hung:
            raise UnansweredError(f"'{path}' has not answered lately: its file system may be down.")

    def _answers(self, path: str) -> bool:
        """Whether a path that hung answers; False, too, while others need all workers."""
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
                raise UnansweredError(f"'{path}' was not looked at: no process could be started for it.")
            answer: Sequence[object] | None = None
            try:
                worker.order(message, [path])
                answer = worker.wait(seconds)
            except EOFError:
                if worker.is_begun or not worker.is_ready:  # else it ended for lack of work just now
                    raise UnansweredError(f"The process that looked at '{path}' has ended.", kept) from None
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
            return UnansweredError(f"'{path}' was not looked at: the process for it did not start in time.")
        self.hung.add(path, worker.step, worker.process)
        return UnansweredError(f"'{path}' has not answered for {seconds:g} seconds: its file system may be down.", kept)


@cache
def workers() -> Workers:
    """Those of this process."""
    shared = Workers()
    atexit.register(shared.close)
    return shared
