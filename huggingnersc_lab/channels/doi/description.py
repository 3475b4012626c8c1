"""A record in the words that all services ask for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timezone
from html import escape

from huggingnersc_lab.errors import FieldError
from huggingnersc_lab.record.identifiers import doi_address
from huggingnersc_lab.record.parts import Funding
from huggingnersc_lab.render.citation.work import (
    Creator,
    address,
    creators,
    plain_address,
    published_on,
    publisher,
    title,
)
from huggingnersc_lab.render.entry import Entry
from huggingnersc_lab.render.licence import Licence, licence_of
from huggingnersc_lab.render.papers import Paper, paper_of
from huggingnersc_lab.render.plain import plain


@dataclass(frozen=True)
class Description:
    """What is known of a dataset.

    Attributes:
        title: one line.
        paragraphs: the description without its markup.
        creators: who made it; nobody where the record does not say.
        publisher: the centre.
        licence: its licence.
        keywords: tags.
        papers: papers about it.
        links: addresses of the dataset, its papers and its code, none twice.
        funding: who paid for it.
        address: where the DOI is to lead: the dataset's page on the Hub, else a public address.
        path: where the data is at the centre.
        day: the day of its publication; today where it has none.
    """

    title: str
    paragraphs: tuple[str, ...]
    creators: tuple[Creator, ...]
    publisher: str
    licence: Licence | None
    keywords: tuple[str, ...]
    papers: tuple[Paper, ...]
    links: tuple[str, ...]
    funding: tuple[Funding, ...]
    address: str | None
    path: str | None
    day: date

    @property
    def text(self) -> str:
        """The description as plain text."""
        return "\n\n".join(self.paragraphs)

    def html(self, most: int) -> str:
        """The description as HTML paragraphs, as many as there is room for.

        Args:
            most: number of characters that there is room for.
        """
        found = ""
        for paragraph in self.paragraphs:
            one = f"<p>{escape(paragraph)}</p>"
            if len(found) + len(one) > most:
                break
            found += one
        return found


def describe(entry: Entry) -> Description:
    """What a record says, ready for a service."""
    record = entry.record
    papers = tuple(paper_of(paper) for paper in dict.fromkeys(record.papers))
    found = address(entry)
    own = {doi_address(record.doi)} if record.doi else set()
    links = (found, record.homepage, entry.portal_link, *(paper.address for paper in papers), *record.code)
    plain_links = dict.fromkeys(
        plain_address(link) for link in links if link and link.startswith(("https://", "http://"))
    )
    return Description(
        title=title(entry),
        paragraphs=tuple(filter(None, map(plain, re.split(r"\n\s*\n", record.description or "")))),
        creators=creators(entry) if any(author.name.strip() for author in record.authors) else (),
        publisher=publisher(entry),
        licence=licence_of(record),
        keywords=tuple(dict.fromkeys(record.tags)),
        papers=papers,
        links=tuple(link for link in plain_links if link not in own),
        funding=record.funding,
        address=found if found and found.startswith(("https://", "http://")) else None,
        path=record.data_path,
        day=published_on(entry) or datetime.now(timezone.utc).date(),
    )


def without_authors(of: Description, service: str) -> list[FieldError]:
    """The finding that nobody is named who made the data."""
    return [] if of.creators else [lacking("/authors", f"{service} wants to know who made the data: add an author.")]


def without_address(of: Description, service: str) -> list[FieldError]:
    """The finding that there is no public address for a DOI to lead to."""
    if of.address:
        return []
    return [
        lacking("/portal_link", f"{service} needs a public address for the DOI to lead to: a page on the Hub will do.")
    ]


def lacking(pointer: str, detail: str) -> FieldError:
    """A finding about what is missing."""
    return FieldError(pointer, "required", detail)
