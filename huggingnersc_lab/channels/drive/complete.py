"""``complete``: write the link on Google Drive into the entry, and send links that were still missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from huggingnersc_lab.channels.base import Action, Dataset, Outcome, Work
from huggingnersc_lab.channels.drive.distributions import NAME, shared
from huggingnersc_lab.channels.drive.links import arxiv_url, drive_item, link_faults
from huggingnersc_lab.channels.drive.mail import later_mail
from huggingnersc_lab.channels.drive.settings import DriveSettings
from huggingnersc_lab.channels.ledger import Ledger
from huggingnersc_lab.errors import FieldError


@dataclass(frozen=True)
class CompleteOptions:
    """What can be chosen."""

    url: str | None = field(default=None, metadata={"help": "Link of the data on Google Drive."})
    arxiv: str | None = field(default=None, metadata={"help": "Paper on arXiv, an id or an address."})
    github: str | None = field(default=None, metadata={"help": "Repository on GitHub."})


class Complete(Action[CompleteOptions]):
    """Fill in what was not known when the bundle was made."""

    name = "complete"
    title = "Enter the link"
    summary = "Write the link on Google Drive into the entry; send the paper's and the code's address to the help desk."
    options = CompleteOptions

    def is_offered(self, dataset: Dataset, ledger: Ledger) -> bool:
        """Once there is a bundle, or an upload."""
        return ledger.get("bundle") is not None or any(one.channel == NAME for one in dataset.distributions)

    def missing(self, dataset: Dataset, options: CompleteOptions | None = None) -> Sequence[FieldError]:
        """At least one link."""
        del dataset
        if options is None:
            return ()
        if options == CompleteOptions():
            return [FieldError("/options/url", "required", "Enter the link of the data, of its paper or of its code.")]
        return link_faults(url=options.url, arxiv=options.arxiv, github=options.github)

    def describe(self, dataset: Dataset, options: CompleteOptions) -> Sequence[str]:
        """What changes in the entry."""
        del dataset
        told = [f"Writes {options.url} into the entry as the place to download from."] if options.url else []
        return told + [f"Adds {link} to the entry." for link in (options.arxiv, options.github) if link]

    def run(self, work: Work[CompleteOptions]) -> Outcome:
        """Do it."""
        dataset, options = work.dataset, work.options
        arxiv = arxiv_url(options.arxiv) if options.arxiv else None
        record = dataset.record
        values: dict[str, Any] = {}
        if arxiv and arxiv not in {arxiv_url(paper) for paper in record.papers}:
            values["papers"] = [*record.papers, arxiv]
        if options.github and options.github not in record.code:
            values["code"] = [*record.code, options.github]
        distributions = None
        if options.url:
            item = drive_item(options.url)
            distributions = shared(dataset, item.url if item else options.url)
        if not (arxiv or options.github):
            return Outcome(
                "The entry has the link now. Open it once without signing in: everybody should see the files.",
                distributions=distributions,
                values=values,
                url=options.url,
            )
        settings = DriveSettings.of(dataset)
        mail = later_mail(record, settings, arxiv=arxiv, github=options.github)
        return Outcome(
            "The entry has the links now. Send the mail, so that the help desk has them, too.",
            distributions=distributions,
            values=values,
            copy_text=mail.text,
            url=mail.url or settings.helpdesk_url,
        )
