"""Reserving, publishing and withdrawing a DOI so that doing it again does nothing twice.

What is intended is written into the ledger before a service is asked, and what it answered after. So where an answer
was lost, the next attempt looks for what may have been made before it makes anything.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from huggingnersc_lab.channels.doi.choice import Choice, to_note
from huggingnersc_lab.channels.doi.service import DoiService, Draft, Wanted
from huggingnersc_lab.channels.ledger import Ledger
from huggingnersc_lab.errors import CatalogError

NOTES = (
    *("service", "target", "site_code", "categories", "url", "entry"),
    *("marker", "title", "id", "doi", "submitted", "published"),
)
"""What of the ledger is this channel's. ``entry`` is the moment at which the dataset was first published: another one
may get its nickname later."""


def has_draft(notes: Mapping[str, Any]) -> bool:
    """Whether something was reserved, or may have been, that is not public."""
    return bool(notes.get("marker") or notes.get("id")) and not notes.get("published")


def is_rehearsed(notes: Mapping[str, Any]) -> bool:
    """Whether what was done is at a service for trying out."""
    return Choice(url=str(notes.get("url"))).is_rehearsal


def require_same(notes: Mapping[str, Any], choice: Choice) -> None:
    """Refuse to go to another service than the one that has the dataset's record.

    Raises:
        CatalogError: ``conflict``.
    """
    there = (notes.get("service"), urlsplit(str(notes.get("url"))).hostname)
    if notes.get("marker") and there != (choice.service, urlsplit(choice.url).hostname):
        detail = f"It has a DOI at {there[0]} ({there[1]}), or one was begun there. Nothing was sent to another service"
        raise CatalogError("conflict", f"{detail}: withdraw that one first, or go on with it.")


def reserve(service: DoiService, ledger: Ledger, choice: Choice, title: str, entry: str | None = None) -> Draft:
    """Reserve a DOI, or find the one that was reserved.

    Args:
        service: the service.
        ledger: what was done before.
        choice: what was chosen.
        title: title of the dataset.
        entry: when it was first published.
    """
    notes = ledger.read()
    require_same(notes, choice)
    draft = None
    if notes.get("id"):
        draft = _look(service, str(notes["id"]))
        if draft is None:
            detail = f"{service.title} does not have the record that was made before, or your account may not see it."
            raise CatalogError("conflict", f"{detail} Nothing was made: withdraw it to forget it, then reserve again.")
    elif notes.get("marker"):
        draft = service.find(Wanted(str(notes["marker"]), str(notes.get("title"))))
    if draft is None:
        # The same marker again: if what was made before shows up late, it can be told from others.
        marker = str(notes.get("marker") or secrets.token_hex(5))
        ledger.note(**to_note(choice), url=choice.url, marker=marker, title=title, entry=entry)
        draft = service.create(marker)
    ledger.note(id=draft.id, doi=draft.doi)
    if draft.doi is None:
        draft = service.reserve(draft.id)
        ledger.note(doi=draft.doi)
    return draft


def draft_of(service: DoiService, ledger: Ledger, doi: str | None) -> Draft:
    """The draft that was reserved, by whoever did it with this account.

    Args:
        service: the service.
        ledger: what was done before.
        doi: the DOI that the record holds.

    Raises:
        CatalogError: ``not_found``.
    """
    notes = ledger.read()
    if notes.get("id"):
        return service.look(str(notes["id"]))
    draft = service.find(Wanted("", "", doi)) if doi else None
    if draft is None:
        detail = f"There is no DOI of this dataset's among what your account has at {service.title}. Reserve one first"
        raise CatalogError("not_found", f"{detail}, or ask whoever reserved it.")
    ledger.note(id=draft.id, doi=draft.doi)
    return draft


def publish(service: DoiService, ledger: Ledger, doi: str | None, *, again: bool = False) -> Draft:
    """Publish the DOI that was reserved; one that is public already is not published again.

    Args:
        service: the service.
        ledger: what was done before.
        doi: the DOI that the record holds.
        again: whether to bring one up to date that is public.
    """
    draft = draft_of(service, ledger, doi)
    if draft.state == "draft" or again:
        published = service.publish(draft.id)
        draft = replace(published, doi=published.doi or draft.doi, page=published.page or draft.page)
    return note_state(ledger, draft)


def note_state(ledger: Ledger, draft: Draft) -> Draft:
    """Write down how far a DOI is."""
    is_public = draft.state == "published" or None
    ledger.note(doi=draft.doi, submitted=(draft.state == "submitted") or None, published=is_public)
    return draft


def withdraw(service: DoiService, ledger: Ledger) -> str | None:
    """Give back what was reserved; the DOI that it was.

    Raises:
        CatalogError: ``conflict`` for one that is public.
    """
    notes = ledger.read()
    identifier = notes.get("id")
    draft = None
    if identifier:
        draft = _look(service, str(identifier))
    elif notes.get("marker"):
        draft = service.find(Wanted(str(notes["marker"]), str(notes.get("title"))))
    if draft is not None:
        if draft.state != "draft":
            note_state(ledger, draft)
            detail = (
                f"{service.title} has published {draft.doi}, or is about to. A DOI that is public stays. Nothing was"
            )
            raise CatalogError("conflict", f"{detail} changed.")
        service.withdraw(draft.id)
    ledger.note(**dict.fromkeys(NOTES))
    return notes.get("doi") or (draft.doi if draft else None)


def _look(service: DoiService, identifier: str) -> Draft | None:
    try:
        return service.look(identifier)
    except CatalogError as err:
        if err.code != "not_found":
            raise
        return None  # somebody has deleted it at the service
