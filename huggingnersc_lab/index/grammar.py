"""The grammar of search queries.

    cosmology simul            all words; the last one can be incomplete
    "dark matter"              a phrase
    lattice*                   words that start with it
    -draft  -license:mit       excluded
    tag:cosmology format:hdf5  one field; all of them are in ``fields.py``
    size:>1TB size:<=20GiB     size of the data; size:n<1K is a category, which counts rows

Nothing is an error: text that looks like a field but is not is searched for as words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, cast

from huggingnersc_lab.index.fields import PREFIXES

MAX_CHARACTERS = 2000
"""Maximum number of characters of a query."""

MAX_TERMS = 32
"""Maximum number of terms of a query."""

Comparison = Literal["<", "<=", ">", ">=", "="]


@dataclass(frozen=True)
class Term:
    """A search term.

    Attributes:
        text: the text, without quotes and prefix.
        field: the field to search, see :data:`huggingnersc_lab.index.fields.PREFIXES`; None for all text fields.
        is_phrase: whether its words must be adjacent.
        is_prefix: whether it may be the start of a word.
        is_excluded: whether it must not match.
    """

    text: str
    field: str | None = None
    is_phrase: bool = False
    is_prefix: bool = False
    is_excluded: bool = False


@dataclass(frozen=True)
class SizeTerm:
    """A limit for the size of the data.

    Attributes:
        comparison: how the size of the data must compare with ``n_bytes``.
        n_bytes: the limit, in bytes.
        is_excluded: whether it must not match.
    """

    comparison: Comparison
    n_bytes: int
    is_excluded: bool = False


@dataclass(frozen=True)
class Query:
    """A parsed query.

    Attributes:
        terms: its terms, which must all match.
        is_cut: whether it was too long, so that only its beginning is used.
    """

    terms: tuple[Term | SizeTerm, ...] = ()
    is_cut: bool = False


_ITEM = re.compile(
    r"""
    (?P<minus>-(?=[^\s-]))?
    (?:(?P<field>[A-Za-z]+):(?=\S))?
    (?: "(?P<phrase>[^"]*)"? | (?P<word>[^\s"]+) )
    """,
    re.VERBOSE,
)

_SIZE = re.compile(r"(?P<how><=|>=|<|>|=)?(?P<number>\d+(?:\.\d+)?)\s*(?P<unit>[kmgtpe]?i?b)", re.IGNORECASE)

_UNITS = "kmgtpe"


def parse_query(text: str) -> Query:
    """Parse a query. Any text is valid."""
    is_cut = len(text) > MAX_CHARACTERS
    terms: list[Term | SizeTerm] = []
    for term in _terms(text[:MAX_CHARACTERS]):
        if len(terms) == MAX_TERMS:
            is_cut = True
            break
        terms.append(term)
    # The last word may still be incomplete, unless a space or a quote ends it.
    if terms and not is_cut and isinstance(last := terms[-1], Term) and not last.is_phrase and text[-1:].strip():
        terms[-1] = Term(last.text, last.field, False, True, last.is_excluded)
    return Query(tuple(terms), is_cut)


def _terms(text: str) -> Iterator[Term | SizeTerm]:
    for item in _ITEM.finditer(text):
        field = PREFIXES.get((item["field"] or "").lower())
        is_excluded = item["minus"] is not None
        if item["phrase"] is not None:
            if item["field"] and field is None:
                yield Term(item["field"], is_excluded=is_excluded)
            if item["phrase"].strip():
                yield Term(item["phrase"].strip(), field, is_phrase=True, is_excluded=is_excluded)
            continue
        word = item["word"]
        if field == "size" and (size := _SIZE.fullmatch(word)):
            how = cast("Comparison", size["how"] or "=")
            yield SizeTerm(how, _bytes(size["number"], size["unit"]), is_excluded)
            continue
        if item["field"] and field is None:
            word = f"{item['field']}:{word}"
        bare = word.rstrip("*")
        if bare:
            yield Term(bare, field, is_prefix=bare != word, is_excluded=is_excluded)


_MOST_BYTES = 2.0**62
"""More than any data has, and the largest number that the index can compare."""


def _bytes(number: str, unit: str) -> int:
    """Parse a size: a ``TB`` is 1000^4 bytes, a ``TiB`` 1024^4."""
    unit = unit.lower()
    exponent = _UNITS.find(unit[0]) + 1 if len(unit) > 1 else 0
    size = float(number) * float(1024 if "i" in unit else 1000) ** exponent
    return round(min(size, _MOST_BYTES))
