"""The order of hits: by relevance, date or size, and equal hits by title, then by nickname.

The library sorts by a single number and leaves equal hits in storage order, which changes with every update. So their
order is completed here, for the hits of one page: by numbers that hold the start of the title (see
:data:`huggingnersc_lab.index.schema.SORT_KEY_PARTS`) and, if those are equal too, by the stored title.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from huggingnersc_lab.index.schema import BYTES, SORT_KEY, SORT_KEY_PARTS, UPDATED, schema

if TYPE_CHECKING:
    from tantivy import DocAddress, Searcher
    from tantivy import Query as Compiled

_AHEAD = 1000
"""How many hits after the window to request at first, to see where those equal to its last one end."""

_GROWTH = 8
"""Factor by which that number grows if they do not end there."""

_ROUNDING = 2e-6
"""Scores with a smaller relative difference are equal: the sum of 32-bit numbers depends on their order."""


class SortField(NamedTuple):
    """A number to sort hits by.

    Attributes:
        name: its field.
        is_signed: whether it may be negative.
        is_descending: whether large numbers come first.
    """

    name: str
    is_signed: bool
    is_descending: bool


TITLE = tuple(SortField(part, is_signed=False, is_descending=False) for part in SORT_KEY_PARTS)
NEWEST = SortField(UPDATED, is_signed=True, is_descending=True)
LARGEST = SortField(BYTES, is_signed=True, is_descending=True)


class Window(NamedTuple):
    """A part of the hits.

    Attributes:
        addresses: their addresses in the library, in order.
        total: number of all hits.
    """

    addresses: list[DocAddress]
    total: int


def by_score(searcher: Searcher, query: Compiled, offset: int, limit: int) -> Window:
    """Hits sorted by relevance.

    Args:
        searcher: looks into the index.
        query: the query.
        offset: number of hits before the window.
        limit: length of the window.
    """
    most = max(1, searcher.num_docs)
    wanted = min(offset + limit + _AHEAD, most)
    while True:
        found = searcher.search(query, wanted, count=True)
        hits = found.hits
        end = min(offset + limit, len(hits))
        stop = end
        while 0 < stop < len(hits) and _is_equal(hits[stop - 1][0], hits[stop][0]):
            stop += 1
        if stop < len(hits) or len(hits) < wanted or wanted == most:
            break
        wanted = min(wanted * _GROWTH, most)
    start = min(offset, len(hits))
    while 0 < start < len(hits) and _is_equal(hits[start - 1][0], hits[start][0]):
        start -= 1
    ordered: list[DocAddress] = []
    place = start
    while place < stop:
        group_end = place + 1
        while group_end < stop and _is_equal(hits[group_end - 1][0], hits[group_end][0]):
            group_end += 1
        group = [address for _, address in hits[place:group_end]]
        ordered += _by_title(searcher, group, offset - place, end - place)
        place = group_end
    return Window(ordered[offset - start : end - start], _count(found))


def _is_equal(higher: float, lower: float) -> bool:
    return higher - lower <= _ROUNDING * higher


def by_fields(searcher: Searcher, query: Compiled, fields: Sequence[SortField], offset: int, limit: int) -> Window:
    """Hits sorted by several fields, then by title.

    Args:
        searcher: looks into the index.
        query: the query.
        fields: the fields; the last ones are those of :data:`TITLE`.
        offset: number of hits before the window.
        limit: length of the window; at least 1.
    """
    if not fields:
        found = searcher.search(query, max(1, searcher.num_docs), count=True)
        addresses = _by_stored_title(searcher, [address for _, address in found.hits])
        return Window(addresses[offset : offset + limit], _count(found))
    field, rest = fields[0], fields[1:]
    before = min(offset, 1)  # one more hit at each end shows whether equal ones are outside the window
    found = _ordered(searcher, query, field, offset - before, before + limit + 1)
    hits = found.hits
    ordered: list[DocAddress] = []
    for value, group in groupby(hits[before : before + limit], key=lambda hit: hit[0]):
        addresses = [address for _, address in group]
        goes_on = len(hits) > before + limit and hits[-1][0] == value
        skipped = 0
        if before and hits[0][0] == value:
            skipped = offset - _number_before(searcher, query, field, value)
        if skipped or goes_on:
            window = by_fields(searcher, _narrowed(query, field, value, value), rest, skipped, len(addresses))
            addresses = window.addresses
        else:
            addresses = _by_title(searcher, addresses, 0, len(addresses))
        ordered += addresses
    return Window(ordered, _count(found))


def _ordered(searcher: Searcher, query: Compiled, field: SortField, offset: int, limit: int) -> Any:
    from tantivy import Order

    order = Order.Desc if field.is_descending else Order.Asc
    return searcher.search(query, limit, count=True, offset=offset, order_by_field=field.name, order=order)


def _number_before(searcher: Searcher, query: Compiled, field: SortField, value: int) -> int:
    """The number of hits whose value comes before this one."""
    bounds = (value, None) if field.is_descending else (None, value)
    return _count(searcher.search(_narrowed(query, field, *bounds, is_inclusive=False), 1, count=True))


def _narrowed(
    query: Compiled, field: SortField, lower: int | None, upper: int | None, *, is_inclusive: bool = True
) -> Compiled:
    """The matches of the query between two bounds."""
    from tantivy import FieldType, Occur, Query

    kind = FieldType.Integer if field.is_signed else FieldType.Unsigned
    bounds = Query.range_query(
        schema(),
        field.name,
        kind,
        lower_bound=lower,
        upper_bound=upper,
        include_lower=is_inclusive or lower is None,
        include_upper=is_inclusive or upper is None,
    )
    return Query.boolean_query([(Occur.Must, query), (Occur.Must, bounds)])


def _by_title(
    searcher: Searcher, addresses: list[DocAddress], first: int, last: int, fields: Sequence[SortField] = TITLE
) -> list[DocAddress]:
    """Hits sorted by title. The order is exact from position ``first`` to ``last``, and approximate elsewhere."""
    first, last = max(first, 0), min(last, len(addresses))
    if len(addresses) <= 1 or first >= last:
        return addresses
    if not fields:
        return _by_stored_title(searcher, addresses)
    values: Sequence[Any] = searcher.fast_field_values(fields[0].name, addresses)
    order = sorted(range(len(addresses)), key=values.__getitem__)
    ordered = [addresses[number] for number in order]
    start = first
    while start > 0 and values[order[start - 1]] == values[order[first]]:
        start -= 1
    while start < last:
        end = start + 1
        while end < len(order) and values[order[end]] == values[order[start]]:
            end += 1
        if end - start > 1:
            ordered[start:end] = _by_title(searcher, ordered[start:end], first - start, last - start, fields[1:])
        start = end
    return ordered


def _by_stored_title(searcher: Searcher, addresses: list[DocAddress]) -> list[DocAddress]:
    return sorted(addresses, key=lambda address: bytes(searcher.doc(address)[SORT_KEY][0]))


def _count(found: Any) -> int:
    """The number of all hits, which is missing in the library's types."""
    return int(getattr(found, "count", 0))
