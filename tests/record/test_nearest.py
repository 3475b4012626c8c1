from __future__ import annotations

import time

import pytest

from huggingnersc_lab.record.nearest import MAX_LENGTH, NearestMatch
from huggingnersc_lab.record.vocabulary import LISTS, Vocabulary, load_vocabulary

NAMES = NearestMatch(
    [
        ("cc-by-2.5", "two-and-a-half"),
        ("cc-by-10.0", "ten"),
        ("cc-by-4.0", "four"),
        ("Größe", "size"),
        ("time series", "series"),
        ("na", "nauru"),
        ("first name", "first"),
        ("First  NAME", "second"),
        ("3d", "three"),
    ]
)


@pytest.fixture
def words() -> Vocabulary:
    return load_vocabulary()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("CC BY 4", "four"),
        ("cc-by-4.0.0", "four"),
        ("cc by v2.5", "two-and-a-half"),
        ("cc-by", "ten"),
        ("cc-by-2", None),
        ("cc-by-4.0-1", None),
        ("GROSSE", "size"),
        ("timeseries", "series"),
        ("time_serise", "series"),
        ("NA", "nauru"),
        ("n/a", None),
        ("nb", None),
        ("first-name", "first"),
        ("3-D", "three"),
        ("4d", None),
        ("time", None),
    ],
)
def test_find(text: str, value: str | None) -> None:
    assert NAMES.find(text) == value


def test_a_text_too_long_is_near_to_nothing() -> None:
    assert NAMES.find("time series" + " " * (MAX_LENGTH - 11)) == "series"
    assert NAMES.find("time series" + " " * (MAX_LENGTH - 10)) is None


def test_an_empty_index_finds_nothing() -> None:
    assert NearestMatch([]).find("anything") is None


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("licenses", "apache2", "apache-2.0"),
        ("licenses", "Apache License, Version 2.0", "apache-2.0"),
        ("licenses", "apahce-2.0", "apache-2.0"),
        ("licenses", "CC BY 4.0", "cc-by-4.0"),
        ("licenses", "CC-BY", "cc-by-4.0"),
        ("licenses", "Creative Commons Attribution 4.0", "cc-by-4.0"),
        ("licenses", "CC0", "cc0-1.0"),
        ("licenses", "MIT License", "mit"),
        ("licenses", "GPLv3", "gpl-3.0"),
        ("licenses", "BSD 3", "bsd-3-clause"),
        ("licenses", "ODbL-1.0", "odbl"),
        ("licenses", "openrail++", "openrail++"),
        ("licenses", "", None),
        ("licenses", "???", None),
        ("licenses", "2.0", None),
        ("licenses", "license", None),
        ("licenses", "none", None),
        ("licenses", "n/a", None),
        ("licenses", "proprietary", None),
        ("licenses", "All rights reserved", None),
        ("licenses", "cc-by-5.0", None),
        ("licenses", "apache-3.0", None),
        ("licenses", "LGPL 2", None),
        ("languages", "english", "en"),
        ("languages", "Englsh", "en"),
        ("languages", "EN", "en"),
        ("languages", "en-US", "en"),
        ("languages", "zh_Hans", "zh"),
        ("languages", "Français", "fr"),
        ("languages", "francais", "fr"),
        ("languages", "日本語", "ja"),
        ("languages", "castilian", "es"),
        ("languages", "Klingon", "tlh"),
        ("languages", "n/a", None),
        ("languages", "none", None),
        ("languages", "python", None),
        ("languages", "xx-YY", None),
        ("size_categories", "n<1k", "n<1K"),
        ("size_categories", "1K < n < 10K", "1K<n<10K"),
        ("size_categories", "1,000-10,000", "1K<n<10K"),
        ("size_categories", "10k to 100k", "10K<n<100K"),
        ("size_categories", "150 samples", "n<1K"),
        ("size_categories", "2.5M", "1M<n<10M"),
        ("size_categories", "> 1T", "n>1T"),
        ("size_categories", "n>1K", None),
        ("size_categories", "<10K", None),
        ("size_categories", "100-1", None),
        ("size_categories", "100 GB", None),
        ("size_categories", "small", None),
        ("task_categories", "Image Classification", "image-classification"),
        ("task_categories", "tabular_classificaton", "tabular-classification"),
        ("task_categories", "classification", None),
        ("annotations_creators", "No annotation", "no-annotation"),
        ("known_tags", "HDF-5", "hdf5"),
        ("known_tags", "HDF", "hdf5"),
        ("known_tags", ".h5", "hdf5"),
        ("known_tags", "NetCDF4", "netcdf"),
        ("known_tags", "time series", "timeseries"),
        ("known_tags", "particle physics", "high-energy-physics"),
        ("known_tags", "cosmolgy", "cosmology"),
        ("known_tags", "my-project", None),
    ],
)
def test_nearest(words: Vocabulary, name: str, text: str, value: str | None) -> None:
    assert words.nearest(name, text) == value


@pytest.mark.parametrize("name", [*LISTS, "known_tags"])
def test_every_value_is_nearest_to_itself(words: Vocabulary, name: str) -> None:
    assert [one for one in words.ids(name) if words.nearest(name, one) != one] == []


@pytest.mark.parametrize("name", ["licenses", "task_categories", "size_categories", "known_tags"])
def test_every_capital_value_is_nearest_to_the_value(words: Vocabulary, name: str) -> None:
    found = {one: words.nearest(name, one.upper()) for one in words.ids(name)}
    assert {one: near for one, near in found.items() if near != one} == {}


@pytest.mark.parametrize("text", ["x" * 10**6, "9" * 10**6, "1" * 5000 + "K", "\0", "\ud800", "é" * 300])
def test_nearest_to_a_monstrous_text_is_nothing(words: Vocabulary, text: str) -> None:
    assert {words.nearest(name, text) for name in LISTS} <= {None, "n>1T"}


def test_nearest_language_is_found_quickly(words: Vocabulary) -> None:
    words.nearest("languages", "englsh")
    begin = time.perf_counter()
    for _ in range(20):
        words.nearest("languages", "an unknown tongue")
    assert (time.perf_counter() - begin) / 20 < 0.02
