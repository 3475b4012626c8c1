"""Names that are better avoided, and the names to take instead."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huggingnersc_lab.record.naming import advise_name, propose_name
from huggingnersc_lab.record.schema import is_valid_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("iris", "iris"),
        ("Iris", "iris"),
        ("Sea Surface Temperature", "sea-surface-temperature"),
        ("The Ocean Dataset (2024)", "the-ocean-2024"),
        ("ocean_dataset", "ocean"),
        ("datasets-of-stars", "of-stars"),
        ("data-set", None),
        ("datasetter", "datasetter"),
        ("a--b..c", "a-b-c"),
        ("Größe", "grosse"),
        ("Čeština", "cestina"),
        ("日本", None),
        ("../../etc/passwd", "etc-passwd"),
        ("x.git.git", "x"),
        ("v1.2", "v1.2"),
        ("my_data", "my_data"),
        ("", None),
        ("...", None),
        ("a" * 97, "a" * 96),
        ("a" * 95 + "-b", "a" * 95),
    ],
)
def test_the_nearest_good_name(text: str, name: str | None) -> None:
    assert propose_name(text) == name


@given(st.text(max_size=120))
def test_a_proposed_name_is_always_good(text: str) -> None:
    name = propose_name(text)
    assert name is None or (is_valid_name(name) and advise_name(name) == [])


@pytest.mark.parametrize(
    ("name", "words", "better"),
    [
        ("Iris", "capital letters", "iris"),
        ("iris-dataset", "the word 'dataset'", "iris"),
        ("Iris_Dataset", "capital letters and the word 'dataset'", "iris"),
        ("iris_", "special characters", "iris"),
        ("dataset", "the word 'dataset'", None),
    ],
)
def test_advice_comes_with_a_better_name(name: str, words: str, better: str | None) -> None:
    (advice,) = advise_name(name)
    assert (advice.pointer, advice.code, advice.suggestion) == ("/name", "name_advice", better)
    assert f"Better without {words}" in advice.detail


@pytest.mark.parametrize("name", ["iris", "sea-surface", "a_b", "v1.2"])
def test_a_good_name_needs_no_advice(name: str) -> None:
    assert advise_name(name) == []
