"""The progress of a job as one terminal line."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from huggingnersc_lab.jobs import Job, Progress

_BAR = 20
_UNITS = ("B", "kB", "MB", "GB", "TB", "PB")
_THOUSAND = 1000
_MINUTE = 60
_HOUR = 3600


def progress_line(job: Job) -> str:
    """The current step of a job; if known, with a progress bar, the amount done and the time left."""
    if job.state == "queued":
        return "Waiting to start"
    if job.state == "held":
        return f"Held: {job.reason or 'the executor is holding it'}"
    if job.progress is None:
        return job.steps[-1].detail if job.steps else "At work"
    return line_of(job.progress)


def line_of(progress: Progress) -> str:
    """A bar, what is being done, how much of it, and how long it will take."""
    parts = [progress.text, _amount(progress), _time_left(progress)]
    line = ", ".join(part for part in parts if part)
    if progress.fraction is None:
        return line or "At work"
    done = int(progress.fraction * _BAR)
    return f"[{'#' * done}{'.' * (_BAR - done)}] {int(progress.fraction * 100):3d} %  {line}".rstrip()


def byte_count(count: float) -> str:
    """A number of bytes with about three digits: ``1.2 GB``."""
    unit = 0
    while count >= _THOUSAND and unit < len(_UNITS) - 1:
        count /= _THOUSAND
        unit += 1
    return f"{count:.1f} {_UNITS[unit]}" if unit else f"{int(count)} B"


def duration(seconds: float) -> str:
    """A duration in words: ``3 min``."""
    if seconds < _MINUTE:
        return f"{max(1, round(seconds))} s"
    if seconds < _HOUR:
        return f"{round(seconds / _MINUTE)} min"
    return f"{int(seconds // _HOUR)} h {round(seconds % _HOUR / _MINUTE)} min"


def _amount(progress: Progress) -> str:
    if progress.bytes is None:
        return ""
    amount = byte_count(progress.bytes)
    if progress.total_bytes is not None:
        amount += f" of {byte_count(progress.total_bytes)}"
    if progress.bytes_per_second:
        amount += f" at {byte_count(progress.bytes_per_second)}/s"
    return amount


def _time_left(progress: Progress) -> str:
    if progress.bytes is None or progress.total_bytes is None or not progress.bytes_per_second:
        return ""
    return f"{duration((progress.total_bytes - progress.bytes) / progress.bytes_per_second)} left"
