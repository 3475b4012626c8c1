"""``withdraw``: give back a DOI that was reserved."""

from __future__ import annotations

from dataclasses import dataclass, field

from huggingnersc_lab.channels.base import Action, Dataset, Outcome, Work
from huggingnersc_lab.channels.doi import reservation
from huggingnersc_lab.channels.doi.choice import ServiceOptions
from huggingnersc_lab.channels.doi.dataset import is_reserved, notes_of, reopened, settled
from huggingnersc_lab.channels.ledger import Ledger
from huggingnersc_lab.errors import CatalogError


@dataclass(frozen=True, kw_only=True)
class WithdrawOptions(ServiceOptions):
    """How it is given back."""

    forget: bool = field(
        default=False, metadata={"help": "Take it out of the entry alone, whatever the service has of it."}
    )


class Withdraw(Action[WithdrawOptions]):
    """Delete a draft, and its DOI with it."""

    name = "withdraw"
    title = "Withdraw the DOI"
    summary = "Delete the draft and the DOI that was reserved. Whoever has cited that DOI cites nothing then."
    options = WithdrawOptions
    question = "Delete the DOI that was reserved for '{name}', at the service and in the entry?"

    def is_offered(self, dataset: Dataset, ledger: Ledger) -> bool:
        """While one is reserved, or may be; and once a rehearsal is over."""
        notes = notes_of(dataset, ledger)
        if reservation.is_rehearsed(notes):
            return True
        return (reservation.has_draft(notes) or is_reserved(dataset)) and not notes.get("submitted")

    def run(self, work: Work[WithdrawOptions]) -> Outcome:
        """Delete it."""
        notes, doi = settled(work, is_end=True), work.dataset.record.doi
        is_rehearsal = reservation.is_rehearsed(notes)
        if notes.get("published") and not is_rehearsal:
            raise CatalogError("conflict", "Its DOI is public, and stays for good. Nothing was changed.")
        if work.options.forget or notes.get("published"):
            given_back = notes.get("doi")
            work.ledger.note(**dict.fromkeys(reservation.NOTES))
            text = (
                f"{given_back or doi or 'What was reserved'} is forgotten here. What the service has of it stays there."
            )
        else:
            service, choice = reopened(work, is_end=True)
            is_rehearsal = choice.is_rehearsal
            if not reservation.has_draft(notes):
                reservation.draft_of(service, work.ledger, doi)
            work.step("withdraw", "begin", f"Deleting the draft at {service.title}")
            given_back = reservation.withdraw(service, work.ledger)
            work.step("withdraw", "done", "The draft is deleted")
            text = f"{given_back or 'What was reserved'} is given back. Nothing of it is left at {service.title}."
        is_own = is_reserved(work.dataset) or (doi is not None and doi == given_back)
        if is_rehearsal or not is_own:
            return Outcome(text)
        return Outcome(text, (), {"doi": None})
