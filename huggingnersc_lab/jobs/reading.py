"""Reads and validates a job's files: a crash, a later version or an editor may have left something else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar, cast, get_args

from huggingnersc_lab.errors import CatalogError, ErrorCode, FieldError
from huggingnersc_lab.jobs.arguments import fitting, read_arguments
from huggingnersc_lab.jobs.job import JobState, JobStep, Outcome, Progress
from huggingnersc_lab.processes import Process

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

A = TypeVar("A", bound="DataclassInstance")

_MOST_DIGITS = 20

PHASES = ("begin", "answered", "done")
"""The allowed phases of a step."""


def read_outcome(data: Mapping[str, Any]) -> Outcome:
    """The state of a job; ``queued`` if there is none."""
    state = _state(data.get("state", "queued"))
    result, error = data.get("result"), data.get("error")
    return Outcome(
        state,
        result=result if isinstance(result, Mapping) else None,
        error=_error(error) if error is not None or state == "failed" else None,
        kept=data.get("kept") is True,
    )


def read_step(data: Any) -> JobStep | None:
    """A step; None for anything else."""
    step = _read(JobStep, data)
    return step if step is not None and step.phase in PHASES else None


def read_progress(data: Mapping[str, Any]) -> Progress | None:
    """The progress of a job; None if there is none."""
    progress = Progress(**fitting(Progress, data))
    if progress.fraction is not None and not 0 <= progress.fraction <= 1:
        progress = replace(progress, fraction=None)
    return None if progress == Progress() else progress


def read_process(data: Any) -> Process | None:
    """A process; None for anything else."""
    process = _read(Process, data)
    # As a target of a signal, a number below stands for many processes, or for the first.
    return process if process is not None and process.pid > 1 else None


def read_scheduler_ids(data: Mapping[str, Any]) -> tuple[str, ...]:
    """A scheduler's ids; only numbers are accepted, because they become arguments of its commands."""
    ids = data.get("ids")
    texts = [item for item in ids if isinstance(item, str)] if isinstance(ids, list) else []
    return tuple(item for item in texts if item.isascii() and item.isdecimal() and len(item) <= _MOST_DIGITS)


def _read(form: type[A], data: Any) -> A | None:
    if not isinstance(data, Mapping):
        return None
    try:
        return read_arguments(form, fitting(form, data))
    except CatalogError:  # something is missing
        return None


def _state(word: Any) -> JobState:
    """A state; ``running`` for one that only a later version knows, since it is not final."""
    return cast("JobState", word) if word in get_args(JobState) else "running"


def _error(data: Any) -> dict[str, Any]:
    """Why a job failed, as written by :meth:`CatalogError.to_dict`."""
    if not isinstance(data, Mapping) or not isinstance(data.get("detail"), str):
        detail = "Its files do not say why it failed. Check its log and the state of the dataset."
        return CatalogError("unexpected", detail).to_dict()
    errors, hints = data.get("errors"), data.get("hints")
    found = {
        "code": data.get("code") if data.get("code") in get_args(ErrorCode) else "unexpected",
        "detail": data["detail"],
        "errors": [finding.to_dict() for item in _objects(errors) if (finding := _read(FieldError, item))],
    }
    kept = [{"key": item["key"], "name": str(item.get("name", ""))} for item in _objects(hints) if "key" in item]
    return found | ({"hints": kept} if kept else {})


def _objects(items: Any) -> list[Mapping[str, Any]]:
    return [item for item in items if isinstance(item, Mapping)] if isinstance(items, list) else []
