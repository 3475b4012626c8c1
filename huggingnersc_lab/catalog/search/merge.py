"""Merges two sources: which records of the catalog are on the Hub, and which of the Hub's datasets have no record."""

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
"""Maximum difference between the clocks of the file system and of this machine."""


@dataclass(frozen=True)
class Claim:
    """What a record says about its repository: enough to join it with a new Hub listing without reading it again.

    Attributes:
        repo_id: its repository in lower case, since the Hub ignores case; empty for the default, the organization and
        the nickname.
        is_published: whether the record says that it is on the Hub.
        is_listed: whether it must be in the public listing, so that it is gone if it is missing there.
    """

    repo_id: str = ""
    is_published: bool = True
    is_listed: bool = True

    @property
    def note(self) -> str:
        """As a string for the index; empty for the default claim of almost every record."""
        return "" if self == USUAL else f"{self.is_published:d}{self.is_listed:d}{self.repo_id}"

    @classmethod
    def of_note(cls, note: str) -> Claim:
        """The inverse of :attr:`note`."""
        return cls(note[2:], note[0] == "1", note[1] == "1") if note else USUAL


USUAL = Claim()
"""The claim of a record published publicly under its nickname."""


class Join:
    """Joins a catalog with the Hub as seen by one account. Not thread-safe.

    Args:
        known: the Hub's last listing.
        organization: the organization of the datasets.
        vocabulary: distinguishes domains, formats and modalities.
    """

    def __init__(self, known: Callable[[], Listed], organization: str, vocabulary: Vocabulary) -> None:
        self._known = known
        self._organization = organization
        self._vocabulary = vocabulary
        self._listed = Listed()
        self._old = 0

    def look(self) -> object:
        """Use the current listing of the Hub until the next call; the result changes whenever the listing does."""
        self._listed = self._known()
        self._old = int(((self._listed.as_of or 0.0) - TICK_SECONDS) * 1e9)
        return self._listed.as_of

    def source(self, name: str, claim: Claim, written: int) -> Source:
        """Where a dataset of the catalog is.

        If the Hub is unknown, or was listed before the record was written, the record alone is trusted.

        Args:
            name: its nickname.
            claim: its record's claim.
            written: modification time of the record, in nanoseconds since 1970.
        """
        if self._repo_id(name, claim) in self._listed.by_id:
            return "both"
        if claim.is_listed and written < self._old:
            return "here"
        return "both" if claim.is_published else "here"

    def claim_of(self, record: DatasetRecord) -> Claim:
        """A record's claim; without a repository, it is the one it would be published to."""
        repo_id = (record.repo_id or "").lower()
        is_ours = not repo_id or repo_id.startswith(f"{self._organization}/".lower())
        if repo_id == self._repo_id(record.name, USUAL):
            repo_id = ""
        return Claim(repo_id, bool(record.revision), is_ours and not record.private)

    def only_on_the_hub(self, names: Collection[str], notes: Mapping[str, str]) -> dict[str, str] | None:
        """A fingerprint, by ``repo_id``, of each dataset that has no record; None if nothing is known.

        Args:
            names: the nicknames of the catalog's datasets.
            notes: the unusual claims of datasets.
        """
        if self._listed.datasets is None:
            return None
        claimed = {self._repo_id(name, Claim.of_note(notes.get(name, ""))) for name in names}
        fingerprints = self._listed.fingerprints
        return {found.repo_id: fingerprints[key] for key, found in self._listed.by_id.items() if key not in claimed}

    def read(self, repo_id: str) -> IndexEntry | None:
        """The index entry of a dataset that is only on the Hub."""
        dataset = self._listed.by_id.get(repo_id.lower())
        return None if dataset is None else entry_of_repository(dataset, self._vocabulary)

    def _repo_id(self, name: str, claim: Claim) -> str:
        return claim.repo_id or f"{self._organization}/{name}".lower()


def entry_of_repository(dataset: HubDataset, vocabulary: Vocabulary) -> IndexEntry:
    """The index entry of a dataset on the Hub."""
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
