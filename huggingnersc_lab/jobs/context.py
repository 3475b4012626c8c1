"""What a job kind uses inside a job's process."""

from __future__ import annotations

import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING, Generic, TypeVar

from huggingnersc_lab.jobs.folder import JobFolder
from huggingnersc_lab.jobs.job import OnEvent, Progress
from huggingnersc_lab.jobs.parts import PartFolder

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

A_co = TypeVar("A_co", bound="DataclassInstance", covariant=True)

SECONDS_BETWEEN_REPORTS = 0.25
"""Minimum time between two writes of the progress."""

RATE_SECONDS = 10.0
"""Period over which the rate is computed, in seconds."""


class Stop:
    """A request to stop this process, by SIGTERM or in the job's folder."""

    def __init__(self) -> None:
        self.is_wanted = False
        self._may_raise = False

    def install(self) -> None:
        """Treat SIGTERM as a request to stop. Only for the main thread."""
        signal.signal(signal.SIGTERM, self._take)

    def _take(self, _number: int, _frame: FrameType | None) -> None:
        self.is_wanted = True
        if self._may_raise:
            self.hold()  # interrupt only once, so that the rollback is not interrupted as well
            raise KeyboardInterrupt

    @contextmanager
    def raising(self) -> Iterator[None]:
        """Within, the request raises ``KeyboardInterrupt`` once; elsewhere it is only recorded."""
        self._may_raise = True
        try:
            if self.is_wanted:
                self.hold()
                raise KeyboardInterrupt
            yield
        finally:
            self.hold()

    def hold(self) -> None:
        """Do not raise any more: the remaining work is completed."""
        self._may_raise = False


class JobContext(Generic[A_co]):
    """A running job.

    Args:
        folder: the job's folder, where a kind can store its own files.
        arguments: the spec's arguments, validated.
        steps: names of the steps declared by its kind, in order.
        on_event: also called with every step.
        stop: the request to stop.

    Attributes:
        folder: see above.
        arguments: see above.
        dataset: nickname of the dataset.
    """

    def __init__(
        self,
        folder: JobFolder,
        arguments: A_co,
        *,
        steps: tuple[str, ...] = (),
        on_event: OnEvent = lambda *_: None,
        stop: Stop | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.folder = folder
        self.arguments = arguments
        self.dataset = folder.spec.dataset
        self._steps = steps
        self._on_event = on_event
        self._stop = stop or Stop()
        self._clock = clock
        self._written_at = float("-inf")
        self._unwritten: Progress | None = None
        self._writing = threading.Lock()
        self._bytes_at: deque[tuple[float, int]] = deque()

    @property
    def parts(self) -> int:
        """Number of parts of the job."""
        return self.folder.spec.parts

    def for_part(self, index: int) -> JobContext[A_co]:
        """The context of the part with this number, in this process."""
        part = PartFolder(self.folder, index)
        return JobContext(part, self.arguments, stop=self._stop, clock=self._clock)

    def step(self, name: str, phase: str, detail: str) -> None:
        """Report a step; finishing a declared one advances the progress.

        Args:
            name: the step.
            phase: ``begin``, ``answered`` or ``done``.
            detail: a sentence for people.
        """
        self.folder.add_step(name, phase, detail)
        if name in self._steps and phase != "answered":
            place = self._steps.index(name) + (phase == "done")
            self.progress(place / len(self._steps), detail)
            self.write_progress()
        self._on_event(name, phase, detail)

    def progress(
        self,
        fraction: float | None = None,
        text: str = "",
        *,
        bytes_done: int | None = None,
        total_bytes: int | None = None,
    ) -> None:
        """Report the progress. Cheap: call it as often as you like.

        Args:
            fraction: from 0 to 1; computed from the bytes if omitted, None if unknown.
            text: the current activity, for people.
            bytes_done: bytes done so far.
            total_bytes: total number of bytes.
        """
        if fraction is None and bytes_done is not None and total_bytes:
            fraction = bytes_done / total_bytes
        self._unwritten = Progress(
            fraction=None if fraction is None else min(max(fraction, 0.0), 1.0),
            text=text,
            bytes=bytes_done,
            total_bytes=total_bytes,
            bytes_per_second=None if bytes_done is None else self._rate(bytes_done),
        )
        if self._clock() - self._written_at >= SECONDS_BETWEEN_REPORTS:
            self.write_progress()

    def write_progress(self) -> None:
        """Write the latest progress, if it has not been written yet; also called by the heartbeat."""
        with self._writing:
            progress, self._unwritten = self._unwritten, None
            if progress is not None:
                self._written_at = self._clock()
                self.folder.report(progress)

    def ignore_cancel(self) -> None:
        """From here on, ignore cancelling: the work is effectively done, or must not stop half-way."""
        self._stop.hold()

    def _rate(self, bytes_done: int) -> float | None:
        """Bytes per second over the last seconds."""
        now = self._clock()
        if self._bytes_at and bytes_done < self._bytes_at[-1][1]:  # it now counts something else
            self._bytes_at.clear()
        self._bytes_at.append((now, bytes_done))
        while len(self._bytes_at) > 2 and now - self._bytes_at[0][0] > RATE_SECONDS:  # noqa: PLR2004 - it needs two
            self._bytes_at.popleft()
        began, before = self._bytes_at[0]
        return (bytes_done - before) / (now - began) if now > began else None
