"""Similar datasets: those that share most with one; sharing something rare counts more than something common.

The library's own "more like this" reads stored texts, weights all fields equally and prefers short texts. Here, each
trait that two datasets share, such as a tag or an author, is weighted by its kind and its rarity.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from huggingnersc_lab.index.entry import IndexEntry
from huggingnersc_lab.index.fields import VALUE_FIELDS
from huggingnersc_lab.index.grammar import Query as Question
from huggingnersc_lab.index.highlights import Highlighter
from huggingnersc_lab.index.lookup import hits_of
from huggingnersc_lab.index.order import by_score
from huggingnersc_lab.index.page import Hit
from huggingnersc_lab.index.schema import ID, analyzer, schema, storable
from huggingnersc_lab.render.papers import paper_of

if TYPE_CHECKING:
    from tantivy import Query as Compiled
    from tantivy import Searcher

WEIGHTS = {"tag": 2.0, "domain": 2.0, "task": 2.0, "modality": 0.2, "format": 0.2}
"""Weights of shared values by field. Formats and modalities are tags too, and have these weights."""

PAPER_WEIGHT = 4.0
AUTHOR_WEIGHT = 3.0
WORD_WEIGHT = 1.0
"""Weights of a shared paper, author, or word of the title."""

MOST = 40
"""Maximum number of values of a field, authors, papers, and words of a title to compare."""

_VERSION = re.compile(r"v\d+$")
_TECHNICAL = ("format", "modality")
_SHORTEST = 3
_EMPTY = frozenset(["and", "data", "dataset", "datasets", "for", "from", "its", "new", "set", "the", "with"])
"""Meaningless words in titles."""


class _Trait(NamedTuple):
    """Something that another dataset may share: a sequence of words in a field.

    Attributes:
        field: the field's name in the index.
        words: the words.
        weight: how much it counts.
        is_beginning: whether the last word may be the start of a longer one.
    """

    field: str
    words: Sequence[str]
    weight: float
    is_beginning: bool = False


def most_similar(searcher: Searcher, entry: IndexEntry, papers: Sequence[str], limit: int) -> tuple[Hit, ...]:
    """The datasets that share most with one, most similar first.

    Args:
        searcher: looks into the index.
        entry: the dataset; it need not be in the index, and is not among the results.
        papers: its papers.
        limit: maximum number of datasets.
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
    others = Query.boolean_query([(Occur.Must, Query.boolean_query(shared)), (Occur.MustNot, itself)])
    return hits_of(searcher, by_score(searcher, others, 0, limit).addresses, Highlighter(Question()))


def _traits(entry: IndexEntry, papers: Sequence[str]) -> Iterator[_Trait]:
    technical = {value.lower() for facet in _TECHNICAL for value in entry.facets.get(facet, ())}
    for name, weight in WEIGHTS.items():
        field = VALUE_FIELDS[name]
        for value in islice(dict.fromkeys(storable(value).lower() for value in field.values_of(entry)), MOST):
            if name != "tag" or value not in technical:
                yield _Trait(field.index_name, (value,), weight)
    for words in islice(dict.fromkeys(tuple(_words(name)) for name in entry.by), MOST):
        if words:
            yield _Trait("by", words, AUTHOR_WEIGHT)
    for trait in islice(dict.fromkeys(map(_cited, papers)), MOST):
        if trait.words:
            yield trait
    words_of_title = (word for word in _words(entry.title) if len(word) >= _SHORTEST and word not in _EMPTY)
    for word in islice(dict.fromkeys(words_of_title), MOST):
        yield _Trait("title", (word,), WORD_WEIGHT)


def _cited(paper: str) -> _Trait:
    """A paper, whether named by id, DOI or URL, with or without a version."""
    named = paper_of(paper)
    is_arxiv = named.kind == "arxiv"  # ids of the same month have the same length: none is a prefix of another
    identifier = _VERSION.sub("", named.identifier) if is_arxiv else named.identifier
    return _Trait("other", tuple(_words(identifier)), PAPER_WEIGHT, is_beginning=is_arxiv)


def _rarity(searcher: Searcher, trait: _Trait) -> float:
    """The rarity of the words (inverse document frequency); 0 if no dataset has them."""
    counts = [searcher.doc_freq(trait.field, word) for word in trait.words]
    if trait.is_beginning and not counts[-1]:  # longer words may match
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
