"""figshare: a record of metadata alone, whose page leads to the data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from huggingnersc_lab.channels.client import Answer, Client
from huggingnersc_lab.channels.doi.choice import FIGSHARE_URL, Choice
from huggingnersc_lab.channels.doi.description import Description, lacking, without_authors
from huggingnersc_lab.channels.doi.service import Draft, State, Wanted
from huggingnersc_lab.channels.doi.services.figshare_table import V2
from huggingnersc_lab.errors import CatalogError, FieldError
from huggingnersc_lab.record.identifiers import checked_doi
from huggingnersc_lab.render.licence import Licence

TITLE = "figshare"
_ID = re.compile(r"[1-9][0-9]{0,17}")
_PAGE = 100
_MOST_PAGES = 20
_LEAST_TITLE = 3
_MOST_TITLE = 1000
_MOST_TEXT = 20000


def missing(of: Description, choice: Choice, *, is_final: bool) -> Iterator[FieldError]:
    """What figshare wants to know, to make a record or to publish it."""
    if not _LEAST_TITLE <= len(of.title) <= _MOST_TITLE:
        yield FieldError(
            "/pretty_name", "too_short", f"{TITLE} wants a title of {_LEAST_TITLE} to {_MOST_TITLE} letters."
        )
    yield from without_authors(of, TITLE)
    if is_final:
        if not of.paragraphs:
            yield lacking("/description", f"{TITLE} publishes nothing without a description.")
        if not of.keywords:
            yield lacking("/tags", f"{TITLE} publishes nothing without a keyword: add a tag.")
        if of.licence is None:
            yield lacking("/license", f"{TITLE} publishes nothing without a licence.")
        if not choice.categories:
            where = "https://figshare.com/categories"
            yield lacking("/options/categories", f"{TITLE} publishes nothing without a category; see {where}.")


@dataclass(frozen=True)
class Figshare:
    """One dataset's record at figshare.

    Attributes:
        client: talks to it.
        of: what is known of the dataset.
        choice: what was chosen.
    """

    client: Client
    of: Description
    choice: Choice

    @property
    def title(self) -> str:
        """Its name for people."""
        return TITLE

    def find(self, wanted: Wanted) -> Draft | None:
        """Look through the account's items: by DOI, else by title and marker."""
        for item in self._items("look for the record"):
            identifier = _identifier(item.get("id"))
            if identifier is None:
                continue
            if wanted.doi is not None:
                if checked_doi(item.get("doi")) == wanted.doi:
                    return self.look(identifier)
            elif item.get("title") == wanted.title and wanted.marker in self._reason_of(identifier):
                return self.look(identifier)
        return None

    def create(self, marker: str) -> Draft:
        """Make a private item."""
        answer = self.client.send("POST", V2.items, "make the record", body=self._item(marker))
        identifier = _identifier(_member(answer.data, "entity_id")) or _last_part(answer)
        if identifier is None:
            raise self.client.odd_answer("make the record")
        return Draft(identifier, "draft", page=self._page(identifier))

    def reserve(self, identifier: str) -> Draft:
        """Reserve its DOI, unless it has one."""
        draft = self.look(identifier)
        if draft.doi is not None:
            return draft
        answer = self.client.send("POST", V2.reserve.format(id=identifier), "reserve the DOI")
        doi = checked_doi(_member(answer.data, "doi"))
        if doi is None:
            raise self.client.odd_answer("reserve the DOI")
        return Draft(identifier, draft.state, doi, draft.page)

    def look(self, identifier: str) -> Draft:
        """How it is now: only a public one resolves; an institution may look at it before."""
        item = self._details(identifier)
        if _identifier(item.get("id")) != identifier:
            raise self.client.odd_answer("look at the record")
        is_public = item.get("is_public") is True or item.get("status") == "public"
        in_review = item.get("curation_status") in ("pending", "review", "in_review")
        state: State = "published" if is_public else "submitted" if in_review else "draft"
        return Draft(identifier, state, checked_doi(item.get("doi")), self._page(identifier))

    def publish(self, identifier: str) -> Draft:
        """Bring it up to date, then publish it."""
        path = V2.item.format(id=identifier)
        self.client.send("PUT", path, "bring the record up to date", body=self._item(None))
        self.client.send("POST", V2.publish.format(id=identifier), "publish the DOI")
        return self.look(identifier)

    def withdraw(self, identifier: str) -> None:
        """Delete the private item."""
        self.client.send("DELETE", V2.item.format(id=identifier), "withdraw the DOI", allow=[404])

    def _items(self, action: str) -> Iterator[Mapping[str, Any]]:
        for page in range(1, _MOST_PAGES + 1):
            query = {"page": str(page), "page_size": str(_PAGE)}
            items = self.client.send("GET", V2.items, action, query=query).data
            if not isinstance(items, list):
                raise self.client.odd_answer(action)
            yield from (item for item in items if isinstance(item, Mapping))
            if len(items) < _PAGE:
                return

    def _details(self, identifier: str) -> Mapping[str, Any]:
        item = self.client.send("GET", V2.item.format(id=identifier), "look at the record").data
        if not isinstance(item, Mapping):
            raise self.client.odd_answer("look at the record")
        return item

    def _reason_of(self, identifier: str) -> str:
        return str(self._details(identifier).get(V2.names["reason"], ""))

    def _item(self, marker: str | None) -> dict[str, Any]:
        """The item as figshare wants it; with the marker as long as nobody else sees it."""
        of = self.of
        where = f"The data is kept at {of.publisher}{f': {of.address}' if of.address else ''}."
        said: dict[str, Any] = {
            "title": of.title,
            "description": of.html(_MOST_TEXT),
            "type": "dataset",
            "has_no_files": True,
            "reason": where if marker is None else f"{where} [{marker}]",
            "keywords": list(of.keywords),
            "categories": self._categories(),
            "authors": [_author(creator) for creator in of.creators],
            "licence": self._licence(is_final=marker is None),
            "links": list(of.links),
            "funding": [{"title": " ".join(filter(None, (one.funder, one.award_number)))} for one in of.funding],
        }
        return {V2.names[name]: value for name, value in said.items() if value not in (None, [], "")}

    def _licence(self, *, is_final: bool) -> int | None:
        """The number of the licence; None where there is none, or, before it is published, none that is known there.

        Raises:
            CatalogError: ``invalid_record`` where it has no such licence.
        """
        licence = self.of.licence
        if licence is None:
            return None
        offered = self.client.send("GET", V2.licences, "read the licences").data
        if not isinstance(offered, list):
            raise self.client.odd_answer("read the licences")
        known = [one for one in offered if isinstance(one, Mapping) and _is_number(one.get("value"))]
        for one in known:
            if _is_same_licence(licence, one):
                return int(one["value"])
        if not is_final:
            return None
        names = ", ".join(str(one.get("name"))[:60] for one in known[:30])
        fault = f"{TITLE} does not know the licence '{licence.label}'. It knows {names}."
        raise _invalid(FieldError("/license", "unknown_value", self.client.hide(fault)))

    def _categories(self) -> list[int]:
        chosen = self.choice.categories
        if all(text.isdecimal() for text in chosen):
            return [int(text) for text in chosen]
        offered = self.client.send("GET", V2.categories, "read the categories").data
        if not isinstance(offered, list):
            raise self.client.odd_answer("read the categories")
        numbers = {
            str(one.get("title")).casefold(): one["id"]
            for one in offered
            if isinstance(one, Mapping) and _is_number(one.get("id")) and one.get("is_selectable", True)
        }
        found = []
        for text in chosen:
            number = int(text) if text.isdecimal() else numbers.get(text.casefold())
            if number is None:
                near = next(iter(get_close_matches(text.casefold(), numbers, n=1)), None)
                hint = f" Did you mean '{near}'?" if near else ""
                fault = f"{TITLE} has no category '{text[:60]}'.{hint}"
                raise _invalid(FieldError("/options/categories", "unknown_value", fault, near))
            found.append(number)
        return found

    def _page(self, identifier: str) -> str | None:
        return f"https://figshare.com/account/articles/{identifier}" if self.choice.url == FIGSHARE_URL else None


def _invalid(fault: FieldError) -> CatalogError:
    return CatalogError("invalid_record", f"{fault.detail} Nothing was made.", [fault])


def _author(creator: Any) -> dict[str, str]:
    name = creator.name
    parts = (
        {"first_name": name.given, "last_name": name.family} if name.is_person and name.given else {"name": name.text}
    )
    return parts | ({"orcid_id": creator.orcid} if creator.orcid else {})


def _is_same_licence(licence: Licence, offered: Mapping[str, Any]) -> bool:
    """Whether one of figshare's licences is ours: by its address, else by its name, ``CC BY 4.0`` for CC-BY-4.0."""
    spdx = licence.spdx or ""
    creative = re.fullmatch(r"CC-(BY(?:-NC)?(?:-SA|-ND)?)-([0-9.]+)", spdx)
    url = str(offered.get("url", "")).lower()
    if creative:
        return f"creativecommons.org/licenses/{creative[1].lower()}/{creative[2]}" in url
    if spdx == "CC0-1.0":
        return "creativecommons.org/publicdomain/zero" in url
    names = {_plain(spdx), _plain(licence.label)} - {""}
    return _plain(str(offered.get("name", ""))) in names


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]|licen[cs]e", "", text.lower())


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _identifier(value: Any) -> str | None:
    return str(value) if _is_number(value) and _ID.fullmatch(str(value)) else None


def _last_part(answer: Answer) -> str | None:
    """The id at the end of ``Location``."""
    last = answer.headers.get("location", "").rstrip("/").rpartition("/")[2]
    return last if _ID.fullmatch(last) else None


def _member(data: Any, name: str) -> Any:
    return data.get(name) if isinstance(data, Mapping) else None
