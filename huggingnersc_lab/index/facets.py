"""The facets by which a list of datasets can be filtered. Each is declared only here.

The index, REST interface, command line and panel use these declarations; after a change, run `make codegen`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from huggingnersc_lab.index.members import seconds, texts

if TYPE_CHECKING:
    from huggingnersc_lab.record.model import DatasetRecord
    from huggingnersc_lab.record.vocabulary import Vocabulary

ValuesOf = Callable[["DatasetRecord", "Vocabulary"], Iterable[str]]


def _not_in_the_record(_record: DatasetRecord, _vocabulary: Vocabulary) -> Iterable[str]:
    """The values of a facet that only a ``FacetSource`` of the catalog provides."""
    return ()


def _tags_in(name: str) -> ValuesOf:
    """The record's tags that are in a vocabulary."""
    return lambda record, vocabulary: [tag for tag in texts(record.tags) if tag in vocabulary.ids(name)]


@dataclass(frozen=True)
class Facet:
    """A facet.

    Attributes:
        name: its name in queries (``task:…``), in the REST interface and in the index.
        title: its display name.
        meaning: description of its values, completing "one of these …".
        example: one of its values.
        values_of: returns the values of a record.
        vocabulary: the vocabulary of its values, which has their titles; None if ``values`` has.
        values: the title of each value, for a facet with a few fixed ones.
        aliases: other names in queries.
    """

    name: str
    title: str
    meaning: str
    example: str
    values_of: ValuesOf = _not_in_the_record
    vocabulary: str | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()


FACETS: Mapping[str, Facet] = {
    facet.name: facet
    for facet in (
        Facet(
            name="task",
            title="Task",
            meaning="tasks",
            example="image-classification",
            values_of=lambda record, _: texts(record.task_categories),
            vocabulary="task_categories",
        ),
        Facet(
            name="domain",
            title="Field of science",
            meaning="science domains",
            example="cosmology",
            values_of=_tags_in("domains"),
            vocabulary="domains",
        ),
        Facet(
            name="format",
            title="Format",
            meaning="file formats",
            example="hdf5",
            values_of=_tags_in("formats"),
            vocabulary="formats",
        ),
        Facet(
            name="modality",
            title="Kind of data",
            meaning="modalities",
            example="timeseries",
            values_of=_tags_in("modalities"),
            vocabulary="modalities",
        ),
        Facet(
            name="size",
            title="Size",
            meaning="size categories, which count rows",
            example="n<1K",
            values_of=lambda record, _: texts(record.size_categories),
            vocabulary="size_categories",
        ),
        Facet(
            name="license",
            title="Licence",
            meaning="licences",
            example="mit",
            values_of=lambda record, _: texts(record.license),
            vocabulary="licenses",
            aliases=("licence",),
        ),
        Facet(
            name="language",
            title="Language",
            meaning="languages",
            example="en",
            values_of=lambda record, _: texts(record.language),
            vocabulary="languages",
            aliases=("lang",),
        ),
        Facet(
            name="access",
            title="Access",
            meaning="states of your access to the data",
            example="open",
            values={
                "open": "You can open it",
                "ask": "Ask for access",
                "missing": "Moved or purged",
                "unknown": "Not known",
            },
        ),
        Facet(
            name="verified",
            title="Loader",
            meaning="states of the loader",
            example="yes",
            values_of=lambda record, _: ["yes" if seconds(record.verified_at) else "no"],
            values={"yes": "Its loader ran", "no": "Not tried yet"},
        ),
        Facet(
            name="source",
            title="Where it is",
            meaning="places",
            example="both",
            values_of=lambda record, _: ["both" if record.revision else "here"],
            values={
                "both": "In the catalog and on the Hub",
                "here": "Not published",
                "hub": "Only on the Hub",
            },
        ),
    )
}
"""All facets by name, in display order."""


def facets_of(record: DatasetRecord, vocabulary: Vocabulary) -> dict[str, tuple[str, ...]]:
    """The values of a record by facet; facets without a value are omitted.

    Args:
        record: the record, which may be invalid.
        vocabulary: distinguishes domains, formats and modalities among the tags.
    """
    found = {name: tuple(facet.values_of(record, vocabulary)) for name, facet in FACETS.items()}
    return {name: values for name, values in found.items() if values}
