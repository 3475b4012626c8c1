"""The question that the index is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

Sort = Literal["relevance", "newest", "name", "size"]

MAX_OFFSET = 1_000_000
"""No page begins further down the list."""


@dataclass(frozen=True)
class Search:
    """A question to the list of datasets.

    Attributes:
        query: what was typed; see :mod:`huggingnersc_lab.index.grammar`.
        filters: by facet (:data:`huggingnersc_lab.index.FACETS`), values of which a dataset has to have one.
        sort: the order. Equal hits are ordered by title, then by nickname, and so are all where ``relevance`` says
            nothing, because the query has no words.
        limit: length of the page.
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
