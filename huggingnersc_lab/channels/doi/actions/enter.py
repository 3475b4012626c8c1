"""``enter``: a DOI that the dataset has from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from huggingnersc_lab.channels.base import Action, Dataset, Outcome, Work
from huggingnersc_lab.channels.doi.dataset import distribution, is_reserved, notes_of
from huggingnersc_lab.channels.doi.reservation import has_draft
from huggingnersc_lab.channels.ledger import Ledger
from huggingnersc_lab.errors import CatalogError, FieldError
from huggingnersc_lab.record.identifiers import MAX_LENGTH, checked_doi


@dataclass(frozen=True, kw_only=True)
class EnterOptions:
    """The DOI."""

    doi: str = field(metadata={"help": "The DOI, or its address: 10.6084/m9.figshare.2066037."})


class Enter(Action[EnterOptions]):
    """Write a DOI into the record that was made elsewhere, such as by a journal or on the Hub."""

    name = "enter"
    title = "Enter a DOI"
    summary = "Enter a DOI that the dataset has already, from the Hub, a repository or a journal."
    options = EnterOptions
    question = "Write this DOI into the entry of '{name}'?"

    def is_offered(self, dataset: Dataset, ledger: Ledger) -> bool:
        """Unless one is reserved, which has to be withdrawn first."""
        return not is_reserved(dataset) and not has_draft(notes_of(dataset, ledger))

    def missing(self, dataset: Dataset, options: EnterOptions | None = None) -> Sequence[FieldError]:
        """A DOI, if what was entered is none."""
        del dataset
        if options is None or checked_doi(options.doi) is not None:
            return ()
        detail = f"A DOI looks like 10.6084/m9.figshare.2066037 and has at most {MAX_LENGTH} characters."
        return [FieldError("/options/doi", "pattern", detail)]

    def describe(self, dataset: Dataset, options: EnterOptions) -> Sequence[str]:
        """Which one, and which it replaces."""
        doi, former = checked_doi(options.doi), dataset.record.doi
        replaced = [f"It takes the place of {former}."] if former and former != doi else []
        return [f"The DOI is {doi}. Whether it exists is not looked at.", *replaced]

    def run(self, work: Work[EnterOptions]) -> Outcome:
        """Enter it."""
        if has_draft(notes_of(work.dataset, work.ledger)) or is_reserved(work.dataset):
            raise CatalogError("conflict", "A DOI is reserved for it. Nothing was changed: withdraw that one first.")
        doi = checked_doi(work.options.doi)
        if doi is None:
            faults = self.missing(work.dataset, work.options)
            raise CatalogError("invalid_record", f"{faults[0].detail} Nothing was changed.", faults)
        found = distribution(work.dataset, doi, is_public=True)
        return Outcome(f"{doi} is the dataset's DOI now.", (found,), {"doi": doi}, url=found.url)
