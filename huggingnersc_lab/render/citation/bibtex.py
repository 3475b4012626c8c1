"""BibTeX: the entry that a record gives, or one made from its other members."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

from huggingnersc_lab.record.model import Author
from huggingnersc_lab.render.citation.names import name_of
from huggingnersc_lab.render.citation.work import address, year
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


_AND = re.compile(r"(?i)\band\b")


def bibtex(entry: Entry) -> str:
    """The BibTeX entry to cite the dataset with, ending in a newline: ``record.citation`` when it is given."""
    record = entry.record
    if record.citation and record.citation.strip():
        return record.citation.strip() + "\n"
    link = address(entry)
    fields = {
        "author": " and ".join(_author(author) for author in record.authors if author.name.strip()),
        "title": f"{{{_latex(record.pretty_name)}}}",
        "year": year(entry),
        "howpublished": f"\\url{{{link}}}" if link else "",
        "doi": re.sub(r"[\\{}]", lambda match: quote(match[0]), record.public_doi or ""),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{_key(entry)},", *lines, "}", ""])


def _latex(text: str) -> str:
    return "".join(_LATEX.get(char, char) for char in " ".join(text.split()))


def _author(author: Author) -> str:
    name = name_of(author)
    if not name.is_person or _AND.search(name.text) or (name.family == name.text and "," in name.text):
        # Within braces a name is taken whole, so that neither "and" nor commas of an institution's name split it.
        return f"{{{_latex(name.text)}}}"
    if name.suffix or name.text.startswith(f"{name.family} "):
        return _latex(", ".join(filter(None, (name.family, name.suffix, name.given))))
    return _latex(name.text)


def _key(entry: Entry) -> str:
    """Family name of the first author, year and nickname, of plain letters, digits and hyphens."""
    authors = entry.record.authors
    name = name_of(authors[0]) if authors else None
    family = (name.family or name.text).split(",")[0].rsplit(" ", 1)[-1] if name else ""
    parts = [_plain(family).replace("-", ""), year(entry), _plain(entry.record.name)]
    return "-".join(part for part in parts if part) or "dataset"


def _plain(text: str) -> str:
    ascii_text = unicodedata.normalize("NFKD", text.translate(_LETTERS)).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_text).strip("-")
