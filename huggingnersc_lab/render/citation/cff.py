"""CFF: a ``CITATION.cff`` of the Citation File Format 1.2.0."""

from __future__ import annotations

import re
from typing import Any

from huggingnersc_lab.render.citation.work import (
    Creator,
    address,
    creators,
    doi_link,
    plain_address,
    published_on,
    title,
)
from huggingnersc_lab.render.entry import Entry
from huggingnersc_lab.render.front_matter import dump
from huggingnersc_lab.render.licence import Licence, licence_of

_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)?/[A-Za-z0-9:/_;\-.()\[\]\\]+")
_LATER_LICENCES = frozenset({"CDLA-Permissive-2.0", "OpenMDW-1.0"})
"""Identifiers that SPDX has made since the format's version 1.2.0 took over its list, and that it does not allow."""


def cff(entry: Entry) -> str:
    """The file's text, YAML."""
    record, day = entry.record, published_on(entry)
    licence = licence_of(record)
    spdx = licence.spdx if licence and licence.spdx not in _LATER_LICENCES else None
    doi = record.public_doi
    has_doi = bool(doi and _DOI.fullmatch(doi))
    data: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": "If you use this dataset, please cite it as below.",
        "type": "dataset",
        "title": title(entry),
        "authors": _unique(_author(creator) for creator in creators(entry)),
        "date-released": day and day.isoformat(),
        "commit": record.revision,
        "doi": doi if has_doi else None,
        # The format knows fewer DOIs than there are; as an address each of them will do.
        "url": address(entry) if has_doi else doi_link(entry) or address(entry),
        "repository-code": plain_address(record.code[0]) if record.code else None,
        "license": spdx,
        "license-url": None if spdx else _address(licence),
        "keywords": _unique(record.tags),
        "abstract": (record.description or "").strip(),
    }
    return dump({key: value for key, value in data.items() if value})


def _author(creator: Creator) -> dict[str, str]:
    name = creator.name
    if not name.is_person:
        return {"name": name.text}
    parts = {
        "family-names": name.family,
        "given-names": name.given,
        "name-suffix": name.suffix,
        "orcid": creator.orcid and f"https://orcid.org/{creator.orcid}",
        "affiliation": creator.affiliation,
    }
    return {part: value for part, value in parts.items() if value}


def _address(licence: Licence | None) -> str | None:
    """Where the licence's text is, if it is on the web: it may also be a file of the repository."""
    text = (licence.address if licence else None) or ""
    return plain_address(text) if re.match(r"(?:https?|s?ftp)://.", text) else None


def _unique(items: Any) -> list[Any]:
    found: list[Any] = []
    for item in items:
        if item and item not in found:
            found.append(item)
    return found
