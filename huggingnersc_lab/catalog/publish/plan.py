"""What will be published, and the progress events of publishing."""

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
    """The progress of publishing.

    Attributes:
        name: the step.
        phase: ``begin``; ``answered`` when the request has succeeded but is not journaled yet; ``done``.
        detail: a sentence for people.
    """

    name: StepName
    phase: Literal["begin", "answered", "done"]
    detail: str


OnStep = Callable[[Step], None]


@dataclass(frozen=True)
class Plan:
    """What will be published.

    Attributes:
        publish_id: identifies commit, journal and record as belonging together.
        repo_id: repository on the Hub.
        hub: the site's Hub, so that it is resumed on the same one.
        title: first line of the commit message.
        hub_files: names of the staged files that are sent to the Hub; the catalog gets all.
        name: nickname of the entry; empty in the plan of an earlier version.
        private: whether the repository is private.
        create_pr: whether to open a pull request instead of writing to ``main``.
        was_private: the previous visibility if it changes; None if it does not.
        parent: the required current commit of ``main``; None for a repository to be created.
        deleted: paths to delete from the repository.
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
            CatalogError: ``conflict`` if it is of another version, or not written by this program.
        """
        known = {member.name for member in fields(cls)}
        needed = {member.name for member in fields(cls) if member.default is MISSING}
        if not needed <= staged.plan.keys() <= known:
            detail = f"'{staged.name}' was started by another version of this program."
            more = f"Everything was kept in '{staged.folder}': finish or undo it with that version."
            raise CatalogError("conflict", f"{detail} {more}")
        lists = {key: tuple(value) for key, value in staged.plan.items() if isinstance(value, list)}
        plan = cls(**staged.plan | lists)
        if fault := plan._fault(staged.name):
            detail = f"The unfinished publication '{staged.folder}' is damaged: {fault}."
            raise CatalogError("conflict", f"{detail} Nothing was changed. The curator can remove that folder.")
        return plan

    def _fault(self, name: str) -> str | None:
        """What is wrong with a plan found in the staging of an entry; None if it is valid."""
        for member in fields(self):
            value = getattr(self, member.name)
            items = value if isinstance(value, tuple) else (value,)
            is_text = all(_is_line(item) for item in items if isinstance(item, str) or isinstance(value, tuple))
            if type(value).__name__ not in _FORMS[str(member.type)] or not is_text:
                return f"'{member.name}' in its plan has the wrong type"
        if self.name not in ("", name):
            return f"it is the publication of '{self.name}'"
        if not _REPO_ID.fullmatch(self.repo_id):
            return "its plan names no repository"
        if not _COMMIT.fullmatch(self.parent or ""):
            return "its plan names no commit"
        if not all(map(is_name, (*self.hub_files, *self.deleted))):
            return "its plan contains an invalid file name"
        return None


def plan_of(entry: Entry, state: RepoState | None, title: str, *, private: bool | None, create_pr: bool) -> Plan:
    """The plan to publish an entry to its repository.

    Args:
        entry: the entry.
        state: the current state of the repository; None for one to be created.
        title: first line of the commit message.
        private: whether only members can see it; unchanged if None.
        create_pr: whether the change is only proposed.
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
"""Allowed JSON types for each annotation."""


def _is_line(value: object) -> bool:
    """Whether it is a string of one line, without control characters."""
    return isinstance(value, str) and value.isprintable() and len(value) <= _LONGEST_LINE
