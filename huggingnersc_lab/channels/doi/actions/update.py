"""``update``: send the record to the service once more."""

from __future__ import annotations

from collections.abc import Sequence

from huggingnersc_lab.channels.base import Action, Dataset, Outcome, Work
from huggingnersc_lab.channels.doi import reservation
from huggingnersc_lab.channels.doi.choice import ServiceOptions
from huggingnersc_lab.channels.doi.dataset import describe_service, notes_of, opened, published
from huggingnersc_lab.channels.ledger import Ledger
from huggingnersc_lab.errors import CatalogError


class Update(Action[ServiceOptions]):
    """Bring the description of a public DOI up to date; the DOI stays the same."""

    name = "update"
    title = "Update what the DOI says"
    summary = "Send title, authors, description and links to the service once more; the DOI stays the same."
    options = ServiceOptions
    question = "Send what the entry of '{name}' says to the service, in the place of what its DOI says now?"

    def is_offered(self, dataset: Dataset, ledger: Ledger) -> bool:
        """Once it is public, and still the dataset's."""
        notes = notes_of(dataset, ledger)
        return bool(notes.get("published")) and notes.get("doi") == dataset.record.doi

    def describe(self, dataset: Dataset, options: ServiceOptions) -> Sequence[str]:
        """To which service it goes."""
        return describe_service(dataset, options)

    def run(self, work: Work[ServiceOptions]) -> Outcome:
        """Send it."""
        if not self.is_offered(work.dataset, work.ledger):
            raise CatalogError("conflict", "No DOI of it was published from here. Nothing was sent.")
        service, choice = opened(work, is_final=True)
        work.step("update", "begin", f"Updating the DOI at {service.title}")
        draft = reservation.publish(service, work.ledger, work.dataset.record.doi, again=True)
        outcome = published(work, draft, choice, service)
        work.step("update", "done", outcome.text)
        return outcome
