"""How a dataset is cited: the BibTeX entry that its record gives, or one made from its other members."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

from huggingnersc_lab.record.model import Author
from huggingnersc_lab.render.entry import Entry

_LATEX = {
    "\\": r"\textbackslash{}",
    # BibTeX counts braces even after a backslash, so they cannot be written as \{ and \}.
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    '"': r"\textquotedbl{}",
    **{char: f"\\{char}" for char in "$&#_%"},
}
# Letters that no decomposition makes plain.
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D"}
)
_IN_ADDRESSES = "%/:=&?~#+!$,;'@()*"


def bibtex(entry: Entry) -> str:
    """The BibTeX entry to cite the dataset with, ending in a newline: ``record.citation`` when it is given."""
    record = entry.record
    if record.citation and record.citation.strip():
        return record.citation.strip() + "\n"
    year = _year(record.published_at)
    address = entry.hub_link or record.homepage or entry.portal_link or record.download_link
    fields = {
        "author": " and ".join(_author(author) for author in record.authors),
        "title": f"{{{_latex(record.pretty_name)}}}",
        "year": year,
        "howpublished": f"\\url{{{quote(address, safe=_IN_ADDRESSES)}}}" if address else "",
        "doi": re.sub(r"[\\{}]", lambda match: quote(match[0]), record.doi or ""),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{_key(entry, year)},", *lines, "}", ""])


def _latex(text: str) -> str:
    return "".join(_LATEX.get(char, char) for char in " ".join(text.split()))


def _author(author: Author) -> str:
    name = " ".join(author.name.split())
    # Within braces a name is taken whole, so that neither "and" nor commas of an institution's name split it.
    whole = re.search(r"(?i)\band\b", name) or name.count(",") > 1
    return f"{{{_latex(name)}}}" if whole else _latex(name)


def _year(published_at: str | None) -> str:
    match = re.match(r"\d{4}", published_at or "")
    return match[0] if match else ""


def _key(entry: Entry, year: str) -> str:
    """Family name of the first author, year and nickname, of plain letters, digits and hyphens."""
    authors = entry.record.authors
    name = " ".join(authors[0].name.split()) if authors else ""
    family = name.split(",")[0] if "," in name else name.rsplit(" ", 1)[-1]
    parts = [_plain(family).replace("-", ""), year, _plain(entry.record.name)]
    return "-".join(part for part in parts if part) or "dataset"


def _plain(text: str) -> str:
    ascii_text = unicodedata.normalize("NFKD", text.translate(_LETTERS)).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_text).strip("-")
