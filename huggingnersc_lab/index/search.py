"""A search request to the index."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

Sort = Literal["relevance", "newest", "name", "size"]

MAX_OFFSET = 1_000_000
"""Maximum offset of a page."""


@dataclass(frozen=True)
class Search:
    """A search request.

    Attributes:
        query: the query; see :mod:`huggingnersc_lab.index.grammar`.
        filters: by facet (:data:`huggingnersc_lab.index.FACETS`), values of which a dataset must have one.
        sort: the order. Equal hits are sorted by title, then by nickname, and so are all hits by ``relevance`` if the
        query has no words.
        limit: length of the page.
        offset: number of hits before it; at most :data:`MAX_OFFSET`.
        counts: whether to count the values of the facets, which takes as long as everything else.
    """

    query: str = ""
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    sort: Sort = "relevance"
    limit: int = 100
    offset: int = 0
    counts: bool = True


EVERYTHING = Search()
"""The request that matches every dataset."""
