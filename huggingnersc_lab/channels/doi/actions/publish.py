"""``publish``: make the reserved DOI public, for good."""

from __future__ import annotations

from collections.abc import Sequence

from huggingnersc_lab.channels.base import Action, Dataset, Outcome, Work
from huggingnersc_lab.channels.doi import reservation
from huggingnersc_lab.channels.doi.choice import ServiceOptions, choose
from huggingnersc_lab.channels.doi.dataset import (
    describe_service,
    entry_of,
    is_drafted,
    is_reserved,
    notes_of,
    opened,
    published,
)
from huggingnersc_lab.channels.doi.services import missing_for
from huggingnersc_lab.channels.ledger import Ledger
from huggingnersc_lab.errors import FieldError


class Publish(Action[ServiceOptions]):
    """Publish a DOI, with what the record says now."""

    name = "publish"
    title = "Publish the DOI"
    summary = "Make the reserved DOI and its description public. This cannot be undone: a DOI stays for good."
    options = ServiceOptions
    question = "Publish the DOI of '{name}'? It cannot be undone: the DOI and its page stay public for good."
    is_final = True

    def is_offered(self, dataset: Dataset, ledger: Ledger) -> bool:
        """Once one was reserved."""
        return is_drafted(dataset, ledger) or (is_reserved(dataset) and not notes_of(dataset, ledger).get("submitted"))

    def missing(self, dataset: Dataset, options: ServiceOptions | None = None) -> Sequence[FieldError]:
        """What the service wants to know before anybody sees it; the site's own, unless another is chosen."""
        return missing_for(entry_of(dataset), choose(dataset.settings, options), is_final=True)

    def describe(self, dataset: Dataset, options: ServiceOptions) -> Sequence[str]:
        """To which service it goes, and that it stays."""
        return [*describe_service(dataset, options), "It cannot be undone: a published DOI stays for good."]

    def run(self, work: Work[ServiceOptions]) -> Outcome:
        """Bring the draft up to date and publish it."""
        service, choice = opened(work, is_final=True)
        work.step("publish", "begin", f"Publishing the DOI at {service.title}")
        draft = reservation.publish(service, work.ledger, work.dataset.record.doi)
        outcome = published(work, draft, choice, service)
        work.step("publish", "done", outcome.text)
        return outcome
