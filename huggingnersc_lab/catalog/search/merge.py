"""One list of two sources: which records of the catalog are on the Hub, and which of the Hub's datasets have none."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from huggingnersc_lab.catalog.search.hub_cache import Listed
from huggingnersc_lab.hub import HubDataset
from huggingnersc_lab.index import IndexEntry, entry_of
from huggingnersc_lab.record.model import DatasetRecord
from huggingnersc_lab.record.vocabulary import Vocabulary

Source = Literal["both", "hub", "here"]
"""Cataloged and on the Hub, only on the Hub, only in the catalog."""

TICK_SECONDS = 60.0
"""The clocks of the file system and of this machine may differ by so much."""


@dataclass(frozen=True)
class Claim:
    """What a record says of its repository: enough to join it with another list of the Hub without reading it again.

    Attributes:
        repo_id: its repository, in small letters, since the Hub does not tell these from large ones; empty for the one
            that its nickname and the organization make.
        is_published: whether the record says that it is on the Hub.
        is_listed: whether the organization's list has it for everybody, so that it is gone where it is missing there.
    """

    repo_id: str = ""
    is_published: bool = True
    is_listed: bool = True

    @property
    def note(self) -> str:
        """As a text for the index; an empty one for the claim that almost every record makes."""
        return "" if self == USUAL else f"{self.is_published:d}{self.is_listed:d}{self.repo_id}"

    @classmethod
    def of_note(cls, note: str) -> Claim:
        """The inverse of :attr:`note`."""
        return cls(note[2:], note[0] == "1", note[1] == "1") if note else USUAL


USUAL = Claim()
"""That of a record that was published under its nickname, for everybody."""


class Join:
    """Joins one catalog with the Hub as one account sees it. Used by one thread at a time.

    Args:
        known: what is known of the Hub.
        organization: whose datasets these are.
        vocabulary: tells domains, formats and modalities apart.
    """

    def __init__(self, known: Callable[[], Listed], organization: str, vocabulary: Vocabulary) -> None:
        self._known = known
        self._organization = organization
        self._vocabulary = vocabulary
        self._listed = Listed()
        self._old = 0

    def look(self) -> object:
        """Take what is known of the Hub now as the truth until the next look; differs whenever that has changed."""
        self._listed = self._known()
        self._old = int(((self._listed.as_of or 0.0) - TICK_SECONDS) * 1e9)
        return self._listed.as_of

    def source(self, name: str, claim: Claim, written: int) -> Source:
        """Where a dataset of the catalog is.

        Where the Hub is not known, or was listed before the record was written, the record alone is believed.

        Args:
            name: its nickname.
            claim: what its record says.
            written: when the record was written, in nanoseconds since 1970.
        """
        if self._repo_id(name, claim) in self._listed.by_id:
            return "both"
        if claim.is_listed and written < self._old:
            return "here"
        return "both" if claim.is_published else "here"

    def claim_of(self, record: DatasetRecord) -> Claim:
        """What a record says; one that names no repository means the one that it would be published to."""
        repo_id = (record.repo_id or "").lower()
        is_ours = not repo_id or repo_id.startswith(f"{self._organization}/".lower())
        if repo_id == self._repo_id(record.name, USUAL):
            repo_id = ""
        return Claim(repo_id, bool(record.revision), is_ours and not record.private)

    def only_on_the_hub(self, names: Collection[str], notes: Mapping[str, str]) -> dict[str, str] | None:
        """By ``repo_id``, a text that changes with each dataset that has no record; None where nothing is known.

        Args:
            names: the nicknames of the catalog's datasets.
            notes: the claims of those with an unusual one.
        """
        if self._listed.datasets is None:
            return None
        claimed = {self._repo_id(name, Claim.of_note(notes.get(name, ""))) for name in names}
        fingerprints = self._listed.fingerprints
        return {found.repo_id: fingerprints[key] for key, found in self._listed.by_id.items() if key not in claimed}

    def read(self, repo_id: str) -> IndexEntry | None:
        """What the index is to know of a dataset that is only on the Hub."""
        dataset = self._listed.by_id.get(repo_id.lower())
        return None if dataset is None else entry_of_repository(dataset, self._vocabulary)

    def _repo_id(self, name: str, claim: Claim) -> str:
        return claim.repo_id or f"{self._organization}/{name}".lower()


def entry_of_repository(dataset: HubDataset, vocabulary: Vocabulary) -> IndexEntry:
    """What the index is to know of a dataset on the Hub."""
    record = DatasetRecord(
        name=dataset.name,
        pretty_name=dataset.pretty_name or dataset.name,
        size_categories=dataset.size_categories,
        description=dataset.description,
        license=dataset.license,
        task_categories=dataset.task_categories,
        language=dataset.language,
        tags=dataset.tags,
        repo_id=dataset.repo_id,
        updated_at=dataset.updated_at,
    )
    members = record.to_dict()
    shown = ("name", "pretty_name", "license", "size_categories", "tags", "task_categories", "repo_id", "updated_at")
    summary: dict[str, Any] = {member: members[member] for member in shown if member in members}
    entry = entry_of(record, vocabulary, summary | {"source": "hub", "n_bytes": dataset.n_bytes})
    return replace(entry, key=dataset.repo_id, n_bytes=dataset.n_bytes, facets={**entry.facets, "source": ("hub",)})
