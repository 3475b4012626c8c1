"""DOIs and ORCID iDs as people paste them, brought to the one form that a record holds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, unquote

MAX_LENGTH = 500
"""Longest DOI that a record holds, in characters."""

_PREFIX = re.compile(r"(?i)\s*(?:https?://(?:dx\.|www\.)?doi\.org/|doi:\s*|info:doi/)?(?=10\.)")
_DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/[^\s\x1c-\x1f\x85\ufeff\"]+")
_ESCAPED = re.compile(r"%[0-9A-Fa-f]{2}")
_ORCID = re.compile(r"(?i)\s*(?:https?://(?:www\.)?orcid\.org/)?(\d{4})-?(\d{4})-?(\d{4})-?(\d{3}[\dX])/?\s*", re.ASCII)


def plain_doi(text: str) -> str:
    """A DOI without the address that it stands in, nor escapes; what is none is as it was.

    >>> plain_doi("https://doi.org/10.1175/1520-0493(1945)073%3C0109:SLSJ%3E2.0.CO;2")
    '10.1175/1520-0493(1945)073<0109:SLSJ>2.0.CO;2'
    """
    match = _PREFIX.match(text)
    if match is None:
        return text
    plain = text[match.end() :].strip()
    if _ESCAPED.search(plain):
        try:
            decoded = unquote(plain, errors="strict")
        except UnicodeDecodeError:
            decoded = plain
        plain = decoded if _DOI.fullmatch(decoded) else plain
    return plain if _DOI.fullmatch(plain) else text


def checked_doi(text: object) -> str | None:
    """The plain DOI that a text of somebody else's holds; None where it holds none.

    >>> checked_doi("https://doi.org/10.5072/FK2%2F1"), checked_doi("doi.org")
    ('10.5072/FK2/1', None)
    """
    plain = plain_doi(text) if isinstance(text, str) and len(text) <= MAX_LENGTH else ""
    return plain if _DOI.fullmatch(plain) else None


def doi_address(doi: str) -> str:
    """Where a DOI opens; what may not stand in an address is escaped.

    >>> doi_address("10.1000/a<1>#2")
    'https://doi.org/10.1000/a%3C1%3E%232'
    """
    return f"https://doi.org/{quote(doi, safe=_IN_PATHS)}"


def plain_orcid(text: str) -> str:
    """An ORCID iD without the address that it stands in; what is none is as it was.

    >>> plain_orcid("https://orcid.org/0000-0002-1825-0097")
    '0000-0002-1825-0097'
    """
    match = _ORCID.fullmatch(text)
    return "-".join(match.groups()).upper() if match else text


def with_plain_identifiers(values: Mapping[str, Any]) -> dict[str, Any]:
    """Members of a record with DOIs and ORCID iDs as it holds them; what is of another form stays for validation."""
    plain = dict(values)
    if isinstance(plain.get("doi"), str):
        plain["doi"] = plain_doi(plain["doi"])
    if isinstance(plain.get("papers"), list):
        plain["papers"] = [_paper(item) if isinstance(item, str) else item for item in plain["papers"]]
    if isinstance(plain.get("authors"), list):
        plain["authors"] = [_author(item) for item in plain["authors"]]
    return plain


def _paper(text: str) -> str:
    """A paper as it was named; a bare DOI without escapes."""
    return plain_doi(text) if _ESCAPED.search(text) and not text.lower().startswith("http") else text


def _author(author: Any) -> Any:
    if not isinstance(author, Mapping) or not isinstance(author.get("orcid"), str):
        return author
    return {**author, "orcid": plain_orcid(author["orcid"])}


_IN_PATHS = "/:;()!$*',@&=+~"
