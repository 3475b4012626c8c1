"""The answer to a search."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

FACET_VALUES = 50
"""Only this many values of a facet are counted, the most frequent ones."""

Span = tuple[int, int]
"""Start and end of a part of a text, in UTF-16 code units, as JavaScript counts."""


@dataclass(frozen=True)
class Excerpt:
    """A piece of a text.

    Attributes:
        text: the piece on one line, with an ellipsis where something was left out.
        highlights: the parts of it that met the query.
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
        highlights: for ``name`` and ``pretty_name``, the parts that met the query; a text without such a part is left
            out.
        excerpt: where the description met the query, if neither of them did.
        found_in: where else the query was met, if none of these did.
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
    """A part of the hits.

    Attributes:
        hits: the datasets that were found, in the order asked for.
        total: number of all datasets that fit.
        facets: by facet and value, how many datasets have the value and meet all filters of other facets. Of each facet
            the most frequent values are counted, and those that were chosen.
        is_forgiving: whether nothing fitted letter by letter, so that one letter of each word may differ.
        is_cut: whether the query was too long, so that only its beginning was read.
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
        counts: by value, how many datasets have it; the most frequent values, the most frequent one first.
        total: number of all values that fit.
    """

    counts: Mapping[str, int] = field(default_factory=dict)
    total: int = 0
