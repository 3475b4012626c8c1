"""What a job is: where it stands, how far it is, and how it ended."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hints import Face, with_hints

JobState = Literal["queued", "held", "running", "succeeded", "failed", "cancelled"]
"""States of a job. docs/architecture.md maps them to the words of PSI/J, the facility API and Slurm."""

ENDED: frozenset[str] = frozenset({"succeeded", "failed", "cancelled"})
"""States that a job does not leave."""

OnEvent = Callable[[str, str, str], None]
"""Takes a step's name, its phase and a sentence for people."""


@dataclass(frozen=True)
class JobStep:
    """One step of a job.

    Attributes:
        name: which step; the kind decides what steps there are.
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
    """How far a job is.

    Attributes:
        fraction: from 0 to 1; None where that is not known.
        text: what is being done, for people.
        bytes: bytes done.
        total_bytes: bytes there are.
        bytes_per_second: how fast it was over the last seconds.
    """

    fraction: float | None = None
    text: str = ""
    bytes: int | None = None
    total_bytes: int | None = None
    bytes_per_second: float | None = None

    def to_dict(self) -> dict[str, Any]:
        """As JSON, without what is not known."""
        return {key: value for key, value in vars(self).items() if value is not None}


@dataclass(frozen=True)
class Outcome:
    """How a job ended.

    Attributes:
        state: one of :data:`ENDED`.
        result: what it made, as its kind tells it; None for nothing.
        error: why it failed, ``{code, detail, errors}``.
        kept: whether it left something that another job can finish or take back.
    """

    state: JobState
    result: Mapping[str, Any] | None = None
    error: Mapping[str, Any] | None = None
    kept: bool = False

    @classmethod
    def failed(cls, err: CatalogError, *, kept: bool = False) -> Outcome:
        """The end by an error."""
        return cls("failed", error=err.to_dict(), kept=kept)


@dataclass(frozen=True)
class Job:
    """A job as it stands.

    Attributes:
        id: 32 hexadecimal digits.
        kind: name of its kind; one of a later version may be unknown here.
        dataset: nickname of the dataset, ``name`` in JSON.
        state: ``queued`` until its process works, ``held`` while the executor does not let it begin.
        steps: what it did, in order.
        kept: whether it left something that another job can finish or take back.
        created_at: when it was started, ISO 8601 in UTC.
        updated_at: when it changed last.
        executor: name of the executor that runs it.
        progress: how far it is; None where its process has not said.
        reason: why it is held or waits, in the executor's words; empty where there is nothing to say.
        scheduler_id: what the scheduler that runs it calls it; empty for a process of this machine.
        shown: those of its arguments that its kind shows to everybody.
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
        """Whether it will not change any more."""
        return self.state in ENDED

    def to_dict(self, face: Face = "panel") -> dict[str, Any]:
        """As JSON, in the words of a face: the shown arguments beside the rest, what there is none of left out."""
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
