"""One look into the index: the page, and how many there are of everything."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from huggingnersc_lab.index.entry import BEGINNING
from huggingnersc_lab.index.grammar import Query
from huggingnersc_lab.index.marks import Marker
from huggingnersc_lab.index.page import FACET_VALUES, Hit, Page, Sort
from huggingnersc_lab.index.queries import Compiler
from huggingnersc_lab.index.schema import BYTES, FIELDS_OF_FACETS, ID, ORDER, SUMMARY, UPDATED, storable

if TYPE_CHECKING:
    from tantivy import Query as Compiled
    from tantivy import Searcher


def find(
    searcher: Searcher,
    query: Query,
    filters: Mapping[str, Sequence[str]],
    window: tuple[Sort, int, int],
    facets: Sequence[str],
    *,
    forgiving: bool = False,
) -> Page:
    """What fits, its facets' counts each without the filter of its own facet."""
    compiler = Compiler(searcher, forgiving=forgiving)
    filters = {facet: values for facet, values in filters.items() if values}
    compiled = compiler.query(query, filters)
    counts = _count(searcher, compiled, [facet for facet in facets if facet not in filters])
    for facet in facets:
        if facet in filters:
            others = {other: values for other, values in filters.items() if other != facet}
            counts |= _count(searcher, compiler.query(query, others), [facet])
            known = {value.lower() for value in counts[facet]}
            for value in filters[facet]:
                if value.lower() not in known:  # a rare one, or one that nothing else leaves
                    is_there = searcher.doc_freq(FIELDS_OF_FACETS[facet], storable(value).lower())
                    narrowed = compiler.query(query, {**others, facet: [value]}) if is_there else None
                    counts[facet][value] = _number(searcher, narrowed) if narrowed else 0
    page, total = page_of(searcher, compiled, *window, ranked=bool(query.terms))
    marker = Marker(query, forgiving=forgiving)
    return Page(
        hits=tuple(hit_of(id_, summary, marker) for id_, summary in page),
        total=total,
        facets={facet: counts[facet] for facet in facets},
        is_forgiving=forgiving,
        is_cut=query.is_cut,
    )


def _number(searcher: Searcher, compiled: Compiled) -> int:
    """How many fit."""
    return int(getattr(searcher.search(compiled, 1, count=True), "count", 0))


def page_of(
    searcher: Searcher, compiled: Compiled, sort: Sort, limit: int, offset: int, *, ranked: bool
) -> tuple[list[tuple[str, dict[str, Any]]], int]:
    """Ids and summaries of a page, and the number of all that fit."""
    from tantivy import Order

    order: dict[str, Any] = {}
    if sort == "newest":
        order = {"order_by_field": UPDATED}
    elif sort == "size":
        order = {"order_by_field": BYTES}
    elif sort == "name" or not ranked:
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


def _count(searcher: Searcher, compiled: Compiled, facets: Sequence[str]) -> dict[str, dict[str, int]]:
    if not facets:
        return {}
    wanted = {facet: {"terms": {"field": FIELDS_OF_FACETS[facet], "size": FACET_VALUES}} for facet in facets}
    answer = searcher.aggregate(compiled, wanted)
    return {facet: {bucket["key"]: int(bucket["doc_count"]) for bucket in answer[facet]["buckets"]} for facet in facets}
