"""Inside a job's process: carry the order out, say how it goes, and stop when asked to."""

from __future__ import annotations

import signal
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.jobs.folder import HEARTBEAT_SECONDS, JobFolder
from huggingnersc_lab.jobs.model import Order, Outcome, Tell


class Stop:
    """The wish that this process stops, by SIGTERM or in the job's folder."""

    def __init__(self) -> None:
        self.is_wanted = False
        self._may_raise = False

    def install(self) -> None:
        """Take SIGTERM for the wish to stop. Only for the main thread."""
        signal.signal(signal.SIGTERM, self._take)

    def _take(self, _number: int, _frame: FrameType | None) -> None:
        self.is_wanted = True
        if self._may_raise:
            self.hold()  # once is enough: taking back must not be stopped, too
            raise KeyboardInterrupt

    @contextmanager
    def raising(self) -> Iterator[None]:
        """Within, the wish raises ``KeyboardInterrupt`` once; elsewhere it is only remembered."""
        self._may_raise = True
        try:
            if self.is_wanted:
                self.hold()
                raise KeyboardInterrupt
            yield
        finally:
            self.hold()

    def hold(self) -> None:
        """Raise no more: what goes on is completed."""
        self._may_raise = False


Work = Callable[[Order, Tell, Stop], Outcome]
"""Carries an order out."""


def run(folder: JobFolder, work: Work, tell: Tell = lambda *_: None) -> Outcome:
    """Be the job's process from the beginning to the end.

    Args:
        folder: the job.
        work: carries its order out.
        tell: told of every step, besides the folder.

    Raises:
        CatalogError: ``conflict`` when another process is at it or was; whatever else goes wrong is in the outcome.
    """
    stop = Stop()
    stop.install()
    order = folder.order
    folder.claim()
    folder.begin()
    ended = threading.Event()
    heart = threading.Thread(target=_beat, args=(folder, ended), name="heartbeat", daemon=True)
    heart.start()
    if folder.is_cancelled:
        stop.is_wanted = True

    def both(name: str, phase: str, detail: str) -> None:
        folder.note(name, phase, detail)
        tell(name, phase, detail)

    try:
        outcome = work(order, both, stop)
    except Exception as err:  # noqa: BLE001 - whatever it is, whoever waits has to be told
        traceback.print_exc()  # into the log
        detail = f"An error of this program: {type(err).__name__}: {err}. Its place stands in '{folder.log}'."
        outcome = Outcome.failed(CatalogError("unexpected", detail))
    ended.set()
    heart.join()
    folder.end(outcome)
    return outcome


def _beat(folder: JobFolder, ended: threading.Event) -> None:
    """Show that the process is there, and look for a wish to stop from a machine that cannot send it signals."""
    told = False
    while not ended.wait(HEARTBEAT_SECONDS):
        folder.beat()
        if folder.is_cancelled and not told:
            told = True
            # To the main thread: one that waits for the Hub has to be woken.
            signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGTERM)
