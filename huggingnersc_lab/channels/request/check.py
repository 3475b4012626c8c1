"""``check``: whether the data has arrived."""

from __future__ import annotations

from collections.abc import Sequence

from huggingnersc_lab.channels.base import Action, Dataset, Outcome, Work
from huggingnersc_lab.channels.ledger import Ledger
from huggingnersc_lab.channels.request.arrival import PlaceOptions, look_for, place_faults
from huggingnersc_lab.channels.request.settings import at_target
from huggingnersc_lab.errors import FieldError
from huggingnersc_lab.render.words import byte_size


class Check(Action[PlaceOptions]):
    """Look whether the centre has put the data where it was asked to, and offer that path."""

    name = "check"
    title = "Check whether it is there"
    summary = "Look whether the data has arrived in the centre's shared area, as many files and bytes as it has here."
    options = PlaceOptions

    def is_offered(self, dataset: Dataset, ledger: Ledger) -> bool:
        """Once the centre was asked, by whomever."""
        asked = ledger.get("asked_at") or any(one.channel == "request" for one in dataset.distributions)
        return bool(asked) and not at_target(dataset)

    def missing(self, dataset: Dataset, options: PlaceOptions | None = None) -> Sequence[FieldError]:
        """A place to look at."""
        return place_faults(dataset, options)

    def run(self, work: Work[PlaceOptions]) -> Outcome:
        """Look."""
        arrival = look_for(work)
        if arrival.found is None:
            work.ledger.note(found=None)
            return Outcome(f"Nothing is at {arrival.path} yet. Check again later.")
        here = f"{_files(arrival.found.files)} of {byte_size(arrival.found.bytes)}"
        if not arrival.is_complete:
            work.ledger.note(found=None)
            if arrival.files is None and arrival.bytes is None:
                text = (
                    f"{arrival.path} holds {here}, but how many there should be is not known. Inspect the data first."
                )
                return Outcome(text)
            size = "" if arrival.bytes is None else f" of {byte_size(arrival.bytes)}"
            files = "? files" if arrival.files is None else _files(arrival.files)
            text = f"{arrival.path} holds {here}; there should be {files}{size}. It may still be being copied"
            return Outcome(f"{text}: check again later.")
        work.ledger.note(found=arrival.path)
        names = "" if arrival.has_same_names else " Some files have other names or sizes than here: look at them first."
        text = f"The data has arrived at {arrival.path}: {here}.{names}"
        return Outcome(f"{text} 'Use the new path' makes it the dataset's path.")


def _files(count: int) -> str:
    return f"{count:,} file{'s' * (count != 1)}"
