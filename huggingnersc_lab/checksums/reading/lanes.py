"""Digests of what is read in pieces: each takes its pieces in order, whatever order they come in."""

from __future__ import annotations

import threading
from collections.abc import Callable
from queue import SimpleQueue

from huggingnersc_lab.checksums.algorithms import Hasher

Task = Callable[[], None]


class Block:
    """A buffer that was read, until all that need it have taken it in.

    Args:
        buffer: where it was read into.
        uses: how many take it in.
        on_free: called with the buffer after the last.
    """

    __slots__ = ("_lock", "_on_free", "_uses", "buffer")

    def __init__(self, buffer: memoryview, uses: int, on_free: Callable[[memoryview], None]) -> None:
        self.buffer = buffer
        self._uses = uses
        self._on_free = on_free
        self._lock = threading.Lock()

    def release(self) -> None:
        """One use less."""
        with self._lock:
            self._uses -= 1
            is_free = self._uses == 0
        if is_free:
            self._on_free(self.buffer)


class Lane:
    """One digest of bytes that come in several parts.

    Its parts are numbered from zero; one thread at a time takes in those that follow each other, others go elsewhere.

    Args:
        hasher: makes what computes it.
        total: bytes that it is of; at least one.
        tasks: where threads find their work.
        on_done: called once with the digest, or None where a part could not be read.
    """

    __slots__ = ("_done", "_hasher", "_is_running", "_lock", "_next", "_on_done", "_parts", "_tasks", "_total")

    def __init__(
        self,
        hasher: Callable[[], Hasher],
        total: int,
        tasks: SimpleQueue[Task | None],
        on_done: Callable[[bytes | None], None],
    ) -> None:
        self._hasher: Hasher | None = hasher()
        self._total = total
        self._tasks = tasks
        self._on_done = on_done
        self._lock = threading.Lock()
        self._parts: dict[int, tuple[Block, int, int, bool]] = {}
        self._next = 0
        self._done = 0
        self._is_running = False

    def offer(self, number: int, block: Block, low: int, high: int, *, is_read: bool) -> None:
        """Hand in a part.

        Args:
            number: its place among the parts.
            block: where it is; released when it was taken in.
            low: where it begins in the block.
            high: where it ends.
            is_read: whether it could be read.
        """
        with self._lock:
            self._parts[number] = (block, low, high, is_read)
            if self._is_running or self._next not in self._parts:
                return
            self._is_running = True
        self._tasks.put(self._run)

    def _run(self) -> None:
        while True:
            with self._lock:
                part = self._parts.pop(self._next, None)
                if part is None:
                    self._is_running = False
                    return
                self._next += 1
            block, low, high, is_read = part
            if not is_read:
                self._hasher = None
            elif self._hasher is not None:
                self._hasher.update(block.buffer[low:high])
            block.release()
            self._done += high - low
            if self._done == self._total:
                self._on_done(None if self._hasher is None else self._hasher.digest())
                return
