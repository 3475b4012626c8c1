"""The information about a dataset that all citation formats share."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from huggingnersc_lab.record.model import Author
from huggingnersc_lab.render.citation.names import Name, name_of
from huggingnersc_lab.render.entry import Entry

_IN_ADDRESSES = "%/:=&?~#+!$,;'@()*"


@dataclass(frozen=True)
class Creator:
    """A creator of the dataset.

    Attributes:
        name: the name, split into parts.
        orcid: ORCID iD of sixteen characters.
        affiliation: where the person works.
    """

    name: Name
    orcid: str | None = None
    affiliation: str | None = None


def creators(entry: Entry) -> tuple[Creator, ...]:
    """The creators, at least one: if the record names no authors, the publishing centre is listed instead."""
    named = [author for author in entry.record.authors if author.name.strip()]
    if not named:
        return (Creator(Name(publisher(entry))),)
    return tuple(Creator(name_of(author), author.orcid, _line(author)) for author in named)


def publisher(entry: Entry) -> str:
    """Name of the centre; for the practice site, its organization."""
    return entry.site.organization if entry.site.is_practice else entry.site.title


def title(entry: Entry) -> str:
    """The title on one line."""
    return " ".join(entry.record.pretty_name.split())


def address(entry: Entry) -> str | None:
    """URL of the dataset in ASCII; None if it has no public one."""
    record = entry.record
    given = next((way.url for way in record.downloads if way.url.startswith(("https://", "http://"))), None)
    found = entry.hub_link or record.homepage or entry.portal_link or record.download_link or given
    return plain_address(found) if found else None


def plain_address(text: str) -> str:
    """A URL with invalid characters escaped; existing escapes are kept."""
    return quote(text, safe=_IN_ADDRESSES)


def doi_link(entry: Entry) -> str | None:
    """The DOI as an ASCII URL; None while it does not resolve."""
    doi = entry.record.public_doi
    return f"https://doi.org/{quote(doi, safe=_IN_ADDRESSES.replace('#', '').replace('?', ''))}" if doi else None


def published_on(entry: Entry) -> date | None:
    """The date of publication; None if the record has no valid one."""
    try:
        return date.fromisoformat((entry.record.published_at or "")[:10])
    except ValueError:
        return None


def year(entry: Entry) -> str:
    """The year of publication, four digits; empty if unknown."""
    match = re.match(r"[0-9]{4}", entry.record.published_at or "")
    return match[0] if match else ""


def _line(author: Author) -> str | None:
    return " ".join((author.affiliation or "").split()) or None
