"""The fields that are searched: each is declared once."""

from __future__ import annotations

from huggingnersc_lab.index import IndexEntry
from huggingnersc_lab.index.facets import FACETS
from huggingnersc_lab.index.fields import MAIN_PREFIXES, PREFIXES, TEXT_FIELDS, VALUE_FIELDS
from huggingnersc_lab.index.similarity import WEIGHTS

ENTRY = IndexEntry(
    "sky",
    "The sky",
    ("cosmology", "image"),
    "A *map*.",
    other="10.1/x /data/sky",
    by=("Vera Rubin", "Ada Lovelace"),
    facets={"domain": ("cosmology",), "source": ("here",)},
)


def test_texts_hold_all_that_is_told_of_a_dataset() -> None:
    assert {name: tuple(text.values_of(ENTRY)) for name, text in TEXT_FIELDS.items()} == {
        "name": ("sky",),
        "title": ("The sky",),
        "tags": ("cosmology", "image"),
        "by": ("Vera Rubin", "Ada Lovelace"),
        "description": ("A map.",),
        "other": ("10.1/x /data/sky",),
    }


def test_the_first_text_weighs_most() -> None:
    weights = [text.weight for text in TEXT_FIELDS.values()]
    assert weights == sorted(weights, reverse=True)
    assert min(weights) > 0


def test_values_are_the_tags_and_every_facet() -> None:
    assert list(VALUE_FIELDS) == ["tag", *FACETS]
    found = {name: tuple(field.values_of(ENTRY)) for name, field in VALUE_FIELDS.items()}
    assert {name: values for name, values in found.items() if values} == {
        "tag": ("cosmology", "image"),
        "domain": ("cosmology",),
        "source": ("here",),
    }


def test_no_name_is_used_twice() -> None:
    names = [*TEXT_FIELDS, *(field.index_name for field in VALUE_FIELDS.values())]
    assert len(set(names)) == len(names)
    prefixes = [prefix for field in (*TEXT_FIELDS.values(), *VALUE_FIELDS.values()) for prefix in field.prefixes]
    assert len(set(prefixes)) == len(prefixes)


def test_prefixes_mean_fields() -> None:
    assert PREFIXES["tags"] == "tag"
    assert PREFIXES["licence"] == "license"
    assert PREFIXES["lang"] == "language"
    assert PREFIXES["author"] == "by"
    assert set(PREFIXES.values()) == {*VALUE_FIELDS, "by"}
    assert {PREFIXES[prefix] for prefix in MAIN_PREFIXES} == set(PREFIXES.values())
    assert len(MAIN_PREFIXES) == len(set(PREFIXES.values()))
    assert all(prefix.isalpha() and prefix.islower() for prefix in PREFIXES)  # as the grammar reads them


def test_similarity_weighs_fields_that_there_are() -> None:
    assert WEIGHTS.keys() <= VALUE_FIELDS.keys()
