"""The channel: a DOI for a dataset."""

from __future__ import annotations

from collections.abc import Mapping

from huggingnersc_lab.channels.base import Channel, Dataset
from huggingnersc_lab.channels.doi.actions.check import Check
from huggingnersc_lab.channels.doi.actions.enter import Enter
from huggingnersc_lab.channels.doi.actions.hub import FromHub
from huggingnersc_lab.channels.doi.actions.publish import Publish
from huggingnersc_lab.channels.doi.actions.reserve import Reserve
from huggingnersc_lab.channels.doi.actions.update import Update
from huggingnersc_lab.channels.doi.actions.withdraw import Withdraw
from huggingnersc_lab.channels.doi.dataset import notes_of
from huggingnersc_lab.channels.doi.reservation import has_draft
from huggingnersc_lab.channels.doi.services import KEYS
from huggingnersc_lab.channels.ledger import Ledger
from huggingnersc_lab.channels.state import Status, status_of
from huggingnersc_lab.record.identifiers import doi_address


class DoiChannel(Channel):
    """DOIs, from the service that the site names, or from elsewhere."""

    name = "doi"
    title = "DOI"
    summary = "An identifier that lasts, to cite the dataset by."
    actions = (Reserve(), Publish(), Check(), Update(), Withdraw(), Enter(), FromHub())
    keys = KEYS

    def status(self, dataset: Dataset, ledger: Ledger) -> Status:
        """The DOI, and whether it resolves."""
        found = status_of(self.name, dataset.distributions, dataset.fingerprint)
        doi, notes = dataset.record.doi, notes_of(dataset, ledger)
        if found.state == "none":
            if doi is not None:
                return Status("shared", doi_address(doi), detail=f"{doi} was entered with the dataset.")
            if has_draft(notes):
                what = f"{notes['doi']} is reserved" if notes.get("doi") else "A reservation was begun"
                return Status("begun", detail=f"{what} at {notes.get('service')}; the entry does not say so.")
            return found
        if found.state == "begun":
            if notes.get("submitted"):
                detail = f"{doi} was sent in to be published; the service looks at it now."
            elif has_draft(notes):
                detail = f"{doi} is reserved and does not resolve until it is published."
            else:
                detail = f"{doi} is reserved with another account, whose owner can publish it."
            return Status("begun", found.url, found.at, detail)
        changed = f"{doi} was published before the data changed." if found.state == "outdated" else f"{doi}"
        return Status(found.state, found.url, found.at, changed)

    def loader_lines(self, dataset: Dataset) -> Mapping[str, str]:
        """Nothing: a DOI leads to the dataset's page, and no data comes from it."""
        del dataset
        return {}
