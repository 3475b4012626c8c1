"""Runs inside a job's process: does the work of its kind, reports its state, and stops on request."""

from __future__ import annotations

import signal
import threading
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.jobs.context import JobContext, Stop
from huggingnersc_lab.jobs.folder import HEARTBEAT_SECONDS, JobFolder
from huggingnersc_lab.jobs.job import OnEvent, Outcome
from huggingnersc_lab.jobs.kinds import JobKind, Kinds
from huggingnersc_lab.jobs.parts import PartFolder, results_of
from huggingnersc_lab.jobs.split import SplitKind

Work = Callable[[JobContext[Any]], Mapping[str, Any] | None]
"""A process's share of its job."""


def run(
    folder: JobFolder,
    kinds: Kinds[Any],
    on_event: OnEvent = lambda *_: None,
    *,
    part: int | None = None,
    merge: bool = False,
) -> Outcome:
    """Run the job from start to end.

    Args:
        folder: the job.
        kinds: the known kinds.
        on_event: also called with every step.
        part: run only the part with this number, of a split job.
        merge: only merge the results of a split job's parts.

    Raises:
        CatalogError: ``not_found`` if there is no such part; ``conflict`` if another process runs or ran it; all other
            errors are in the outcome.
    """
    stop = Stop()
    stop.install()
    spec = folder.spec
    if part is not None:
        folder = PartFolder(folder, part)
    folder.claim()
    folder.begin()
    try:
        kind = _kind_of(kinds, spec.kind)
        work = _work_of(kind, part, merge=merge)
        context = JobContext(folder, kind.read_arguments(spec), steps=kind.steps, on_event=on_event, stop=stop)
    except CatalogError as err:
        outcome = Outcome.failed(err)
    else:
        with _heartbeat(context):
            stop.is_wanted = stop.is_wanted or folder.is_cancelled
            outcome = _guarded(kind, work, context, stop)
    # A scheduler stops jobs for its own reasons, such as a time limit or preemption, and reports them afterwards.
    is_for_scheduler = outcome == Outcome("cancelled") and spec.executor != "local" and not folder.is_cancelled
    if not is_for_scheduler:
        folder.end(outcome)
    return outcome


def _kind_of(kinds: Kinds[Any], name: str) -> JobKind[Any]:
    kind: JobKind[Any] | None = kinds.find(name)
    if kind is None:
        detail = f"This version does not know the job kind '{name}': update huggingnersc_lab. Nothing was done."
        raise CatalogError("invalid_record", detail)
    return kind


def _work_of(kind: JobKind[Any], part: int | None, *, merge: bool) -> Work:
    if part is None and not merge:
        return kind.run
    if not isinstance(kind, SplitKind):
        detail = f"A '{kind.name}' job has no parts. Nothing was started: run the whole job."
        raise CatalogError("invalid_record", detail)
    if part is not None:
        return lambda context: kind.run_part(context, part)
    return lambda context: kind.merge(context, results_of(context.folder))


def _guarded(kind: JobKind[Any], work: Work, context: JobContext[Any], stop: Stop) -> Outcome:
    """The outcome of the work, including any exception."""
    try:
        return _carry_out(kind, work, context, stop)
    except Exception as err:  # noqa: BLE001 - whatever it is, whoever waits has to be told
        traceback.print_exc()  # into the log
        log = context.folder.log
        detail = f"Internal error: {type(err).__name__}: {err}. The log '{log}' has the traceback."
        return Outcome.failed(CatalogError("unexpected", detail), kept=_keeps(kind, context))


def _carry_out(kind: JobKind[Any], work: Work, context: JobContext[Any], stop: Stop) -> Outcome:
    try:
        with stop.raising():
            return Outcome("succeeded", result=work(context))
    except CatalogError as err:
        return Outcome.failed(err, kept=_keeps(kind, context))
    except KeyboardInterrupt:
        pass
    if kind.undoes_on_cancel:
        try:
            kind.take_back(context)
        except CatalogError as err:
            return Outcome("cancelled", error=err.to_dict(), kept=True)
    return Outcome("cancelled", kept=_keeps(kind, context))


def _keeps(kind: JobKind[Any], context: JobContext[Any]) -> bool:
    try:
        return kind.keeps(context)
    except Exception:  # noqa: BLE001 - it cannot be seen; what went wrong before is what counts
        return False


@contextmanager
def _heartbeat(context: JobContext[Any]) -> Iterator[None]:
    """Within, send heartbeats, and poll for a request to stop, which may come without a signal."""
    ended = threading.Event()
    heart = threading.Thread(target=_beat, args=(context, ended), name="heartbeat", daemon=True)
    heart.start()
    try:
        yield
    finally:
        ended.set()
        heart.join()
        context.write_progress()


def _beat(context: JobContext[Any], ended: threading.Event) -> None:
    folder, told = context.folder, False
    while not ended.wait(HEARTBEAT_SECONDS):
        folder.beat()
        context.write_progress()
        if folder.is_cancelled and not told:
            told = True
            # To the main thread: if it is waiting for a response, it must be woken.
            signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGTERM)
