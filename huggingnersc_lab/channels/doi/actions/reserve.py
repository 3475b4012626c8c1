"""``reserve``: a DOI that only its owner sees."""

from __future__ import annotations

from collections.abc import Sequence

from huggingnersc_lab.channels.base import Action, Dataset, Outcome, Work
from huggingnersc_lab.channels.doi import reservation
from huggingnersc_lab.channels.doi.choice import ServiceOptions, choose
from huggingnersc_lab.channels.doi.dataset import describe_service, distribution, entry_of, opened, published
from huggingnersc_lab.channels.doi.services import missing_for
from huggingnersc_lab.channels.ledger import Ledger
from huggingnersc_lab.errors import CatalogError, FieldError
from huggingnersc_lab.render.citation.work import title


class Reserve(Action[ServiceOptions]):
    """Reserve a DOI. Done again, it finds what it made before."""

    name = "reserve"
    title = "Reserve a DOI"
    summary = "Reserve a DOI, to cite before it is public. It does not resolve yet, and you can withdraw it."
    options = ServiceOptions
    question = "Reserve a DOI for '{name}'? Its title, authors and description are sent to the service, as a draft."

    def is_offered(self, dataset: Dataset, ledger: Ledger) -> bool:
        """As long as the record has none."""
        del ledger
        return dataset.record.doi is None

    def missing(self, dataset: Dataset, options: ServiceOptions | None = None) -> Sequence[FieldError]:
        """What the service wants to know of a draft."""
        return missing_for(entry_of(dataset), choose(dataset.settings, options), is_final=False)

    def describe(self, dataset: Dataset, options: ServiceOptions) -> Sequence[str]:
        """To which service it goes."""
        return describe_service(dataset, options)

    def run(self, work: Work[ServiceOptions]) -> Outcome:
        """Reserve it."""
        if work.dataset.record.doi is not None:
            raise CatalogError("conflict", f"It has the DOI {work.dataset.record.doi} already. Nothing was sent.")
        service, choice = opened(work, is_final=False)
        work.step("reserve", "begin", f"Reserving a DOI at {service.title}")
        draft = reservation.reserve(
            service, work.ledger, choice, title(entry_of(work.dataset)), work.dataset.record.published_at
        )
        if draft.doi is None:
            raise CatalogError("upstream", f"{service.title} gave no DOI. The draft is kept: try again later.")
        if draft.state != "draft":  # published from elsewhere, or before somebody took it out of the entry
            return published(work, reservation.note_state(work.ledger, draft), choice, service)
        work.step("reserve", "done", f"{draft.doi} is reserved")
        text = f"{draft.doi} is reserved at {service.title}. It does not resolve until you publish it."
        if choice.is_rehearsal:
            return Outcome(f"{text} This service is for trying out, so the entry says nothing of it.", url=draft.page)
        found = distribution(work.dataset, draft.doi, is_public=False)
        return Outcome(text, (found,), {"doi": draft.doi}, url=draft.page)
