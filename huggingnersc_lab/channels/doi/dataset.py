"""A dataset as the actions of this channel see it, and what they make of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any, TypeVar

from huggingnersc_lab.channels.base import Dataset, Outcome, Work
from huggingnersc_lab.channels.doi.choice import Choice, ServiceOptions, choose
from huggingnersc_lab.channels.doi.reservation import NOTES, require_same
from huggingnersc_lab.channels.doi.service import DoiService, Draft
from huggingnersc_lab.channels.doi.services import missing_for, open_service
from huggingnersc_lab.channels.ledger import Ledger
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.record.identifiers import doi_address
from huggingnersc_lab.record.parts import Distribution
from huggingnersc_lab.render.entry import Entry, cataloged

NAME = "doi"
Chosen = TypeVar("Chosen", bound=ServiceOptions)


def entry_of(dataset: Dataset) -> Entry:
    """The dataset as it stands in the catalog."""
    return cataloged(dataset.record, dataset.site)


def own(dataset: Dataset) -> Distribution | None:
    """What the record says of the DOI that came from here."""
    return next((one for one in dataset.distributions if one.channel == NAME), None)


def is_reserved(dataset: Dataset) -> bool:
    """Whether the record's DOI is reserved and not public."""
    found = own(dataset)
    return found is not None and found.state is not None


def notes_of(dataset: Dataset, ledger: Ledger) -> dict[str, Any]:
    """What was noted for a dataset; nothing of another one that had its nickname before and whose DOI is public."""
    notes = ledger.read()
    return {} if _is_former(dataset, notes) and (notes.get("published") or notes.get("submitted")) else notes


def _is_former(dataset: Dataset, notes: Mapping[str, Any]) -> bool:
    """Whether notes are of another dataset, which had this nickname before."""
    return notes.get("entry") not in (None, dataset.record.published_at)


def settled(work: Work[Chosen], *, is_end: bool = False) -> dict[str, Any]:
    """What was noted for the dataset, once nothing is left of one that had its nickname before.

    Args:
        work: what is being carried out.
        is_end: whether a draft that is left is about to be withdrawn.

    Raises:
        CatalogError: ``conflict`` for a draft of such a one.
    """
    notes = work.ledger.read()
    if not _is_former(work.dataset, notes):
        return notes
    if notes.get("published") or notes.get("submitted"):
        work.ledger.note(**dict.fromkeys(NOTES))
        return {}
    if not is_end:
        detail = (
            f"{notes.get('doi') or 'A DOI'} was reserved for another dataset that had this nickname. Nothing was sent"
        )
        raise CatalogError("conflict", f"{detail}: withdraw that one first.")
    return notes


def distribution(dataset: Dataset, doi: str, *, is_public: bool) -> Distribution:
    """What the record is going to say of a DOI."""
    return Distribution(
        NAME,
        doi_address(doi),
        created_at=datetime.now(timezone.utc).isoformat(timespec="seconds").replace("+00:00", "Z"),
        data_fingerprint=dataset.fingerprint if is_public else None,
        state=None if is_public else "reserved",
    )


def opened(work: Work[Chosen], *, is_final: bool) -> tuple[DoiService, Choice]:
    """The service at which the dataset's DOI is, or is going to be.

    Args:
        work: what is being carried out.
        is_final: whether it is about to become public.

    Raises:
        CatalogError: ``invalid_record`` with all that the service misses, ``forbidden`` without its key.
    """
    noted = settled(work)
    choice = choose(work.dataset.settings, work.options, noted)
    require_same(noted, choice)
    entry = entry_of(work.dataset)
    if missing := missing_for(entry, choice, is_final=is_final):
        detail = " ".join(dict.fromkeys(fault.detail for fault in missing))
        raise CatalogError("invalid_record", f"{detail} Nothing was sent.", missing)
    return open_service(entry, choice, work.keys), choice


def reopened(work: Work[Chosen], *, is_end: bool = False) -> tuple[DoiService, Choice]:
    """The service at which something was reserved, whatever the record lacks since."""
    noted = settled(work, is_end=is_end)
    choice = choose(work.dataset.settings, work.options, noted)
    require_same(noted, choice)
    if choice.service is None:
        raise CatalogError("not_found", "No DOI was reserved for it. Nothing was sent.")
    return open_service(entry_of(work.dataset), choice, work.keys), choice


def published(work: Work[Chosen], draft: Draft, choice: Choice, service: DoiService) -> Outcome:
    """What publishing a DOI has come to, in words and in the record."""
    remarks = " ".join(draft.remarks)
    if draft.doi is None:
        raise CatalogError("upstream", f"{service.title} says no DOI of it. Look there. {remarks}".strip())
    if choice.is_rehearsal:
        text = (
            f"{draft.doi} was published at {service.title}, to try it out: such a DOI never resolves, so the entry says"
        )
        return Outcome(f"{text} nothing of it. {remarks}".strip(), url=draft.page)
    if draft.state == "draft":
        text = f"{service.title} has not published {draft.doi}. {remarks}".strip()
        raise CatalogError("conflict", f"{text} Nothing was changed in the entry: look there, then try again.")
    if draft.state == "submitted":
        text = (
            f"{service.title} has it and looks at it now. {draft.doi} resolves once it is released: check again later."
        )
        return Outcome(
            text, (distribution(work.dataset, draft.doi, is_public=False),), {"doi": draft.doi}, url=draft.page
        )
    text = f"{draft.doi} is public. It may take a few minutes until {doi_address(draft.doi)} resolves."
    found = distribution(work.dataset, draft.doi, is_public=True)
    return Outcome(text, (found,), {"doi": draft.doi}, url=doi_address(draft.doi))


def describe_service(dataset: Dataset, options: ServiceOptions) -> list[str]:
    """Where something goes, in words."""
    choice = choose(dataset.settings, options)
    if choice.service is None:
        return []
    kind = "a service to try it out, whose DOIs never resolve" if choice.is_rehearsal else "the real service"
    return [f"It goes to {choice.service}, {choice.url}: {kind}."]


def is_drafted(dataset: Dataset, ledger: Ledger) -> bool:
    """Whether the ledger knows of a draft that can be published."""
    notes = notes_of(dataset, ledger)
    return bool(notes.get("id")) and not notes.get("published") and not notes.get("submitted")
