"""``move``: make the place in the centre's shared area the dataset's path."""

from __future__ import annotations

from collections.abc import Sequence

from huggingnersc_lab.channels.base import Action, Dataset, Outcome, Work
from huggingnersc_lab.channels.ledger import Ledger
from huggingnersc_lab.channels.request.arrival import PlaceOptions, look_for, place_faults
from huggingnersc_lab.channels.request.settings import at_target
from huggingnersc_lab.errors import CatalogError, FieldError


class Move(Action[PlaceOptions]):
    """Write the new path into the entry. No data is moved or deleted."""

    name = "move"
    title = "Use the new path"
    summary = "Make the place in the centre's shared area the dataset's path. No file is moved or deleted."
    options = PlaceOptions
    question = "Make the place in the centre's shared area the path of '{name}', in the entry and on the Hub?"

    def is_offered(self, dataset: Dataset, ledger: Ledger) -> bool:
        """Once ``check`` has found the data."""
        return bool(ledger.get("found")) and not at_target(dataset)

    def missing(self, dataset: Dataset, options: PlaceOptions | None = None) -> Sequence[FieldError]:
        """A place."""
        return place_faults(dataset, options)

    def describe(self, dataset: Dataset, options: PlaceOptions) -> Sequence[str]:
        """What happens, and what does not."""
        place = options.at or "the place where the data was found"
        return [f"The path {dataset.record.data_path} becomes {place}. No file is moved or deleted."]

    def run(self, work: Work[PlaceOptions]) -> Outcome:
        """Look once more, then write the path."""
        arrival = look_for(work)
        if not arrival.is_complete:
            work.ledger.note(found=None)
            detail = f"What is at {arrival.path} is not, or not any more, as much as the dataset has."
            raise CatalogError("conflict", f"{detail} Nothing was changed: check again later.")
        former = work.dataset.record.data_path
        work.ledger.note(found=None, asked_at=None, moved_to=arrival.path)
        text = f"The data of '{work.dataset.name}' is at {arrival.path} now. The copy at {former} is still there."
        return Outcome(text, (), {"data_path": arrival.path})
