"""Paths and names of figshare's interface, version 2, in one place: version 3 renames them (items, licences).

Source: https://docs.figshare.com, ``swagger_v2.0.json``: ``ArticleCreate``, ``ArticleCompletePrivate``, ``License``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """One version.

    Attributes:
        items: list of own items; new ones are posted there.
        item: one of them.
        reserve: where its DOI is reserved.
        publish: where it is published.
        licences: licences that can be chosen.
        categories: categories that can be chosen.
        names: our names of what an item says → figshare's.
    """

    items: str
    item: str
    reserve: str
    publish: str
    licences: str
    categories: str
    names: Mapping[str, str]


V2 = Table(
    items="account/articles",
    item="account/articles/{id}",
    reserve="account/articles/{id}/reserve_doi",
    publish="account/articles/{id}/publish",
    licences="account/licenses",
    categories="categories",
    names={
        "title": "title",
        "description": "description",
        "type": "defined_type",
        "has_no_files": "is_metadata_record",
        "reason": "metadata_reason",
        "keywords": "keywords",
        "categories": "categories",
        "authors": "authors",
        "licence": "license",
        "links": "references",
        "funding": "funding_list",
    },
)

POINTERS: Mapping[str, str] = {
    "title": "/pretty_name",
    "description": "/description",
    "keywords": "/tags",
    "tags": "/tags",
    "categories": "/options/categories",
    "authors": "/authors",
    "license": "/license",
    "references": "/papers",
    "funding_list": "/funding",
}
"""figshare's names of fields → where the person gives them."""
