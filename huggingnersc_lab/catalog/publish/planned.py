"""A change, planned to the last byte: displayed by a preview, carried out by publishing."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from huggingnersc_lab.catalog.publish.change import Change
from huggingnersc_lab.catalog.publish.plan import Plan
from huggingnersc_lab.errors import CatalogError, FieldError
from huggingnersc_lab.record.model import PUBLICATION, DatasetRecord
from huggingnersc_lab.render.entry_files import CARD_FILE, RECORD_FILE


@dataclass(frozen=True)
class MemberDiff:
    """The change of a record field.

    Attributes:
        member: its name.
        before: its old value; None if it had none.
        after: its new value; None if it has none.
    """

    member: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Diff:
    """The changes to an entry.

    Attributes:
        members: changed record fields, without those that publishing sets.
        card: changes of the card on the Hub, as lines of a unified diff; empty if there are none.
    """

    members: tuple[MemberDiff, ...] = ()
    card: str = ""


@dataclass(frozen=True)
class Planned:
    """The outcome of planning a change. Nothing has been sent or written.

    Attributes:
        change: the requested change.
        record: the new record; for a retirement, the current one.
        files: file name → content of all files in the new catalog folder.
        hub_files: names of those that are sent to the Hub.
        plan: the plan for the journal; None for a retirement.
        actions: the steps, one sentence each.
        notes: what is kept or replaced of the card on the Hub, one sentence each.
        diff: the changes to an existing entry.
        replaces: etag of the entry to replace; None for a new one.
        warnings: possible improvements, which do not prevent publishing.
        question: what the user must confirm before it is carried out; not needed for display.
    """

    change: Change
    record: DatasetRecord
    files: Mapping[str, bytes] = field(default_factory=dict)
    hub_files: tuple[str, ...] = ()
    plan: Plan | None = None
    actions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    diff: Diff = Diff()
    replaces: str | None = None
    warnings: tuple[FieldError, ...] = ()
    question: CatalogError | None = None

    def require_confirmed(self) -> None:
        """Raise the open question, if any."""
        if self.question:
            raise self.question

    @property
    def card(self) -> str:
        """The dataset card, Markdown with YAML front matter."""
        return self.files.get(CARD_FILE, b"").decode()

    @property
    def notebook(self) -> str:
        """The loader notebook, JSON."""
        return self.files.get(f"{self.record.name}_loader.ipynb", b"").decode()


def record_in(files: Mapping[str, bytes]) -> DatasetRecord:
    """The record among the files of an entry, with the fields set by rendering."""
    return DatasetRecord.from_dict(json.loads(files[RECORD_FILE]))


def diff_of(before: DatasetRecord, after: DatasetRecord, old_card: str, new_card: str) -> Diff:
    """The differences between an entry and its replacement."""
    return Diff(tuple(_members(before.to_dict(), after.to_dict())), "\n".join(_lines(old_card, new_card)))


def _members(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[MemberDiff]:
    for member in dict.fromkeys([*after, *before]):
        if member not in (*PUBLICATION, "schema_version") and before.get(member) != after.get(member):
            yield MemberDiff(member, before.get(member), after.get(member))


def _lines(old: str, new: str) -> Iterator[str]:
    return difflib.unified_diff(old.splitlines(), new.splitlines(), "current card", "new card", lineterm="")
