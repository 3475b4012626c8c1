"""A job's state, progress and outcome."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hints import Face, with_hints

JobState = Literal["queued", "held", "running", "succeeded", "failed", "cancelled"]
"""States of a job. docs/architecture.md maps them to those of PSI/J, the facility API and Slurm."""

ENDED: frozenset[str] = frozenset({"succeeded", "failed", "cancelled"})
"""Final states."""

OnEvent = Callable[[str, str, str], None]
"""Takes a step's name, its phase and a sentence for people."""


@dataclass(frozen=True)
class JobStep:
    """One step of a job.

    Attributes:
        name: the step; each kind has its own steps.
        phase: ``begin``, ``answered`` or ``done``.
        detail: a sentence for people.
        at: when, ISO 8601 in UTC.
    """

    name: str
    phase: str
    detail: str
    at: str


@dataclass(frozen=True)
class Progress:
    """The progress of a job.

    Attributes:
        fraction: from 0 to 1; None if unknown.
        text: the current activity, for people.
        bytes: bytes done.
        total_bytes: total number of bytes.
        bytes_per_second: rate over the last seconds.
    """

    fraction: float | None = None
    text: str = ""
    bytes: int | None = None
    total_bytes: int | None = None
    bytes_per_second: float | None = None

    def to_dict(self) -> dict[str, Any]:
        """As JSON, without unknown values."""
        return {key: value for key, value in vars(self).items() if value is not None}


@dataclass(frozen=True)
class Outcome:
    """How a job ended.

    Attributes:
        state: one of :data:`ENDED`.
        result: its result, which depends on the kind; None for nothing.
        error: why it failed, ``{code, detail, errors}``.
        kept: whether it left something that another job can finish or undo.
    """

    state: JobState
    result: Mapping[str, Any] | None = None
    error: Mapping[str, Any] | None = None
    kept: bool = False

    @classmethod
    def failed(cls, err: CatalogError, *, kept: bool = False) -> Outcome:
        """The outcome of an error."""
        return cls("failed", error=err.to_dict(), kept=kept)


@dataclass(frozen=True)
class Job:
    """A job in its current state.

    Attributes:
        id: 32 hexadecimal digits.
        kind: name of its kind, which may be unknown if a later version started the job.
        dataset: nickname of the dataset, ``name`` in JSON.
        state: ``queued`` until its process starts, ``held`` while the executor does not let it start.
        steps: its steps so far, in order.
        kept: whether it left something that another job can finish or undo.
        created_at: when it was started, ISO 8601 in UTC.
        updated_at: when it last changed.
        executor: name of the executor that runs it.
        progress: its progress; None if its process has not reported any.
        reason: why it is held or waits, as reported by the executor; otherwise empty.
        scheduler_id: its id in the scheduler that runs it; empty for a process on this machine.
        shown: those arguments that its kind displays.
        result: see :class:`Outcome`.
        error: see :class:`Outcome`.
    """

    id: str
    kind: str
    dataset: str
    state: JobState
    steps: tuple[JobStep, ...]
    kept: bool
    created_at: str
    updated_at: str
    executor: str = "local"
    progress: Progress | None = None
    reason: str = ""
    scheduler_id: str = ""
    shown: Mapping[str, Any] = field(default_factory=dict)
    result: Mapping[str, Any] | None = None
    error: Mapping[str, Any] | None = None

    @property
    def has_ended(self) -> bool:
        """Whether its state is final."""
        return self.state in ENDED

    def to_dict(self, face: Face = "panel") -> dict[str, Any]:
        """As JSON, worded for an interface: with the displayed arguments, without empty values."""
        data = {
            **self.shown,
            "id": self.id,
            "kind": self.kind,
            "name": self.dataset,
            "state": self.state,
            "steps": [vars(step) for step in self.steps],
            "kept": self.kept,
            "created_at": self.created_at,
            "updated_at": self.updated_at,
            "executor": self.executor,
            "progress": self.progress and self.progress.to_dict(),
            "reason": self.reason or None,
            "scheduler_id": self.scheduler_id or None,
            "result": self.result,
            "error": None if self.error is None else with_hints(self.error, face),
        }
        return {key: value for key, value in data.items() if value is not None}
