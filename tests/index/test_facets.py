"""Facets: each is declared once."""

from __future__ import annotations

from typing import get_args

import pytest

from huggingnersc_lab.access.cache import FACET
from huggingnersc_lab.catalog.search.merge import Source
from huggingnersc_lab.index.facets import FACETS, facets_of
from huggingnersc_lab.record.model import DatasetRecord, Verification
from huggingnersc_lab.record.vocabulary import LISTS, load_vocabulary

VOCABULARY = load_vocabulary()


def test_a_record_has_values_of_its_members_and_tags() -> None:
    record = DatasetRecord(
        name="sky",
        pretty_name="Sky",
        tags=("cosmology", "hdf5", "image", "my-own"),
        task_categories=("image-classification",),
        size_categories=("n<1K",),
        license="mit",
        language=("en", "de"),
        verification=Verification("passed", "2026-01-01"),
        revision="abc",
    )
    assert facets_of(record, VOCABULARY) == {
        "task": ("image-classification",),
        "domain": ("cosmology",),
        "format": ("hdf5",),
        "modality": ("image",),
        "size": ("n<1K",),
        "license": ("mit",),
        "language": ("en", "de"),
        "verified": ("yes",),
        "source": ("both",),
    }
    assert facets_of(DatasetRecord(name="bare", pretty_name=""), VOCABULARY) == {
        "verified": ("no",),
        "source": ("here",),
    }


def test_members_of_another_form_are_no_error() -> None:
    odd = DatasetRecord(
        name="odd",
        pretty_name="Odd",
        tags=7,  # type: ignore[arg-type]
        license=["mit", None],  # type: ignore[arg-type]
        language="en",  # type: ignore[arg-type]
        verification=Verification("passed", "soon"),
    )
    assert facets_of(odd, VOCABULARY) == {
        "license": ("mit",),
        "language": ("en",),
        "verified": ("no",),
        "source": ("here",),
    }


@pytest.mark.parametrize("name", list(FACETS))
def test_each_says_where_the_titles_of_its_values_are(name: str) -> None:
    facet = FACETS[name]
    assert facet.vocabulary in (None, *LISTS)
    assert not (facet.vocabulary and facet.values)
    known = VOCABULARY.ids(facet.vocabulary) if facet.vocabulary else facet.values.keys()
    assert facet.example in known or not known
    assert facet.title
    assert facet.meaning


def test_others_tell_only_values_that_are_declared() -> None:
    assert set(FACET.values()) == FACETS["access"].values.keys()
    assert set(get_args(Source)) == FACETS["source"].values.keys()
