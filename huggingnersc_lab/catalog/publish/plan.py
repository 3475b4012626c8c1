"""What is going to be published, and how publishing tells where it stands."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields
from typing import Literal

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hub import RepoState
from huggingnersc_lab.render.entry import Entry
from huggingnersc_lab.render.entry_files import hub_files
from huggingnersc_lab.store.names import is_name
from huggingnersc_lab.store.staged import Staged

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
        name: nickname of the entry; empty in a plan of an earlier version.
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
    name: str = ""
    private: bool = False
    was_private: bool | None = None
    create_pr: bool = False
    parent: str | None = None
    deleted: tuple[str, ...] = ()

    @classmethod
    def of(cls, staged: Staged) -> Plan:
        """The plan of an unfinished publication, which somebody else may have written.

        Raises:
            CatalogError: ``conflict`` for one of another version, or that this program cannot have written.
        """
        known = {member.name for member in fields(cls)}
        needed = {member.name for member in fields(cls) if member.default is MISSING}
        if not needed <= staged.plan.keys() <= known:
            detail = f"'{staged.name}' was begun by another version of this program."
            more = f"Everything is kept in '{staged.folder}': finish or undo it with that version."
            raise CatalogError("conflict", f"{detail} {more}")
        lists = {key: tuple(value) for key, value in staged.plan.items() if isinstance(value, list)}
        plan = cls(**staged.plan | lists)
        if fault := plan._fault(staged.name):
            detail = f"The unfinished publication '{staged.folder}' is damaged: {fault}."
            raise CatalogError("conflict", f"{detail} Nothing was changed. Its curator can remove that folder.")
        return plan

    def _fault(self, name: str) -> str | None:
        """What is wrong with a plan that was found in the staging of an entry; None where nothing is."""
        for member in fields(self):
            value = getattr(self, member.name)
            items = value if isinstance(value, tuple) else (value,)
            is_text = all(_is_line(item) for item in items if isinstance(item, str) or isinstance(value, tuple))
            if type(value).__name__ not in _FORMS[str(member.type)] or not is_text:
                return f"'{member.name}' of its plan is of another form"
        if self.name not in ("", name):
            return f"it is the publication of '{self.name}'"
        if not _REPO_ID.fullmatch(self.repo_id):
            return "its plan names no repository"
        if not _COMMIT.fullmatch(self.parent or ""):
            return "its plan names no commit"
        if not all(map(is_name, (*self.hub_files, *self.deleted))):
            return "its plan names a file that is none"
        return None


def plan_of(entry: Entry, state: RepoState | None, title: str, *, private: bool | None, create_pr: bool) -> Plan:
    """The plan to bring an entry to its repository.

    Args:
        entry: the entry.
        state: the repository as it stands; None for one that is to be made.
        title: first line of the commit's message.
        private: whether only members are to see it; as it is when None.
        create_pr: whether the change is proposed only.
    """
    changes = state is not None and not create_pr and private not in (None, state.private)
    return Plan(
        publish_id=str(entry.record.publish_id),
        repo_id=entry.repo_id,
        hub=entry.site.hub_url,
        title=title,
        hub_files=tuple(hub_files(entry)),
        name=entry.record.name,
        private=bool(entry.record.private),
        was_private=state.private if state and changes else None,
        create_pr=create_pr,
        parent=state.sha if state else None,
    )


_REPO_ID = re.compile(r"[A-Za-z0-9._-]{1,96}/[A-Za-z0-9._-]{1,96}")
_COMMIT = re.compile(r"[A-Za-z0-9]{0,128}")
_LONGEST_LINE = 1000
_FORMS = {
    "str": ("str",),
    "str | None": ("str", "NoneType"),
    "bool": ("bool",),
    "bool | None": ("bool", "NoneType"),
    "tuple[str, ...]": ("tuple",),
}
"""By how a member is annotated, the types that it may have in JSON."""


def _is_line(value: object) -> bool:
    """Whether it is a text of one line, without anything that drives a terminal."""
    return isinstance(value, str) and value.isprintable() and len(value) <= _LONGEST_LINE
