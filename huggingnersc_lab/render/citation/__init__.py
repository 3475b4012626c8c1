"""How to cite a dataset, in all available formats; one module for each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from huggingnersc_lab.render.entry import Entry

Format = Literal["bibtex", "apa", "cff", "datacite"]

FORMATS: tuple[Format, ...] = ("bibtex", "apa", "cff", "datacite")
"""The formats in display order."""


@dataclass(frozen=True)
class Citation:
    """A citation in one format.

    Attributes:
        format: which one.
        label: its display name.
        text: the citation, ending in a newline.
        file_name: a file name to save it as.
    """

    format: Format
    label: str
    text: str
    file_name: str


def citations(entry: Entry) -> tuple[Citation, ...]:
    """The dataset's citations, in the order of :data:`FORMATS`.

    APA is omitted if its library is not installed (``pip install 'huggingnersc_lab[cite]'``), DataCite if the year of
    publication is unknown.
    """
    return tuple(_citations(entry))


def _citations(entry: Entry) -> Iterator[Citation]:
    from huggingnersc_lab.render.citation import apa, bibtex, cff, datacite

    name = entry.record.name
    yield Citation("bibtex", "BibTeX", bibtex.bibtex(entry), f"{name}.bib")
    if apa.is_available():
        yield Citation("apa", "APA", apa.apa(entry), f"{name}.txt")
    yield Citation("cff", "CITATION.cff", cff.cff(entry), "CITATION.cff")
    if datacite.is_possible(entry):
        yield Citation("datacite", "DataCite JSON", datacite.datacite(entry), f"{name}.datacite.json")
