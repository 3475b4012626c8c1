"""What is going to be published, and how publishing tells where it stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.store.staging import Staging

StepName = Literal["stage", "repository", "commit", "catalog", "close", "undo"]


@dataclass(frozen=True)
class Step:
    """Where publishing stands.

    Attributes:
        name: the step.
        phase: ``begin``; ``answered`` when what it asked for has happened but is not journaled yet; ``done``.
        detail: a sentence for people.
    """

    name: StepName
    phase: Literal["begin", "answered", "done"]
    detail: str


OnStep = Callable[[Step], None]


@dataclass(frozen=True)
class Plan:
    """What is to be published.

    Attributes:
        publish_id: ties commit, journal and record together.
        repo_id: repository on the Hub.
        hub: the site's Hub, so that it is resumed on the same one.
        title: first line of the commit's message.
        hub_files: names of the staged files that go to the Hub; the catalog gets all.
        private: whether the repository is private.
        create_pr: whether to open a pull request instead of writing to ``main``.
        was_private: whether the repository was, where that changes with this; None where it stays as it is.
        parent: commit that ``main`` has to be at; None for a repository that is to be made.
        deleted: paths that go from the repository.
    """

    publish_id: str
    repo_id: str
    hub: str
    title: str
    hub_files: tuple[str, ...]
    private: bool = False
    was_private: bool | None = None
    create_pr: bool = False
    parent: str | None = None
    deleted: tuple[str, ...] = ()

    @classmethod
    def of(cls, staging: Staging) -> Plan:
        """The plan of an unfinished publication."""
        values = dict(staging.plan)
        try:
            return cls(**values | {key: tuple(values[key]) for key in ("hub_files", "deleted")})
        except (KeyError, TypeError) as err:
            detail = f"'{staging.name}' was begun by another version of this program ({err})."
            more = f"Everything is kept in '{staging.folder}': finish or undo it with that version."
            raise CatalogError("conflict", f"{detail} {more}") from err
