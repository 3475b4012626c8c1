"""The catalog, or what fits a query, in a form for other programs, piece by piece: it need not fit in memory."""

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
"""More datasets than there are."""


def export(
    site: Site, store: Store, finder: Finder, query: str | None, form: ExportFormat, on_skip: OnSkip | None
) -> Iterator[str]:
    """Pieces of text, each of whole lines; see :meth:`huggingnersc_lab.catalog.Catalog.export`.

    ``csv`` has a line of headings; ``jsonl`` is a record a line. ``croissant`` is one document, indented, where there
    is one dataset, and else a document a line.
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
        detail = "The query is too long to be read to its end. Nothing was exported: shorten it."
        raise CatalogError("invalid_record", detail)
    if finder.failure:  # what was known before has no records to read
        raise finder.failure
    # What is a letter off helps somebody who looks; a program would take it for what it has asked for.
    for hit in () if found.is_forgiving else found.hits:
        if hit.summary.get("source") == "hub":
            skip(hit.name, "It is only on the Hub, where it has a card and no record.")
            continue
        try:
            yield store.read(hit.name).record
        except CatalogError as err:  # damaged, or retired just now
            skip(hit.name, err.detail)


def _croissants(site: Site, records: Iterable[DatasetRecord]) -> Iterator[str]:
    remaining = iter(records)
    first = list(islice(remaining, 2))
    is_alone = len(first) == 1
    for record in chain(first, remaining):
        yield _json(croissant(cataloged(record, site)), indent=2 if is_alone else None)


def _json(data: dict[str, Any], indent: int | None = None) -> str:
    return json.dumps(data, ensure_ascii=False, indent=indent) + "\n"
