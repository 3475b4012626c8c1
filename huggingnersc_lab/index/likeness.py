"""What is like a dataset: who shares most with it, and rare things count more than common ones.

The library's own "more like this" reads stored texts and weighs all fields alike, and its ranking prefers short texts;
here each thing that two datasets may share counts by its kind and by how rare it is, wherever it stands.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from huggingnersc_lab.index.entry import IndexEntry
from huggingnersc_lab.index.grammar import parse_query
from huggingnersc_lab.index.marks import Marker
from huggingnersc_lab.index.page import Hit
from huggingnersc_lab.index.schema import FIELDS_OF_FACETS, ID, analyzer, schema, storable
from huggingnersc_lab.index.search import Search
from huggingnersc_lab.index.searching import hit_of, page_of
from huggingnersc_lab.render.papers import paper_of

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

_VERSION = re.compile(r"v\d+$")
_TECHNICAL = ("format", "modality")
_SHORTEST = 3
_EMPTY = frozenset(["and", "data", "dataset", "datasets", "for", "from", "its", "new", "set", "the", "with"])
"""Words of titles that say nothing."""


class _Trait(NamedTuple):
    """What another dataset may share: words that follow each other in a field.

    Attributes:
        field: the field.
        words: the words.
        weight: how much it weighs to share them.
        is_beginning: whether the last word may go on.
    """

    field: str
    words: Sequence[str]
    weight: float
    is_beginning: bool = False


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
        (Occur.Should, Query.const_score_query(_met(trait), trait.weight * rarity))
        for trait in _traits(entry, papers)
        if (rarity := _rarity(searcher, trait))
    ]
    if not shared or limit < 1:
        return ()
    itself = Query.term_query(schema(), ID, storable(entry.id))
    likeness = Query.boolean_query([(Occur.Must, Query.boolean_query(shared)), (Occur.MustNot, itself)])
    page, _ = page_of(searcher, likeness, Search(limit=limit), ranked=True)
    marker = Marker(parse_query(""))
    return tuple(hit_of(id_, summary, marker) for id_, summary in page)


def _traits(entry: IndexEntry, papers: Sequence[str]) -> Iterator[_Trait]:
    technical = {value.lower() for facet in _TECHNICAL for value in entry.facets.get(facet, ())}
    for facet, weight in FACETS.items():
        values = entry.tags if facet == "tag" else entry.facets.get(facet, ())
        for value in islice(dict.fromkeys(storable(value).lower() for value in values), MOST):
            if facet != "tag" or value not in technical:
                yield _Trait(FIELDS_OF_FACETS[facet], (value,), weight)
    for words in islice(dict.fromkeys(tuple(_words(name)) for name in entry.by), MOST):
        if words:
            yield _Trait("by", words, AUTHOR)
    for trait in islice(dict.fromkeys(map(_cited, papers)), MOST):
        if trait.words:
            yield trait
    words_of_title = (word for word in _words(entry.title) if len(word) >= _SHORTEST and word not in _EMPTY)
    for word in islice(dict.fromkeys(words_of_title), MOST):
        yield _Trait("title", (word,), WORD)


def _cited(paper: str) -> _Trait:
    """A paper, whether somebody names it by its id, its DOI or an address that has it, and whichever its version."""
    named = paper_of(paper)
    is_arxiv = named.kind == "arxiv"  # all ids of a month are of one length, so that none is another's beginning
    identifier = _VERSION.sub("", named.identifier) if is_arxiv else named.identifier
    return _Trait("papers", tuple(_words(identifier)), PAPER, is_beginning=is_arxiv)


def _rarity(searcher: Searcher, trait: _Trait) -> float:
    """How much it says that two have these words (inverse document frequency); 0 where nobody has them."""
    counts = [searcher.doc_freq(trait.field, word) for word in trait.words]
    if trait.is_beginning and not counts[-1]:  # longer ones may be there
        counts = counts[:-1]
    rarest = min(counts, default=0)
    return math.log1p(max(searcher.num_docs, rarest) / rarest) if rarest else 0.0


def _words(text: str) -> list[str]:
    return analyzer().analyze(storable(text))[:MOST]


def _met(trait: _Trait) -> Compiled:
    from tantivy import Query

    if len(trait.words) == 1:
        return Query.term_query(schema(), trait.field, trait.words[0])
    if trait.is_beginning:
        return Query.phrase_prefix_query(schema(), trait.field, list(trait.words))
    return Query.phrase_query(schema(), trait.field, list(trait.words))
