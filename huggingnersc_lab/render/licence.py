"""A dataset's licence, with its display name and the URL of its text."""

from __future__ import annotations

from dataclasses import dataclass

from huggingnersc_lab.record.model import DatasetRecord
from huggingnersc_lab.render.words import term_of


@dataclass(frozen=True)
class Licence:
    """A dataset's licence.

    Attributes:
        label: its display name.
        address: where its text is: a URL, or the name of a file in the repository; None if unknown.
        spdx: its SPDX identifier, if exactly one matches.
    """

    label: str
    address: str | None = None
    spdx: str | None = None


def licence_of(record: DatasetRecord) -> Licence | None:
    """The licence; None if the record has none."""
    if not record.license:
        return None
    term = term_of("licenses", record.license)
    spdx = term.spdx if term else None
    address = record.license_link or (f"https://spdx.org/licenses/{spdx}.html" if spdx else None)
    return Licence(record.license_name or (term.label if term else record.license), address, spdx)
