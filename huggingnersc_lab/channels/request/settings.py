"""What the site file says of requests."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from huggingnersc_lab.channels.base import Dataset
from huggingnersc_lab.errors import FieldError

_PLACEHOLDER = re.compile(r"\{(name|pretty_name|path|target|bytes|files|license)\}")
MOST_ADDRESS = 2000
"""Longest address that every browser and mail program opens, in characters."""


@dataclass(frozen=True)
class Settings:
    """How the centre is asked.

    Attributes:
        url: address of its form, with placeholders.
        mailbox: mail address, where there is no form.
        target: folder in which the dataset is going to be; None where nobody can tell before.
        transit: folder where the centre picks data up.
    """

    url: str | None
    mailbox: str | None
    target: str | None
    transit: str | None

    @property
    def place(self) -> str | None:
        """Where the centre was asked, as the record says it: without anything that was filled in."""
        if self.url is None:
            return f"mailto:{self.mailbox}" if self.mailbox else None
        return _PLACEHOLDER.sub("", self.url.partition("?")[0] if _PLACEHOLDER.search(self.url) else self.url)


def settings_of(dataset: Dataset) -> Settings:
    """The channel's settings at the dataset's site, for that dataset."""
    given = {key: value if isinstance(value, str) else None for key, value in dataset.settings.items()}
    target = given.get("target")
    return Settings(
        url=given.get("url"),
        mailbox=given.get("mailbox"),
        target=target.replace("{name}", dataset.name) if target else None,
        transit=given.get("transit"),
    )


def form_address(url: str, values: Mapping[str, str]) -> str:
    """The form's address, filled in; without the values if it is too long with them.

    >>> form_address("https://example.org/form?entry.1={name}&entry.2={path}", {"name": "sky", "path": "/a b&c"})
    'https://example.org/form?entry.1=sky&entry.2=%2Fa%20b%26c'
    """
    filled = _PLACEHOLDER.sub(lambda found: quote(values.get(found[1], ""), safe=""), url)
    return filled if len(filled) <= MOST_ADDRESS else _PLACEHOLDER.sub("", url)


def mail_address(mailbox: str, subject: str, body: str) -> str:
    """An address that opens a mail; without its text if it is too long with it."""
    start = f"mailto:{quote(mailbox, safe='@')}?subject={quote(subject, safe='')}"
    whole = f"{start}&body={quote(body, safe='')}"
    return whole if len(whole) <= MOST_ADDRESS else start


def place_faults(dataset: Dataset) -> list[FieldError]:
    """That the site names nobody to ask."""
    settings = settings_of(dataset)
    if settings.place is not None and urlsplit(settings.place).scheme in ("http", "https", "mailto"):
        return []
    detail = f"The site file of {dataset.site.title} names no form and no mailbox for requests: [channels.request] url."
    return [FieldError("/channel", "required", detail)]


def at_target(dataset: Dataset) -> bool:
    """Whether the data is in the centre's shared area already."""
    target = settings_of(dataset).target
    path = dataset.record.data_path
    return bool(target and path) and os.path.normpath(str(path)) == os.path.normpath(str(target))
