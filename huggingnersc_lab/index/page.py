"""The answer to a search."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from huggingnersc_lab.index.marks import Excerpt, Span

FACET_VALUES = 50
"""So many values of a facet are counted, the most frequent ones."""


@dataclass(frozen=True)
class Hit:
    """A dataset that was found.

    Attributes:
        id: what tells it apart: its nickname, or the ``repo_id`` of what is only on the Hub.
        summary: what the index was given to be shown in a list, and the beginning of its description.
        marks: of ``name`` and ``pretty_name``, where they met the query: the parts that did.
        excerpt: where the description met the query, if neither of them did.
    """

    id: str
    summary: Mapping[str, Any]
    marks: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    excerpt: Excerpt | None = None

    @property
    def name(self) -> str:
        """Its nickname, or its name on the Hub."""
        return str(self.summary.get("name", self.id))


@dataclass(frozen=True)
class Page:
    """A part of what was found.

    Attributes:
        hits: what was found, in the order asked for.
        total: of all that was found.
        facets: by facet and value, how many there are under all other filters: of the most frequent values, and of
            those that were chosen.
        is_forgiving: whether nothing fitted letter by letter, and a letter of each word may be wrong.
        is_cut: whether the query was too long to be read to its end.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    is_forgiving: bool = False
    is_cut: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The nicknames of what was found."""
        return tuple(hit.name for hit in self.hits)


@dataclass(frozen=True)
class FacetValues:
    """The values of one facet that were looked for.

    Attributes:
        counts: by value, how many datasets have it under all other filters: of the most frequent ones.
        total: how many values there are in all.
    """

    counts: Mapping[str, int] = field(default_factory=dict)
    total: int = 0
