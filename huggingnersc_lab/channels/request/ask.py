"""``ask``: ask the centre to host the data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timezone

from huggingnersc_lab.channels.base import Action, Dataset, Outcome, Work
from huggingnersc_lab.channels.ledger import Ledger
from huggingnersc_lab.channels.request.letter import advice, letter, subject
from huggingnersc_lab.channels.request.listing import list_files
from huggingnersc_lab.channels.request.settings import (
    at_target,
    form_address,
    mail_address,
    place_faults,
    settings_of,
)
from huggingnersc_lab.errors import CatalogError, FieldError
from huggingnersc_lab.record.parts import Distribution

NAME = "request"


@dataclass(frozen=True, kw_only=True)
class AskOptions:
    """What a person adds to the request."""

    message: str | None = field(default=None, metadata={"help": "What else the centre should know."})


class Ask(Action[AskOptions]):
    """Look at the data, write the request, and note in the record that it was asked. A person sends it."""

    name = "ask"
    title = "Ask the centre to host it"
    summary = "Check names, licence and size, and write the request to the centre; you send it by its form or mail."
    options = AskOptions
    question = "Note in the entry of '{name}' that the centre is asked to host it? You send the request yourself."

    def is_offered(self, dataset: Dataset, ledger: Ledger) -> bool:
        """Unless the data is there already."""
        del ledger
        return not at_target(dataset)

    def missing(self, dataset: Dataset, options: AskOptions | None = None) -> Sequence[FieldError]:
        """Somebody to ask, the data and its licence."""
        del options
        found = place_faults(dataset)
        if dataset.data_path is None:
            found.append(FieldError("/data_path", "required", "Say where the data is."))
        if not dataset.record.license:
            found.append(FieldError("/license", "required", "Choose a licence, so that others know what they may do."))
        return found

    def describe(self, dataset: Dataset, options: AskOptions) -> Sequence[str]:
        """Whom it asks, and for what."""
        del options
        settings = settings_of(dataset)
        wanted = [f"It asks for a place at {settings.target}."] if settings.target else []
        return [f"It writes a request for {settings.place}, which you send.", *wanted]

    def run(self, work: Work[AskOptions]) -> Outcome:
        """Look at the data and write the request."""
        dataset = work.dataset
        settings, path, place = settings_of(dataset), dataset.record.data_path, settings_of(dataset).place
        if path is None or place is None or at_target(dataset):
            raise CatalogError("conflict", "There is nothing to ask for. Nothing was changed.")
        work.step("look", "begin", f"Looking at the files of '{dataset.name}'")
        listing = list_files(path, lambda files: work.progress(text=f"{files:,} files so far"), lint=True)
        work.step("look", "done", f"{listing.files:,} files")
        text = letter(dataset, settings, listing, work.options.message)
        now = datetime.now(timezone.utc).isoformat(timespec="seconds").replace("+00:00", "Z")
        work.ledger.note(
            asked_at=now,
            files=listing.files,
            bytes=listing.bytes,
            digest=listing.digest,
            found=None,
            moved_to=None,
        )
        values = {
            "name": dataset.name,
            "pretty_name": dataset.record.pretty_name,
            "path": path,
            "target": settings.target or "",
            "bytes": str(listing.bytes),
            "files": str(listing.files),
            "license": dataset.record.license or "",
        }
        if settings.url is not None:
            url, how = form_address(settings.url, values), "Open the form and paste the text into it"
        else:
            url, how = mail_address(str(settings.mailbox), subject(dataset), text), "Send the mail"
        sentences = [f"The request is written. {how}."]
        if settings.transit:
            sentences.append(f"If the centre cannot read {path}, copy the data into {settings.transit} first.")
        if found := advice(dataset, listing):
            sentences += ["Better settled before:", *found]
        asked = Distribution(NAME, place, bytes=listing.bytes, created_at=now, state="requested")
        return Outcome(" ".join(sentences), (asked,), copy_text=text, url=url)
