"""Queries the index: the hits of a page, and the number of datasets for each value of a facet."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from huggingnersc_lab.index.entry import BEGINNING
from huggingnersc_lab.index.facets import FACETS
from huggingnersc_lab.index.fields import VALUE_FIELDS
from huggingnersc_lab.index.grammar import Query, Term, parse_query
from huggingnersc_lab.index.highlights import Highlighter
from huggingnersc_lab.index.members import texts
from huggingnersc_lab.index.order import LARGEST, NEWEST, TITLE, Window, by_fields, by_score
from huggingnersc_lab.index.page import FACET_VALUES, FacetValues, FoundIn, Hit, Page
from huggingnersc_lab.index.queries import Compiler
from huggingnersc_lab.index.schema import ID, PATH, SUMMARY, plain_path, schema, storable
from huggingnersc_lab.index.search import MAX_OFFSET, Search

if TYPE_CHECKING:
    from tantivy import DocAddress, Searcher
    from tantivy import Query as Compiled

_ALL_VALUES = 20_000
"""More values than any facet has: each is in a vocabulary, and the largest vocabulary has 8,000."""


def find(searcher: Searcher, search: Search) -> Page:
    """The matching datasets; if there are none, those that match if one letter of each word may differ."""
    query = parse_query(search.query)
    page = _find(searcher, query, search)
    return _find(searcher, query, search, forgiving=True) if page.total == 0 and _has_words(query) else page


def _find(searcher: Searcher, query: Query, search: Search, *, forgiving: bool = False) -> Page:
    compiler = Compiler(searcher, forgiving=forgiving)
    filters = {facet: values for facet, values in search.filters.items() if values}
    window = _window(searcher, compiler.query(query, filters), search, has_scores=_has_scores(query))
    return Page(
        hits=hits_of(searcher, window.addresses, Highlighter(query, forgiving=forgiving)),
        total=window.total,
        facets=_facets(searcher, compiler, query, filters) if search.counts else {},
        is_forgiving=forgiving,
        is_cut=query.is_cut,
    )


def find_values(searcher: Searcher, search: Search, facet: str, fits: Callable[[str], bool]) -> FacetValues:
    """The matching values of a facet, counted as by :func:`find`."""
    query = parse_query(search.query)
    forgiving = _has_words(query) and not _number(searcher, Compiler(searcher).query(query, search.filters))
    others = {other: values for other, values in search.filters.items() if other != facet}
    compiled = Compiler(searcher, forgiving=forgiving).query(query, others)
    counts = _count(searcher, compiled, [facet], most=_ALL_VALUES)[facet]
    fitting = [(value, count) for value, count in counts.items() if fits(value)]
    return FacetValues(dict(fitting[:FACET_VALUES]), len(fitting))


def find_at(searcher: Searcher, paths: Collection[str], limit: int) -> tuple[Hit, ...]:
    """The datasets whose data is at one of some absolute paths, in the order of their titles."""
    from tantivy import Query as LibraryQuery

    terms = list(dict.fromkeys(storable(plain_path(path)) for path in paths))
    if not terms:
        return ()
    query = LibraryQuery.term_set_query(schema(), PATH, terms)
    window = by_fields(searcher, query, TITLE, 0, limit)
    return hits_of(searcher, window.addresses, Highlighter(parse_query("")))


def hits_of(searcher: Searcher, addresses: Sequence[DocAddress], highlighter: Highlighter) -> tuple[Hit, ...]:
    """The hits at some addresses, with their highlights."""
    documents = map(searcher.doc, addresses)
    return tuple(
        _hit(str(document[ID][0]), json.loads(bytes(document[SUMMARY][0])), highlighter) for document in documents
    )


def _hit(id_: str, summary: dict[str, Any], highlighter: Highlighter) -> Hit:
    description = str(summary.get("description", ""))
    if description:
        summary["description"] = description[:BEGINNING]
    texts = {"name": str(summary.get("name", id_)), "pretty_name": str(summary.get("pretty_name", ""))}
    highlights = {member: spans for member, text in texts.items() if (spans := highlighter.spans(text))}
    excerpt = None if highlights or not description else highlighter.excerpt(description)
    found_in = None if highlights or excerpt or not highlighter.has_words else _found_in(summary, highlighter)
    return Hit(id_, summary, highlights, excerpt, found_in)


def _found_in(summary: Mapping[str, Any], highlighter: Highlighter) -> FoundIn:
    """Where a hit met the query, if not in a text that is shown."""
    tags = (*texts(summary.get("tags")), *texts(summary.get("task_categories")))
    for field, values in (("tags", tags), ("authors", tuple(texts(summary.get("authors"))))):
        met = [value for value in values if highlighter.spans(value)]
        if met:
            return FoundIn("tags" if field == "tags" else "authors", ", ".join(dict.fromkeys(met)))
    return FoundIn("other")


def _window(searcher: Searcher, compiled: Compiled, search: Search, *, has_scores: bool) -> Window:
    offset, limit = min(max(0, search.offset), MAX_OFFSET), search.limit
    if limit < 1:
        return Window([], _number(searcher, compiled))
    if search.sort == "relevance" and has_scores:
        return by_score(searcher, compiled, offset, limit)
    first = {"newest": (NEWEST,), "size": (LARGEST,)}.get(search.sort, ())
    return by_fields(searcher, compiled, (*first, *TITLE), offset, limit)


def _has_words(query: Query) -> bool:
    """Whether the query contains words in which a letter may differ."""
    return any(isinstance(term, Term) and term.field is None and not term.is_excluded for term in query.terms)


def _has_scores(query: Query) -> bool:
    """Whether one hit may match better than another: values, sizes and exclusions match or do not."""
    return any(
        isinstance(term, Term) and term.field not in VALUE_FIELDS and not term.is_excluded for term in query.terms
    )


def _number(searcher: Searcher, compiled: Compiled) -> int:
    """The number of matching datasets."""
    return int(getattr(searcher.search(compiled, 1, count=True), "count", 0))  # missing in the library's types


def _facets(
    searcher: Searcher, compiler: Compiler, query: Query, filters: Mapping[str, Sequence[str]]
) -> dict[str, dict[str, int]]:
    """The counts of all facets, each without its own filter."""
    counts = _count(searcher, compiler.query(query, filters), [facet for facet in FACETS if facet not in filters])
    for facet, chosen in filters.items():
        others = {other: values for other, values in filters.items() if other != facet}
        counts |= _count(searcher, compiler.query(query, others), [facet])
        known = {value.lower() for value in counts[facet]}
        for value in chosen:
            if value.lower() not in known:  # not among the most frequent, or no hit under the other filters
                is_there = searcher.doc_freq(VALUE_FIELDS[facet].index_name, storable(value).lower())
                narrowed = compiler.query(query, {**others, facet: [value]}) if is_there else None
                counts[facet][value] = _number(searcher, narrowed) if narrowed else 0
    return {facet: counts[facet] for facet in FACETS}


def _count(
    searcher: Searcher, compiled: Compiled, facets: Sequence[str], most: int = FACET_VALUES
) -> dict[str, dict[str, int]]:
    """The most frequent values of each facet with their number of datasets; equally frequent ones by name."""
    if not facets:
        return {}
    # All values are requested: among equally frequent ones, the library's choice would be arbitrary.
    wanted = {facet: {"terms": {"field": VALUE_FIELDS[facet].index_name, "size": _ALL_VALUES}} for facet in facets}
    answer = searcher.aggregate(compiled, wanted)
    counts = {}
    for facet in facets:
        found = [(str(bucket["key"]), int(bucket["doc_count"])) for bucket in answer[facet]["buckets"]]
        counts[facet] = dict(sorted(found, key=lambda item: (-item[1], item[0]))[:most])
    return counts
