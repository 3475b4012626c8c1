"""A dataset's licence, by its name for people and the address of its text."""

from __future__ import annotations

from dataclasses import dataclass

from huggingnersc_lab.record.model import DatasetRecord
from huggingnersc_lab.render.words import term_of


@dataclass(frozen=True)
class Licence:
    """A dataset's licence.

    Attributes:
        label: its name for people.
        address: where its text is: an address, or the name of a file in the repository; None where that is not known.
        spdx: its SPDX identifier, where exactly one fits.
    """

    label: str
    address: str | None = None
    spdx: str | None = None


def licence_of(record: DatasetRecord) -> Licence | None:
    """The licence; None where the record names none."""
    if not record.license:
        return None
    term = term_of("licenses", record.license)
    spdx = term.spdx if term else None
    address = record.license_link or (f"https://spdx.org/licenses/{spdx}.html" if spdx else None)
    return Licence(record.license_name or (term.label if term else record.license), address, spdx)
