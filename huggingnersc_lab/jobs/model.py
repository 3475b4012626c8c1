"""What a job is: the order that began it, where it stands, and how it ended."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hints import Face, with_hints
from huggingnersc_lab.record.scripts import Script

JobKind = Literal["publish", "update", "retire", "resume", "undo"]
JobState = Literal["queued", "running", "succeeded", "failed", "cancelled"]

ENDED: frozenset[JobState] = frozenset({"succeeded", "failed", "cancelled"})
"""States that a job does not leave."""

Tell = Callable[[str, str, str], None]
"""Takes a step's name, its phase and a sentence for people."""


@dataclass(frozen=True)
class Order:
    """What is to be done, with copies of everything needed, so that nothing edited later changes it. Holds no token.

    Attributes:
        kind: the verb.
        name: nickname of the dataset.
        site: shipped site's name or path of a site file; with the next three it opens the catalog that the order was
            given for. What is None is left to the environment, as for the command line.
        catalog_root: folder of the catalog.
        hub_url: address of the Hub.
        organization: organization on the Hub.
        values: members of the record (publish, update). In an update those that are absent are taken away, except for
            the scripts, which go when they are null.
        loader: the loader script; in an update None leaves the one there is.
        batch_script: the batch script, likewise.
        private: whether only members of the organization see the repository; None for public, or, in an update, as
            it is.
        create_pr: whether to propose it as a pull request.
        adopting: the repository that becomes the entry's; None for one that is to be made (publish).
        from_hub: whether the repository goes, too (retire).
        take_over: the etag of somebody else's unfinished publication that a person said yes to (resume, undo).
        confirmed: full name of the repository that a person says is meant, although it does not name the entry.
        etag: the entry's etag that an update was made from, to be told of a change in between.
        draft_id: the draft it came from, deleted on success unless it was edited since.
        draft_etag: that draft's etag.
        drafts_folder: where that draft is kept.
    """

    kind: JobKind
    name: str
    site: str | None = None
    catalog_root: str | None = None
    hub_url: str | None = None
    organization: str | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    loader: Script | None = None
    batch_script: Script | None = None
    private: bool | None = None
    create_pr: bool = False
    adopting: str | None = None
    from_hub: bool = False
    take_over: str | None = None
    confirmed: str | None = None
    etag: str | None = None
    draft_id: str | None = None
    draft_etag: str | None = None
    drafts_folder: str | None = None

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Order:
        """From what :meth:`to_dict` gave."""
        scripts = {key: Script(**data[key]) if data[key] else None for key in ("loader", "batch_script")}
        return cls(**{**data, **scripts})

    def to_dict(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self)


@dataclass(frozen=True)
class JobStep:
    """One step of a job.

    Attributes:
        name: ``stage``, ``repository``, ``commit``, ``catalog``, ``close``, ``undo`` or ``retire``.
        phase: ``begin``, ``answered`` or ``done``.
        detail: a sentence for people.
        at: when, ISO 8601 in UTC.
    """

    name: str
    phase: str
    detail: str
    at: str


@dataclass(frozen=True)
class Outcome:
    """How a job ended.

    Attributes:
        state: one of :data:`ENDED`.
        result: what it made, ``{name, repo_url, commit_url, pull_request_url?, folder, notebook, notes?}``; None for
            retire and undo.
        error: why it failed, ``{code, detail, errors}``.
        kept: whether it left an unfinished publication.
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
        kind: the verb.
        name: nickname of the dataset.
        state: ``queued`` until its process works.
        steps: what it did, in order.
        kept: whether an unfinished publication is left, so that it can be resumed or undone.
        created_at: when it was ordered, ISO 8601 in UTC.
        updated_at: when it changed last.
        draft_id: the draft it came from.
        result: see :class:`Outcome`.
        error: see :class:`Outcome`.
    """

    id: str
    kind: JobKind
    name: str
    state: JobState
    steps: tuple[JobStep, ...]
    kept: bool
    created_at: str
    updated_at: str
    draft_id: str | None = None
    result: Mapping[str, Any] | None = None
    error: Mapping[str, Any] | None = None

    @property
    def has_ended(self) -> bool:
        """Whether it will not change any more."""
        return self.state in ENDED

    def to_dict(self, face: Face = "panel") -> dict[str, Any]:
        """As JSON, in the words of a face; ``draft_id``, ``result`` and ``error`` only where there is one."""
        data = {**vars(self), "steps": [vars(step) for step in self.steps]}
        if self.error is not None:
            data["error"] = with_hints(self.error, face)
        return {key: value for key, value in data.items() if value is not None}
