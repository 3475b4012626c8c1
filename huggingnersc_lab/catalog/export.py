"""Exports the catalog, or the matches of a query, piece by piece, so that it need not fit in memory."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from typing import Any, Literal

from huggingnersc_lab.catalog.search.finder import Finder
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.index import Search
from huggingnersc_lab.record.model import DatasetRecord
from huggingnersc_lab.render.croissant import croissant
from huggingnersc_lab.render.entry import cataloged
from huggingnersc_lab.render.spreadsheet import heading, row
from huggingnersc_lab.sites import Site
from huggingnersc_lab.store import BrokenEntry, Store

ExportFormat = Literal["csv", "jsonl", "croissant"]
OnSkip = Callable[[str, str], None]

_ALL = 1_000_000
"""A limit above the number of datasets in any catalog."""


def export(
    site: Site, store: Store, finder: Finder, query: str | None, form: ExportFormat, on_skip: OnSkip | None
) -> Iterator[str]:
    """Text in pieces of whole lines; see :meth:`huggingnersc_lab.catalog.Catalog.export`.

    ``csv`` starts with a header line; ``jsonl`` has one record per line. ``croissant`` is one indented document for a
    single dataset, otherwise one document per line.
    """
    skip = on_skip or (lambda _name, _reason: None)
    records = _everything(store, skip) if query is None else _fitting(store, finder, query, skip)
    if form == "csv":
        return chain([heading()], map(row, records))
    if form == "jsonl":
        return (_json(record.to_dict()) for record in records)
    return _croissants(site, records)


def _everything(store: Store, skip: OnSkip) -> Iterator[DatasetRecord]:
    for entry in store.entries():
        if isinstance(entry, BrokenEntry):
            skip(entry.folder.name, entry.reason)
        else:
            yield entry.record


def _fitting(store: Store, finder: Finder, query: str, skip: OnSkip) -> Iterator[DatasetRecord]:
    found = finder.find(Search(query, limit=_ALL))
    if found.is_cut:
        detail = "The query is too long. Nothing was exported: shorten it."
        raise CatalogError("invalid_record", detail)
    if finder.failure:  # the last known state has no records to read
        raise finder.failure
    # Near matches help a person who is searching; a program would mistake them for exact matches.
    for hit in () if found.is_forgiving else found.hits:
        if hit.summary.get("source") == "hub":
            skip(hit.name, "It is only on the Hub, with a card but no record.")
            continue
        try:
            yield store.read(hit.name).record
        except CatalogError as err:  # damaged, or just retired
            skip(hit.name, err.detail)


def _croissants(site: Site, records: Iterable[DatasetRecord]) -> Iterator[str]:
    remaining = iter(records)
    first = list(islice(remaining, 2))
    is_alone = len(first) == 1
    for record in chain(first, remaining):
        yield _json(croissant(cataloged(record, site)), indent=2 if is_alone else None)


def _json(data: dict[str, Any], indent: int | None = None) -> str:
    return json.dumps(data, ensure_ascii=False, indent=indent) + "\n"
