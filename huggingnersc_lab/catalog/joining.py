"""One list of two sources: which records of the catalog are on the Hub, and which of the Hub's datasets have none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal

from huggingnersc_lab.catalog.listing import Listed
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
        repo_id: its repository, in small letters, since the Hub does not tell these from large ones.
        is_published: whether the record says that it is on the Hub.
        is_listed: whether the organization's list has it for everybody, so that it is gone where it is missing there.
    """

    repo_id: str
    is_published: bool
    is_listed: bool

    @classmethod
    def of(cls, record: DatasetRecord, organization: str) -> Claim:
        """That of a record; one that names no repository has the one that it would be published to."""
        repo_id = (record.repo_id or f"{organization}/{record.name}").lower()
        is_ours = repo_id.startswith(f"{organization.lower()}/")
        return cls(repo_id, bool(record.revision), is_ours and not record.private)

    def source(self, listed: Listed, changed_at: float) -> Source:
        """Where the dataset is.

        Args:
            listed: what is known of the Hub; where that is nothing, the record alone is believed.
            changed_at: when the record was written, in seconds since 1970: an older list cannot know of it.
        """
        if self.repo_id in listed.by_id:
            return "both"
        is_known = listed.as_of is not None and changed_at < listed.as_of - TICK_SECONDS
        if is_known and self.is_listed:
            return "here"
        return "both" if self.is_published else "here"


def only_on_the_hub(listed: Listed, claims: Iterable[str]) -> dict[str, HubDataset]:
    """By ``repo_id``, the datasets that no record claims; ``claims`` are in small letters."""
    claimed = set(claims)
    return {dataset.repo_id: dataset for repo_id, dataset in listed.by_id.items() if repo_id not in claimed}


def entry_of_repository(dataset: HubDataset, vocabulary: Vocabulary) -> IndexEntry:
    """What the index is to know of a dataset that is only on the Hub."""
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
    summary: dict[str, Any] = {
        "name": dataset.name,
        "pretty_name": record.pretty_name,
        "source": "hub",
        "license": dataset.license,
        "size_categories": list(dataset.size_categories),
        "tags": list(dataset.tags),
        "task_categories": list(dataset.task_categories),
        "n_bytes": dataset.n_bytes,
        "repo_id": dataset.repo_id,
        "updated_at": dataset.updated_at,
    }
    entry = entry_of(record, vocabulary, summary)
    return replace(entry, key=dataset.repo_id, n_bytes=dataset.n_bytes, facets={**entry.facets, "source": ("hub",)})
