"""What every citation format says of a dataset."""

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
    """Somebody who made the dataset.

    Attributes:
        name: the name in its parts.
        orcid: ORCID iD of sixteen characters.
        affiliation: where the person works.
    """

    name: Name
    orcid: str | None = None
    affiliation: str | None = None


def creators(entry: Entry) -> tuple[Creator, ...]:
    """Who made it, never nobody: where the record names no author the centre that publishes it stands for them."""
    named = [author for author in entry.record.authors if author.name.strip()]
    if not named:
        return (Creator(Name(publisher(entry))),)
    return tuple(Creator(name_of(author), author.orcid, _line(author)) for author in named)


def publisher(entry: Entry) -> str:
    """Name of the centre; the practice site has none of its own, but an organization."""
    return entry.site.organization if entry.site.is_practice else entry.site.title


def title(entry: Entry) -> str:
    """The title in one line."""
    return " ".join(entry.record.pretty_name.split())


def address(entry: Entry) -> str | None:
    """Where the dataset is found, as an address of ASCII characters; None where that is nowhere public."""
    record = entry.record
    given = next((way.url for way in record.downloads), None)
    found = entry.hub_link or record.homepage or entry.portal_link or record.download_link or given
    return plain_address(found) if found else None


def plain_address(text: str) -> str:
    """An address with what may not stand in one escaped; what is escaped already stays."""
    return quote(text, safe=_IN_ADDRESSES)


def doi_link(entry: Entry) -> str | None:
    """The DOI as an address of ASCII characters; None where it does not resolve yet."""
    doi = entry.record.public_doi
    return f"https://doi.org/{quote(doi, safe=_IN_ADDRESSES.replace('#', '').replace('?', ''))}" if doi else None


def published_on(entry: Entry) -> date | None:
    """The day it was published; None where the record does not say, or says no date."""
    try:
        return date.fromisoformat((entry.record.published_at or "")[:10])
    except ValueError:
        return None


def year(entry: Entry) -> str:
    """The year of publication, four digits; empty where it is not known."""
    match = re.match(r"[0-9]{4}", entry.record.published_at or "")
    return match[0] if match else ""


def _line(author: Author) -> str | None:
    return " ".join((author.affiliation or "").split()) or None
