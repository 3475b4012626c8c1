"""The index entry of a dataset."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import Any

from huggingnersc_lab.index.facets import facets_of
from huggingnersc_lab.index.members import seconds, texts
from huggingnersc_lab.record.card_sizes import data_bytes
from huggingnersc_lab.record.model import DatasetRecord
from huggingnersc_lab.record.vocabulary import Vocabulary
from huggingnersc_lab.render.plain import plain

BEGINNING = 400
"""A list shows this many characters of a description."""

SHOWN = 20_000
"""Only this many characters of a description are parsed as Markdown and stored for excerpts."""

AUTHORS = 10
"""A list shows so many authors at most."""

MAX_BYTES = 2**63
"""An upper limit for indexed sizes."""


@dataclass(frozen=True)
class IndexEntry:
    """A dataset as it is indexed.

    Attributes:
        name: its nickname, or its name on the Hub.
        title: its official title.
        tags: its tags and tasks.
        description: its description, as Markdown.
        other: other searchable text: papers, DOI, path, repository, home page.
        by: its authors.
        path: absolute path of its data, as the record spells it.
        facets: its values by facet; see :data:`huggingnersc_lab.index.FACETS`.
        updated: time of the last change, in seconds since 1970; 0 if unknown.
        n_bytes: size of the data in bytes; None if the card does not state it.
        summary: JSON fields returned with a hit, for display in a list. The beginning of the description is added to
        them as plain text, ``description``. In ``name`` and ``pretty_name``, the words of a query are
        highlighted.
        key: identifies it; its name if omitted. For a dataset that is only on the Hub, it is the ``repo_id``.
        note: a text returned by :meth:`huggingnersc_lab.index.Index.notes` without reading the entry again.
    """

    name: str
    title: str = ""
    tags: tuple[str, ...] = ()
    description: str = ""
    other: str = ""
    by: tuple[str, ...] = ()
    path: str = ""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    updated: int = 0
    n_bytes: int | None = None
    summary: Mapping[str, Any] = field(default_factory=dict)
    key: str = ""
    note: str = ""

    @property
    def id(self) -> str:
        """Identifies it among all entries."""
        return self.key or self.name

    @cached_property
    def plain_description(self) -> str:
        """The description without Markdown; text after the first :data:`SHOWN` characters is not converted."""
        return plain(self.description[:SHOWN]) + self.description[SHOWN:]


def entry_of(record: DatasetRecord, vocabulary: Vocabulary, summary: Mapping[str, Any]) -> IndexEntry:
    """The entry of a record.

    Args:
        record: the record, which may be invalid.
        vocabulary: distinguishes domains, formats and modalities among the tags.
        summary: see :attr:`IndexEntry.summary`.
    """
    others = map(texts, (record.papers, record.doi, record.data_path, record.repo_id, record.homepage))
    return IndexEntry(
        name=record.name,
        title=str(record.pretty_name or ""),
        tags=(*texts(record.tags), *texts(record.task_categories), *texts(record.task_ids)),
        description=str(record.description or ""),
        other=" ".join(chain.from_iterable(others)),
        by=tuple(str(author.name) for author in record.authors),
        path=next(iter(texts(record.data_path)), ""),
        facets=facets_of(record, vocabulary),
        updated=seconds(record.updated_at),
        n_bytes=_bytes_of(record),
        summary=summary,
    )


def shown_besides(record: DatasetRecord) -> dict[str, Any]:
    """What a list shows of a record that does not stand there as a member of its own: authors, counted rows."""
    names = [str(author.name) for author in record.authors[:AUTHORS]]
    rows = record.contents.rows if record.contents else None
    is_count = rows is not None and 0 <= rows < MAX_BYTES  # others may have written anything
    return ({"authors": names} if names else {}) | ({"rows": rows} if is_count else {})


def _bytes_of(record: DatasetRecord) -> int | None:
    """Size of the data from its inspection, or else from its card."""
    inspected = record.contents.bytes if record.contents else None
    is_size = inspected is not None and 0 <= inspected < MAX_BYTES  # the record may contain anything
    return inspected if is_size else data_bytes(record.card_data)
