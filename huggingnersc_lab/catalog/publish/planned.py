"""A change, planned to the last byte: shown by a preview, carried out by publishing."""

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
    """What changes of one member of the record.

    Attributes:
        member: its name.
        before: its value until now; None where it has none.
        after: its value from then on, likewise.
    """

    member: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Diff:
    """What a change of an entry changes.

    Attributes:
        members: of the record, without those that publishing fills in.
        card: of the card on the Hub, as lines of a unified diff; empty where nothing does.
    """

    members: tuple[MemberDiff, ...] = ()
    card: str = ""


@dataclass(frozen=True)
class Planned:
    """What a change comes to. Nothing was sent or written.

    Attributes:
        change: what was wanted.
        record: the record as it is going to be; of a retirement, as it is.
        files: file name → content, all that the catalog's folder is going to hold.
        hub_files: names of those that go to the Hub.
        plan: what the journal holds; None for a retirement.
        actions: what would be done, a sentence each.
        notes: what of the card on the Hub is kept or replaced, a sentence each.
        diff: what changes of an entry that is there.
        replaces: etag of the entry that is replaced; None for a new one.
        warnings: what may be better, and does not stand in the way.
        question: what a person has to confirm before it is carried out; it can be shown without.
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
        """Raise the question that is still open."""
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
    """The record among the files of an entry, with all that rendering has filled in."""
    return DatasetRecord.from_dict(json.loads(files[RECORD_FILE]))


def diff_of(before: DatasetRecord, after: DatasetRecord, old_card: str, new_card: str) -> Diff:
    """What differs between an entry and the one that takes its place."""
    return Diff(tuple(_members(before.to_dict(), after.to_dict())), "\n".join(_lines(old_card, new_card)))


def _members(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[MemberDiff]:
    for member in dict.fromkeys([*after, *before]):
        if member not in (*PUBLICATION, "schema_version") and before.get(member) != after.get(member):
            yield MemberDiff(member, before.get(member), after.get(member))


def _lines(old: str, new: str) -> Iterator[str]:
    return difflib.unified_diff(old.splitlines(), new.splitlines(), "card as it is", "card as it will be", lineterm="")
