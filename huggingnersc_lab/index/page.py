"""The result of a search."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

FACET_VALUES = 50
"""Maximum number of values counted per facet, the most frequent ones."""

Span = tuple[int, int]
"""Start and end of a substring, in UTF-16 code units, as in JavaScript."""


@dataclass(frozen=True)
class Excerpt:
    """An excerpt of a text.

    Attributes:
        text: the excerpt on one line, with an ellipsis for omitted text.
        highlights: its parts that match the query.
    """

    text: str
    highlights: tuple[Span, ...]

    @property
    def marks(self) -> tuple[Span, ...]:
        """The name of ``highlights`` in version 0.1."""
        return self.highlights


@dataclass(frozen=True)
class FoundIn:
    """Where a hit met the query that shows it neither in its name, nor its title, nor its description.

    Attributes:
        field: ``tags``, ``authors``, or ``other`` for papers, DOI, paths, repository and home page.
        text: what met it there, as far as the hit knows; empty for ``other``.
    """

    field: Literal["tags", "authors", "other"]
    text: str = ""


@dataclass(frozen=True)
class Hit:
    """A dataset that was found.

    Attributes:
        id: identifies it: its nickname, or the ``repo_id`` of a dataset that is only on the Hub.
        summary: :attr:`IndexEntry.summary`, and the beginning of the description.
        highlights: the matching parts of ``name`` and ``pretty_name``; texts without a match are
            omitted.
        excerpt: the part of the description that matches the query, if neither of them does.
        found_in: where else the query matched, if none of these did.
    """

    id: str
    summary: Mapping[str, Any]
    highlights: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    excerpt: Excerpt | None = None
    found_in: FoundIn | None = None

    @property
    def name(self) -> str:
        """Its nickname, or its name on the Hub."""
        return str(self.summary.get("name", self.id))

    @property
    def marks(self) -> Mapping[str, tuple[Span, ...]]:
        """The name of ``highlights`` in version 0.1."""
        return self.highlights


@dataclass(frozen=True)
class Page:
    """A page of hits.

    Attributes:
        hits: the datasets found, in the requested order.
        total: number of all matching datasets.
        facets: by facet and value, the number of datasets with the value that match all filters of other facets. The
        most frequent values of each facet are counted, and the selected ones.
        is_forgiving: whether there was no exact match, so that one letter of each word may differ.
        is_cut: whether the query was too long, so that only its beginning was used.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    is_forgiving: bool = False
    is_cut: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The nicknames of the hits."""
        return tuple(hit.name for hit in self.hits)


@dataclass(frozen=True)
class FacetValues:
    """Values of one facet.

    Attributes:
        counts: number of datasets by value; the most frequent values, most frequent first.
        total: number of all matching values.
    """

    counts: Mapping[str, int] = field(default_factory=dict)
    total: int = 0
