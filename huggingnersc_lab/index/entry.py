"""What the index knows of a dataset."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from typing import Any

from huggingnersc_lab.record.card_sizes import data_bytes
from huggingnersc_lab.record.model import DatasetRecord
from huggingnersc_lab.record.vocabulary import Vocabulary

FACETS = ("task", "domain", "format", "modality", "size", "license", "language", "access", "verified", "source")
"""What a list of datasets can be narrowed by, in the order of their use."""

BEGINNING = 400
"""So many characters of a description stand in a list."""

SHOWN = 20_000
"""So many characters of a description are taken as Markdown, and kept to show where it meets a query."""

VOCABULARIES = {
    "task": "task_categories",
    "domain": "domains",
    "format": "formats",
    "modality": "modalities",
    "size": "size_categories",
    "license": "licenses",
    "language": "languages",
}
"""Facets whose values are words of a vocabulary, and its name."""

_AMONG_TAGS = ("domain", "format", "modality")
"""Those that stand among a record's tags, where the vocabulary tells them apart."""


@dataclass(frozen=True)
class IndexEntry:
    """A dataset as it is searched.

    Attributes:
        name: its nickname, or its name on the Hub.
        title: its official title.
        tags: its tags and tasks.
        description: what it is, as Markdown.
        papers: the rest that people may look for: papers, paths, DOI.
        by: its authors.
        facets: for each of :data:`FACETS` its values.
        updated: when it was changed last, in seconds since 1970; 0 where nobody knows.
        n_bytes: size of the data, where its card says.
        summary: JSON members that a list shows; they come back with what is found, and with the description's beginning
            as plain text, ``description``. What of ``name`` and ``pretty_name`` among them met a query is marked.
        key: what tells it apart; its name when left out. Of what is only on the Hub it is the ``repo_id``.
        note: what is to be known of it again without reading it; see :meth:`huggingnersc_lab.index.Index.notes`.
    """

    name: str
    title: str = ""
    tags: tuple[str, ...] = ()
    description: str = ""
    papers: str = ""
    by: tuple[str, ...] = ()
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    updated: int = 0
    n_bytes: int | None = None
    summary: Mapping[str, Any] = field(default_factory=dict)
    key: str = ""
    note: str = ""

    @property
    def id(self) -> str:
        """What tells it apart."""
        return self.key or self.name


def entry_of(record: DatasetRecord, vocabulary: Vocabulary, summary: Mapping[str, Any]) -> IndexEntry:
    """What the index is to know of a record.

    Args:
        record: the record.
        vocabulary: tells domains, formats and modalities apart.
        summary: see :attr:`IndexEntry.summary`.
    """
    tags, tasks = _words(record.tags), _words(record.task_categories)
    facets = {facet: tuple(tag for tag in tags if tag in vocabulary.ids(VOCABULARIES[facet])) for facet in _AMONG_TAGS}
    facets["task"] = tasks
    facets["size"] = _words(record.size_categories)
    facets["license"] = _words(record.license)
    facets["language"] = _words(record.language)
    facets["verified"] = ("yes" if _seconds(record.verified_at) else "no",)
    facets["source"] = ("both" if record.revision else "here",)
    rest = map(_words, (record.papers, record.doi, record.data_path, record.repo_id, record.homepage))
    return IndexEntry(
        name=record.name,
        title=str(record.pretty_name or ""),
        tags=(*tags, *tasks, *_words(record.task_ids)),
        description=str(record.description or ""),
        papers=" ".join(chain.from_iterable(rest)),
        by=tuple(str(author.name) for author in record.authors),
        facets={facet: values for facet, values in facets.items() if values},
        updated=_seconds(record.updated_at),
        n_bytes=record.contents.bytes if record.contents else data_bytes(record.card_data),
        summary=summary,
    )


def _words(value: object) -> tuple[str, ...]:
    """The words of a member, also of one that nobody has checked."""
    if isinstance(value, list | tuple):
        return tuple(str(word) for word in value if isinstance(word, str | int | float))
    return (value,) if isinstance(value, str) and value else ()


def _seconds(moment: object) -> int:
    try:
        return int(datetime.fromisoformat(str(moment).replace("Z", "+00:00")).timestamp())
    except (ValueError, OverflowError):
        return 0
