"""The fields that are searched. Each is declared here and nowhere else; facets are declared in ``facets.py``.

The index, the grammar of queries, the command line, the panel and the reference take them from here; after a change run
`make codegen`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from huggingnersc_lab.index.facets import FACETS, Facet

if TYPE_CHECKING:
    from huggingnersc_lab.index.entry import IndexEntry


@dataclass(frozen=True)
class TextField:
    """A text that the words of a query are searched in.

    Attributes:
        name: in the index.
        label: what it holds, for people.
        weight: how much a word counts that is found there.
        values_of: the texts that an entry has.
        example: a word that it may hold, of a field that can be searched by itself.
        prefixes: what stands before the colon in a query that searches it by itself.
    """

    name: str
    label: str
    weight: float
    values_of: Callable[[IndexEntry], Iterable[str]]
    example: str = ""
    prefixes: tuple[str, ...] = ()


@dataclass(frozen=True)
class ValueField:
    """Values that are searched as a whole, such as tags.

    Attributes:
        name: in the index it is ``facet_NAME``, since a text may have the same name.
        meaning: what its values are, as the end of "one of these …".
        values_of: the values that an entry has.
        example: one of them.
        prefixes: what stands before the colon in a query.
    """

    name: str
    meaning: str
    values_of: Callable[[IndexEntry], Iterable[str]]
    example: str
    prefixes: tuple[str, ...]

    @property
    def index_name(self) -> str:
        """Its name in the index."""
        return f"facet_{self.name}"


TEXT_FIELDS: Mapping[str, TextField] = {
    text.name: text
    for text in (
        TextField("name", "nickname", 40.0, lambda entry: (entry.name,)),
        TextField("title", "title", 16.0, lambda entry: (entry.title,)),
        TextField("tags", "tags and tasks", 6.0, lambda entry: entry.tags),
        TextField("by", "authors", 4.0, lambda entry: entry.by, example="lovelace", prefixes=("by", "author")),
        TextField("description", "description", 2.0, lambda entry: (entry.plain_description,)),
        TextField("other", "papers, DOI, paths, repository, home page", 1.0, lambda entry: (entry.other,)),
    )
}
"""All texts by name, the most important one first."""


def _field_of(facet: Facet) -> ValueField:
    name = facet.name
    return ValueField(
        name, facet.meaning, lambda entry: entry.facets.get(name, ()), facet.example, (name, *facet.aliases)
    )


VALUE_FIELDS: Mapping[str, ValueField] = {
    field.name: field
    for field in (
        ValueField("tag", "tags", lambda entry: entry.tags, "cosmology", ("tag", "tags")),
        *map(_field_of, FACETS.values()),
    )
}
"""All fields of values by name: the tags, then the facets."""

_ALL: tuple[ValueField | TextField, ...] = (*VALUE_FIELDS.values(), *TEXT_FIELDS.values())

PREFIXES: Mapping[str, str] = {prefix: field.name for field in _ALL for prefix in field.prefixes}
"""What may stand before a colon in a query, and the field it means."""

MAIN_PREFIXES = tuple(field.prefixes[0] for field in _ALL if field.prefixes)
"""One prefix of each field that can be searched by itself."""
