"""DataCite's REST interface, for centres that have a repository there.

Source: https://support.datacite.org/docs/api-create-dois, ``openapi.yaml`` of datacite/lupo. The DOI is chosen here and
written down before it is asked for, so that asking twice makes no second one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from huggingnersc_lab.channels.client import Client
from huggingnersc_lab.channels.doi.choice import DATACITE_URL, Choice
from huggingnersc_lab.channels.doi.description import Description, lacking, without_address, without_authors
from huggingnersc_lab.channels.doi.service import Draft, State, Wanted
from huggingnersc_lab.errors import FieldError
from huggingnersc_lab.record.identifiers import checked_doi
from huggingnersc_lab.render.citation.datacite import datacite
from huggingnersc_lab.render.entry import Entry

TITLE = "DataCite"
CONTENT_TYPE = "application/vnd.api+json"
POINTERS: Mapping[str, str] = {
    "titles": "/pretty_name",
    "creators": "/authors",
    "descriptions": "/description",
    "url": "/portal_link",
    "publicationYear": "/published_at",
    "publication_year": "/published_at",
    "rightsList": "/license",
    "relatedIdentifiers": "/papers",
    "fundingReferences": "/funding",
    "doi": "/doi",
    "xml": "/pretty_name",
}
"""DataCite's names of attributes → where the person gives them."""


def missing(of: Description, choice: Choice, *, is_final: bool) -> Iterator[FieldError]:
    """What DataCite wants to know, to reserve a DOI or to publish it."""
    if not re.fullmatch(r"10\.[0-9]{4,9}(\.[0-9]+)*", choice.prefix or ""):
        yield lacking(
            "/options/service", f"The site file names no prefix of {TITLE}'s: [channels.doi.datacite] prefix."
        )
    yield from without_authors(of, TITLE)
    if is_final:
        yield from without_address(of, TITLE)


@dataclass(frozen=True)
class DataCite:
    """One dataset's DOI at DataCite.

    Attributes:
        client: talks to it.
        entry: the dataset.
        of: what is known of it.
        choice: what was chosen.
    """

    client: Client
    entry: Entry
    of: Description
    choice: Choice

    @property
    def title(self) -> str:
        """Its name for people."""
        return TITLE

    def find(self, wanted: Wanted) -> Draft | None:
        """Ask for the DOI that was chosen."""
        return self._ask(wanted.doi or self._doi(wanted.marker))

    def create(self, marker: str) -> Draft:
        """Make a draft: without an event the DOI stays one."""
        doi = self._doi(marker)
        data = {"type": "dois", "attributes": self._attributes(doi)}
        answer = self.client.send("POST", "dois", "reserve the DOI", body={"data": data})
        return self._draft(answer.data, doi, "reserve the DOI")

    def reserve(self, identifier: str) -> Draft:
        """A draft has its DOI from the beginning."""
        return self.look(identifier)

    def look(self, identifier: str) -> Draft:
        """How it is now."""
        answer = self.client.send("GET", f"dois/{identifier}", "look at the DOI")
        return self._draft(answer.data, identifier, "look at the DOI")

    def publish(self, identifier: str) -> Draft:
        """Bring it up to date and make it findable, in one request."""
        data = {"type": "dois", "attributes": {**self._attributes(identifier), "event": "publish"}}
        answer = self.client.send("PUT", f"dois/{identifier}", "publish the DOI", body={"data": data})
        return self._draft(answer.data, identifier, "publish the DOI")

    def withdraw(self, identifier: str) -> None:
        """Delete the draft; DataCite deletes no other."""
        self.client.send("DELETE", f"dois/{identifier}", "withdraw the DOI", allow=[HTTPStatus.NOT_FOUND])

    def _ask(self, doi: str) -> Draft | None:
        answer = self.client.send("GET", f"dois/{doi}", "look at the DOI", allow=[HTTPStatus.NOT_FOUND])
        return None if answer.status == HTTPStatus.NOT_FOUND else self._draft(answer.data, doi, "look at the DOI")

    def _draft(self, said: Any, doi: str, action: str) -> Draft:
        data = said.get("data") if isinstance(said, Mapping) else None
        attributes = data.get("attributes") if isinstance(data, Mapping) else None
        if not isinstance(attributes, Mapping):
            raise self.client.odd_answer(action)
        named = checked_doi(attributes.get("doi"))
        if named is None or named.lower() != doi.lower():
            raise self.client.odd_answer(action)
        state: State = "draft" if attributes.get("state") == "draft" else "published"
        return Draft(doi, state, doi, self._page(doi))

    def _doi(self, marker: str) -> str:
        return f"{self.choice.prefix}/{marker[:5]}-{marker[5:]}"

    def _attributes(self, doi: str) -> dict[str, Any]:
        said: dict[str, Any] = json.loads(datacite(self.entry))
        address = {"url": self.of.address} if self.of.address else {}
        return {**said, "doi": doi, "publicationYear": self.of.day.year, **address}

    def _page(self, doi: str) -> str | None:
        return f"https://doi.datacite.org/dois/{doi}" if self.choice.url == DATACITE_URL else None
