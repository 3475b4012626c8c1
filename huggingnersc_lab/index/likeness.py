"""What is like a dataset: who shares most with it, and rare things count more than common ones.

The library's own "more like this" reads stored texts and weighs all fields alike, and its ranking prefers short texts;
here each thing that two datasets may share counts by its kind and by how rare it is, wherever it stands.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from huggingnersc_lab.index.entry import IndexEntry
from huggingnersc_lab.index.grammar import parse_query
from huggingnersc_lab.index.marks import Marker
from huggingnersc_lab.index.page import Hit
from huggingnersc_lab.index.schema import FIELDS_OF_FACETS, ID, analyzer, schema, storable
from huggingnersc_lab.index.searching import hit_of, page_of

if TYPE_CHECKING:
    from tantivy import Query as Compiled
    from tantivy import Searcher

FACETS = {"tag": 2.0, "domain": 2.0, "task": 2.0, "modality": 0.2, "format": 0.2}
"""How much a value that both have weighs. Formats and modalities are tags, too."""

PAPER = 4.0
AUTHOR = 3.0
WORD = 1.0
"""The same of a paper, an author, a word of the title."""

MOST = 40
"""So many tags, authors and papers are looked at, and so many words of a title."""

_TECHNICAL = ("format", "modality")
_SHORTEST = 3
_EMPTY = frozenset(["and", "data", "dataset", "datasets", "for", "from", "its", "new", "set", "the", "with"])
"""Words of titles that say nothing."""


def likest(searcher: Searcher, entry: IndexEntry, papers: Sequence[str], limit: int) -> tuple[Hit, ...]:
    """The datasets that share most with one, without itself.

    Args:
        searcher: looks into the index.
        entry: the dataset; it need not be in the index.
        papers: its papers.
        limit: so many at most.
    """
    from tantivy import Occur, Query

    shared = [
        (Occur.Should, Query.const_score_query(_met(field, words), weight * rarity))
        for field, words, weight in _traits(entry, papers)
        if (rarity := _rarity(searcher, field, words))
    ]
    if not shared or limit < 1:
        return ()
    itself = Query.term_query(schema(), ID, storable(entry.id))
    likeness = Query.boolean_query([(Occur.Must, Query.boolean_query(shared)), (Occur.MustNot, itself)])
    page, _ = page_of(searcher, likeness, "relevance", limit, 0, ranked=True)
    marker = Marker(parse_query(""))
    return tuple(hit_of(id_, summary, marker) for id_, summary in page)


def _traits(entry: IndexEntry, papers: Sequence[str]) -> Iterator[tuple[str, Sequence[str], float]]:
    """What another dataset may share: field, words that follow each other there, weight."""
    technical = {value.lower() for facet in _TECHNICAL for value in entry.facets.get(facet, ())}
    for facet, weight in FACETS.items():
        values = entry.tags if facet == "tag" else entry.facets.get(facet, ())
        for value in islice(dict.fromkeys(storable(value).lower() for value in values), MOST):
            if facet != "tag" or value not in technical:
                yield FIELDS_OF_FACETS[facet], (value,), weight
    for field, texts, weight in (("by", entry.by, AUTHOR), ("papers", papers, PAPER)):
        for words in islice(dict.fromkeys(tuple(_words(text)) for text in texts), MOST):
            if words:
                yield field, words, weight
    words_of_title = (word for word in _words(entry.title) if len(word) >= _SHORTEST and word not in _EMPTY)
    for word in islice(dict.fromkeys(words_of_title), MOST):
        yield "title", (word,), WORD


def _rarity(searcher: Searcher, field: str, words: Sequence[str]) -> float:
    """How much it says that two have these words (inverse document frequency); 0 where nobody has them."""
    rarest = min(searcher.doc_freq(field, word) for word in words)
    return math.log1p(max(searcher.num_docs, rarest) / rarest) if rarest else 0.0


def _words(text: str) -> list[str]:
    return analyzer().analyze(storable(text))[:MOST]


def _met(field: str, words: Sequence[str]) -> Compiled:
    from tantivy import Query

    if len(words) == 1:
        return Query.term_query(schema(), field, words[0])
    return Query.phrase_query(schema(), field, list(words))
