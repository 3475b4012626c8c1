"""What is asked of the index."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

Sort = Literal["relevance", "newest", "name", "size"]

MAX_OFFSET = 1_000_000
"""No page begins behind so many hits."""


@dataclass(frozen=True)
class Search:
    """A question to the list of datasets.

    Attributes:
        query: what was typed; see :mod:`huggingnersc_lab.index.grammar`.
        filters: by facet (:data:`huggingnersc_lab.index.FACETS`), the values of which one has to be there.
        sort: the order; without words ``relevance`` is that of the titles.
        limit: length of the page; so many hits at most.
        offset: how many hits come before it; :data:`MAX_OFFSET` at most.
        counts: whether the values of the facets are counted, which takes as long as all the rest.
    """

    query: str = ""
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    sort: Sort = "relevance"
    limit: int = 100
    offset: int = 0
    counts: bool = True


EVERYTHING = Search()
"""The question that every dataset fits."""
