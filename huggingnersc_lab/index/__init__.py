"""The search index: a copy of the catalog in the user's cache folder, made for words and facets.

It contains nothing that is not in the catalog or on the Hub. So if it is damaged, or of another version, it is deleted
and rebuilt. It is never stored on the shared file system.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from huggingnersc_lab.index.entry import IndexEntry, entry_of
    from huggingnersc_lab.index.facets import FACETS
    from huggingnersc_lab.index.index import Index, Refreshed
    from huggingnersc_lab.index.page import FacetValues, Hit, Page
    from huggingnersc_lab.index.search import EVERYTHING, Search, Sort

__all__ = [
    "EVERYTHING",
    "FACETS",
    "FacetValues",
    "Hit",
    "Index",
    "IndexEntry",
    "Page",
    "Refreshed",
    "Search",
    "Sort",
    "entry_of",
]

# Imported on first use: the command line's help needs only the names of the fields.
_HOMES = {
    "EVERYTHING": "search",
    "FACETS": "facets",
    "FacetValues": "page",
    "Hit": "page",
    "Index": "index",
    "IndexEntry": "entry",
    "Page": "page",
    "Refreshed": "index",
    "Search": "search",
    "Sort": "search",
    "entry_of": "entry",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
