"""The searched fields. Each is declared only here; facets are declared in ``facets.py``.

The index, the query grammar, the command line, the panel and the reference use these declarations; after a change, run
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
    """A text field that words of a query are matched against.

    Attributes:
        name: its name in the index.
        label: its content, for people.
        weight: how much a match in it counts.
        values_of: returns the texts of an entry.
        example: a word that it may contain, if it can be searched individually.
        prefixes: what to write before the colon in a query to search only this field.
    """

    name: str
    label: str
    weight: float
    values_of: Callable[[IndexEntry], Iterable[str]]
    example: str = ""
    prefixes: tuple[str, ...] = ()


@dataclass(frozen=True)
class ValueField:
    """Values that are matched as a whole, such as tags.

    Attributes:
        name: its name; in the index it is ``facet_NAME``, since a text field may have the same name.
        meaning: description of its values, completing "one of these …".
        values_of: returns the values of an entry.
        example: one of them.
        prefixes: what to write before the colon in a query.
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
"""All text fields by name, most important first."""


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
"""All value fields by name: the tags, then the facets."""

_ALL: tuple[ValueField | TextField, ...] = (*VALUE_FIELDS.values(), *TEXT_FIELDS.values())

PREFIXES: Mapping[str, str] = {prefix: field.name for field in _ALL for prefix in field.prefixes}
"""The prefixes in queries, and the field of each."""

MAIN_PREFIXES = tuple(field.prefixes[0] for field in _ALL if field.prefixes)
"""One prefix for each field that can be searched individually."""
