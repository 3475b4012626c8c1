"""Converts queries and filters to queries of the search library, which never parses users' input."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from huggingnersc_lab.index.fields import TEXT_FIELDS, VALUE_FIELDS
from huggingnersc_lab.index.grammar import Query, SizeTerm, Term
from huggingnersc_lab.index.schema import BYTES, analyzer, schema, storable

if TYPE_CHECKING:
    from tantivy import Query as Compiled
    from tantivy import Searcher

MIN_FORGIVEN = 4
"""Minimum length of a word in which a letter may differ."""

_WHOLE = 2.0
"""How much more a whole word counts than one that only starts with the query's word."""


class Compiler:
    """Compiles queries and filters.

    Args:
        searcher: provides the words in the index.
        forgiving: whether one letter of a word may differ.
    """

    def __init__(self, searcher: Searcher, *, forgiving: bool = False) -> None:
        self._searcher = searcher
        self._forgiving = forgiving

    def query(self, query: Query, filters: Mapping[str, Sequence[str]]) -> Compiled:
        """A query that matches all terms of ``query`` and, for each filter, one of its values."""
        from tantivy import Occur, Query

        parts: list[tuple[Occur, Compiled]] = []
        for term in query.terms:
            compiled = self._size(term) if isinstance(term, SizeTerm) else self._term(term)
            if compiled is not None:
                parts.append((Occur.MustNot if term.is_excluded else Occur.Must, compiled))
        for facet, values in filters.items():
            if values:
                field = VALUE_FIELDS[facet].index_name
                chosen = Query.term_set_query(schema(), field, [storable(value).lower() for value in values])
                parts.append((Occur.Must, Query.const_score_query(chosen, 0.0)))
        if not any(occur == Occur.Must for occur, _ in parts):
            parts.append((Occur.Must, Query.all_query()))
        return Query.boolean_query(parts)

    def _term(self, term: Term) -> Compiled | None:
        from tantivy import Query

        if term.field and (field := VALUE_FIELDS.get(term.field)):
            return self._value(field.index_name, term)
        words = words_of(term)
        if not words:  # a term of punctuation is ignored; a word that is too long for the index matches nothing
            return Query.empty_query() if any(map(str.isalnum, term.text)) else None
        fields = {term.field: 1.0} if term.field else {name: text.weight for name, text in TEXT_FIELDS.items()}
        if term.is_phrase:
            phrase = [word for word, _ in words]
            return self._any([self._boosted(self._phrase(name, phrase), boost) for name, boost in fields.items()])
        return self._all([self._word(word, fields, is_prefix=is_prefix) for word, is_prefix in words])

    def _value(self, field: str, term: Term) -> Compiled:
        """A whole value; if there is no such value, or it ends with ``*``, values that start with it."""
        from tantivy import Query

        value = storable(term.text).lower()
        if term.is_phrase or self._searcher.doc_freq(field, value):
            found = Query.term_query(schema(), field, value)
        else:
            found = Query.fuzzy_term_query(schema(), field, value, 0, prefix=True)
        return Query.const_score_query(found, 1.0)

    def _word(self, word: str, fields: Mapping[str, float], *, is_prefix: bool) -> Compiled:
        from tantivy import Query

        ways = []
        for field, boost in fields.items():
            ways.append(self._boosted(Query.term_query(schema(), field, word), boost * _WHOLE))
            distance = 1 if self._forgiving and is_forgiven(word) else 0
            if is_prefix or distance:
                near = Query.fuzzy_term_query(schema(), field, word, distance, prefix=is_prefix)
                ways.append(self._boosted(near, boost))
        return self._any(ways)

    @staticmethod
    def _phrase(field: str, words: Sequence[str]) -> Compiled:
        from tantivy import Query

        if len(words) == 1:
            return Query.term_query(schema(), field, words[0])
        return Query.phrase_query(schema(), field, list(words))

    @staticmethod
    def _size(term: SizeTerm) -> Compiled:
        from tantivy import FieldType, Query

        bound = min(term.n_bytes, 2**63 - 1)
        return Query.range_query(
            schema(),
            BYTES,
            FieldType.Integer,
            lower_bound=bound if term.comparison in (">", ">=", "=") else 0,
            upper_bound=bound if term.comparison in ("<", "<=", "=") else 2**63 - 1,
            include_lower=term.comparison != ">",
            include_upper=term.comparison != "<",
        )

    @staticmethod
    def _boosted(query: Compiled, boost: float) -> Compiled:
        from tantivy import Query

        return Query.boost_query(query, boost)

    @staticmethod
    def _any(queries: Sequence[Compiled]) -> Compiled:
        from tantivy import Query

        return Query.disjunction_max_query(list(queries), 0.1)

    @staticmethod
    def _all(queries: Sequence[Compiled]) -> Compiled:
        from tantivy import Occur, Query

        return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Must, query) for query in queries])


def words_of(term: Term) -> list[tuple[str, bool]]:
    """The words of a term as in the index, and whether each may be the start of a word.

    The index splits words at hyphens and dots, so a term may consist of several words. Only the last may be incomplete.
    """
    words = analyzer().analyze(storable(term.text))
    return [(word, term.is_prefix and number == len(words)) for number, word in enumerate(words, 1)]


def is_forgiven(word: str) -> bool:
    """Whether one letter of the word may differ."""
    return len(word) >= MIN_FORGIVEN
