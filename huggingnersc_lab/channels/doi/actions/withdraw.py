"""``withdraw``: give back a DOI that was reserved."""

from __future__ import annotations

from typing import Any

from huggingnersc_lab.channels.base import Action, Dataset, Outcome, Work
from huggingnersc_lab.channels.doi import reservation
from huggingnersc_lab.channels.doi.choice import ServiceOptions
from huggingnersc_lab.channels.doi.dataset import is_reserved, reopened
from huggingnersc_lab.channels.ledger import Ledger
from huggingnersc_lab.errors import CatalogError


class Withdraw(Action[ServiceOptions]):
    """Delete a draft, and its DOI with it."""

    name = "withdraw"
    title = "Withdraw the DOI"
    summary = "Delete the draft and the DOI that was reserved. Whoever has cited that DOI cites nothing then."
    options = ServiceOptions
    question = "Delete the DOI that was reserved for '{name}', at the service and in the entry?"

    def is_offered(self, dataset: Dataset, ledger: Ledger) -> bool:
        """While one is reserved, or may be."""
        return reservation.has_draft(ledger.read()) or is_reserved(dataset)

    def run(self, work: Work[ServiceOptions]) -> Outcome:
        """Delete it."""
        notes = work.ledger.read()
        if notes.get("published"):
            raise CatalogError("conflict", "Its DOI is public, and stays for good. Nothing was changed.")
        service, choice = reopened(work)
        doi = work.dataset.record.doi
        if not reservation.has_draft(notes):
            reservation.draft_of(service, work.ledger, doi)
        work.step("withdraw", "begin", f"Deleting the draft at {service.title}")
        given_back = reservation.withdraw(service, work.ledger)
        work.step("withdraw", "done", "The draft is deleted")
        is_own = is_reserved(work.dataset) or (doi is not None and doi == given_back)
        values: dict[str, Any] = {"doi": None} if is_own and not choice.is_rehearsal else {}
        what = given_back or "What was reserved"
        text = f"{what} is given back. Nothing of it is left at {service.title}."
        return Outcome(text, () if not choice.is_rehearsal else None, values)
