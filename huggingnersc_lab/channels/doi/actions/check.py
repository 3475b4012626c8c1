"""``check``: ask whether a DOI that was sent in is public now."""

from __future__ import annotations

from huggingnersc_lab.channels.base import Action, Dataset, Outcome, Work
from huggingnersc_lab.channels.doi import reservation
from huggingnersc_lab.channels.doi.choice import ServiceOptions
from huggingnersc_lab.channels.doi.dataset import notes_of, published, reopened
from huggingnersc_lab.channels.ledger import Ledger


class Check(Action[ServiceOptions]):
    """Ask how far a DOI is that the service looks at before it releases it."""

    name = "check"
    title = "Check whether it is public"
    summary = "Ask the service whether it has released the DOI that you published."
    options = ServiceOptions

    def is_offered(self, dataset: Dataset, ledger: Ledger) -> bool:
        """While the service looks at it."""
        return bool(notes_of(dataset, ledger).get("submitted"))

    def run(self, work: Work[ServiceOptions]) -> Outcome:
        """Ask."""
        service, choice = reopened(work)
        draft = reservation.draft_of(service, work.ledger, work.dataset.record.doi)
        return published(work, reservation.note_state(work.ledger, draft), choice, service)
