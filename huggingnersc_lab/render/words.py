"""Display names of record values."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from huggingnersc_lab.record.term import Term
from huggingnersc_lab.record.vocabulary import load_vocabulary


def labels(vocabulary: str, values: tuple[str, ...]) -> Iterator[str]:
    """The display names of vocabulary values; a value that is not in it stands for itself."""
    for value in values:
        term = term_of(vocabulary, value)
        yield term.label if term else value


def term_of(vocabulary: str, value: str) -> Term | None:
    """The vocabulary's term for a value; None if it has none."""
    return _terms(vocabulary).get(value)


def size_label(size: str) -> str:
    """A size category in words."""
    (label,) = labels("size_categories", (size,))
    return label


def byte_size(count: int) -> str:
    """A number of bytes in the most readable decimal unit.

    >>> byte_size(4606), byte_size(1_234_000_000_000)
    ('4.61 kB', '1.23 TB')
    """
    if count < 1000:  # noqa: PLR2004
        return f"{count} byte{'s' * (count != 1)}"
    size = float(count)
    units = iter(("kB", "MB", "GB", "TB", "PB", "EB"))
    unit = ""
    while size >= 999.5:  # noqa: PLR2004 - three digits, rounded
        size, unit = size / 1000, next(units)
    return f"{size:.3g} {unit}"


@cache
def _terms(name: str) -> dict[str, Term]:
    # Only the built-in terms: terms that a site has fetched since are displayed as their value.
    return {term.id: term for term in load_vocabulary().terms(name)}
