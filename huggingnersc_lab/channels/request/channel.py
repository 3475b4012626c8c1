"""The channel: a place in the centre's shared area."""

from __future__ import annotations

from collections.abc import Mapping

from huggingnersc_lab.channels.base import Channel, Dataset
from huggingnersc_lab.channels.ledger import Ledger
from huggingnersc_lab.channels.request.ask import Ask
from huggingnersc_lab.channels.request.check import Check
from huggingnersc_lab.channels.request.move import Move
from huggingnersc_lab.channels.request.settings import at_target
from huggingnersc_lab.channels.state import Status, status_of


class RequestChannel(Channel):
    """Requests to the centre to host a dataset."""

    name = "request"
    title = "Shared area of the centre"
    summary = "Ask the centre to take the data into the area that all its users can read."
    actions = (Ask(), Check(), Move())

    def status(self, dataset: Dataset, ledger: Ledger) -> Status:
        """Whether it was asked for, has arrived, or is there."""
        path, notes = dataset.record.data_path, ledger.read()
        if at_target(dataset) or (path is not None and notes.get("moved_to") == path):
            return Status("shared", detail=f"The data is at {path}.")
        found = status_of(self.name, dataset.distributions, dataset.fingerprint)
        if found.state == "none":
            return found
        if notes.get("found"):
            return Status("begun", found.url, found.at, f"The data has arrived at {notes['found']}.")
        return Status("begun", found.url, found.at, "The centre was asked to host it.")

    def loader_lines(self, dataset: Dataset) -> Mapping[str, str]:
        """Nothing: at the centre the dataset's path is all that a reader needs."""
        del dataset
        return {}
