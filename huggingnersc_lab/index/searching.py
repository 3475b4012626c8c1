"""One look into the index: the page, and how many there are of everything."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from huggingnersc_lab.index.entry import BEGINNING, FACETS
from huggingnersc_lab.index.grammar import Query, parse_query
from huggingnersc_lab.index.marks import Marker
from huggingnersc_lab.index.page import FACET_VALUES, FacetValues, Hit, Page
from huggingnersc_lab.index.queries import Compiler
from huggingnersc_lab.index.schema import BYTES, FIELDS_OF_FACETS, ID, ORDER, SUMMARY, UPDATED, storable
from huggingnersc_lab.index.search import MAX_OFFSET, Search

if TYPE_CHECKING:
    from tantivy import Query as Compiled
    from tantivy import Searcher

_ALL_VALUES = 20_000
"""More values than a facet has: each is a word of a vocabulary, of which the largest has 8,000."""


def find(searcher: Searcher, search: Search) -> Page:
    """What fits; where nothing does, what does if a letter of each word may be wrong."""
    query = parse_query(search.query)
    page = _find(searcher, query, search)
    return _find(searcher, query, search, forgiving=True) if page.total == 0 and _has_words(query) else page


def _find(searcher: Searcher, query: Query, search: Search, *, forgiving: bool = False) -> Page:
    compiler = Compiler(searcher, forgiving=forgiving)
    filters = {facet: values for facet, values in search.filters.items() if values}
    compiled = compiler.query(query, filters)
    page, total = page_of(searcher, compiled, search, ranked=bool(query.terms))
    marker = Marker(query, forgiving=forgiving)
    return Page(
        hits=tuple(hit_of(id_, summary, marker) for id_, summary in page),
        total=total,
        facets=_facets(searcher, compiler, query, filters) if search.counts else {},
        is_forgiving=forgiving,
        is_cut=query.is_cut,
    )


def _facets(
    searcher: Searcher, compiler: Compiler, query: Query, filters: Mapping[str, Sequence[str]]
) -> dict[str, dict[str, int]]:
    """All facets' counts, each without the filter of its own facet."""
    counts = _count(searcher, compiler.query(query, filters), [facet for facet in FACETS if facet not in filters])
    for facet, chosen in filters.items():
        others = {other: values for other, values in filters.items() if other != facet}
        counts |= _count(searcher, compiler.query(query, others), [facet])
        known = {value.lower() for value in counts[facet]}
        for value in chosen:
            if value.lower() not in known:  # a rare one, or one that nothing else leaves
                is_there = searcher.doc_freq(FIELDS_OF_FACETS[facet], storable(value).lower())
                narrowed = compiler.query(query, {**others, facet: [value]}) if is_there else None
                counts[facet][value] = _number(searcher, narrowed) if narrowed else 0
    return {facet: counts[facet] for facet in FACETS}


def find_values(searcher: Searcher, search: Search, facet: str, fits: Callable[[str], bool]) -> FacetValues:
    """The values of a facet that fit, counted as :func:`find` counts them."""
    query = parse_query(search.query)
    forgiving = _has_words(query) and not _number(searcher, Compiler(searcher).query(query, search.filters))
    others = {other: values for other, values in search.filters.items() if other != facet}
    compiled = Compiler(searcher, forgiving=forgiving).query(query, others)
    counts = _count(searcher, compiled, [facet], _ALL_VALUES)[facet]
    fitting = [(value, count) for value, count in counts.items() if fits(value)]
    return FacetValues(dict(fitting[:FACET_VALUES]), len(fitting))


def _has_words(query: Query) -> bool:
    return any(getattr(term, "field", "") is None and not term.is_excluded for term in query.terms)


def _number(searcher: Searcher, compiled: Compiled) -> int:
    """How many fit."""
    return int(getattr(searcher.search(compiled, 1, count=True), "count", 0))


def page_of(
    searcher: Searcher, compiled: Compiled, search: Search, *, ranked: bool
) -> tuple[list[tuple[str, dict[str, Any]]], int]:
    """Ids and summaries of a page, and the number of all that fit."""
    from tantivy import Order

    order: dict[str, Any] = {}
    limit, offset = max(0, search.limit), min(max(0, search.offset), MAX_OFFSET)
    if search.sort == "newest":
        order = {"order_by_field": UPDATED}
    elif search.sort == "size":
        order = {"order_by_field": BYTES}
    elif search.sort == "name" or not ranked:
        order = {"order_by_field": ORDER, "order": Order.Asc}
    found = searcher.search(compiled, max(limit, 1), count=True, offset=offset, **order)
    documents = [searcher.doc(address) for _, address in found.hits[:limit]]
    page = [(str(document[ID][0]), json.loads(bytes(document[SUMMARY][0]))) for document in documents]
    return page, int(getattr(found, "count", 0))  # which the library's types leave out


def hit_of(id_: str, summary: dict[str, Any], marker: Marker) -> Hit:
    """What was found, with what of it met the query."""
    description = str(summary.get("description", ""))
    if description:
        summary["description"] = description[:BEGINNING]
    texts = {"name": str(summary.get("name", id_)), "pretty_name": str(summary.get("pretty_name", ""))}
    marks = {member: spans for member, text in texts.items() if (spans := marker.spans(text))}
    return Hit(id_, summary, marks, None if marks or not description else marker.excerpt(description))


def _count(
    searcher: Searcher, compiled: Compiled, facets: Sequence[str], size: int = FACET_VALUES
) -> dict[str, dict[str, int]]:
    if not facets:
        return {}
    wanted = {facet: {"terms": {"field": FIELDS_OF_FACETS[facet], "size": size}} for facet in facets}
    answer = searcher.aggregate(compiled, wanted)
    return {facet: {bucket["key"]: int(bucket["doc_count"]) for bucket in answer[facet]["buckets"]} for facet in facets}
