"""``hub``: the way to the DOI that the Hub itself can give."""

from __future__ import annotations

from collections.abc import Sequence

from huggingnersc_lab.channels.base import Action, Dataset, NoOptions, Outcome, Work
from huggingnersc_lab.channels.ledger import Ledger
from huggingnersc_lab.errors import CatalogError

WARNING = (
    "Once the Hub has given a dataset a DOI, its repository cannot be deleted, renamed or made private any more, "
    "except by the Hub's own staff."
)


class FromHub(Action[NoOptions]):
    """Show where the Hub gives DOIs, and what comes of it. The Hub has no interface for it, so a person has to."""

    name = "hub"
    title = "Get a DOI from the Hub"
    summary = f"Open the repository's settings on the Hub, where it can be given a DOI. {WARNING}"
    options = NoOptions

    def is_offered(self, dataset: Dataset, ledger: Ledger) -> bool:
        """If it is on a real Hub and has no DOI."""
        del ledger
        record = dataset.record
        return bool(record.repo_id and record.revision) and not dataset.site.is_practice and record.doi is None

    def describe(self, dataset: Dataset, options: NoOptions) -> Sequence[str]:
        """The warning."""
        del dataset, options
        return [WARNING]

    def run(self, work: Work[NoOptions]) -> Outcome:
        """Show it."""
        dataset = work.dataset
        if dataset.site.is_practice or not dataset.record.repo_id:
            raise CatalogError("conflict", "It is not on a Hub that gives DOIs. Nothing was changed.")
        url = f"{dataset.site.hub_url}/datasets/{dataset.record.repo_id}/settings"
        text = f"{WARNING} If that is what you want: open {url}, choose 'Generate DOI', then enter the DOI here."
        return Outcome(text, url=url)
