"""Names of files and folders that are better avoided in shared data."""

from __future__ import annotations

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huggingnersc_lab.channels.naming import BadName, better_name, is_good_name, lint_names


@pytest.mark.parametrize(
    ("name", "better"),
    [
        ("images.zip", "images.zip"),
        ("a_b-c.v1.tar.gz", "a_b-c.v1.tar.gz"),
        (".zattrs", ".zattrs"),
        ("0.0", "0.0"),
        ("README.md", "readme.md"),
        ("My Images.zip", "my-images.zip"),
        ("My Images (2024).TAR.GZ", "my-images-2024.tar.gz"),
        ("a  &  b.csv", "a-b.csv"),
        ("Größe.CSV", "grosse.csv"),
        ("日本.csv", "unnamed.csv"),
        ("日本", "unnamed"),
        ("-rf", "rf"),
        ("line\nbreak.txt", "line-break.txt"),
        (os.fsdecode(b"caf\xe9.txt"), "caf.txt"),
        ("A" * 255 + ".csv", "a" * 251 + ".csv"),
        ("a" * 300, "a" * 255),
        (".", "unnamed"),
    ],
)
def test_the_nearest_good_name(name: str, better: str) -> None:
    assert better_name(name) == better


@given(st.text(max_size=300))
def test_a_suggestion_is_always_good(name: str) -> None:
    assert is_good_name(better_name(name))
    assert better_name(better_name(name)) == better_name(name)


def test_each_folder_is_named_once_with_all_that_is_wrong() -> None:
    found = list(lint_names(["Raw Data/a.csv", "Raw Data/B.csv", "ok/c d.csv", "ok/e.csv"]))
    assert found == [
        BadName("Raw Data", ("capital letters", "special characters"), "raw-data"),
        BadName("Raw Data/B.csv", ("capital letters",), "b.csv"),
        BadName("ok/c d.csv", ("special characters",), "c-d.csv"),
    ]


def test_suggestions_do_not_clash() -> None:
    found = {bad.path: bad.suggestion for bad in lint_names(["A.csv", "a.csv", "a-2.csv", "É", "e", "É/x"])}
    assert found == {"A.csv": "a-3.csv", "É": "e-2"}
    assert {bad.suggestion for bad in lint_names(["A B", "A-B", "a_b"])} == {"a-b", "a-b-2"}


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="/"), max_size=12), max_size=20))
def test_renaming_as_suggested_leaves_nothing_to_say(names: list[str]) -> None:
    better = {bad.path: bad.suggestion for bad in lint_names(names)}
    renamed = [better.get(name, name) for name in names if name]
    assert len(set(renamed)) == len({name for name in names if name})
    assert list(lint_names(renamed)) == []


def test_a_finding_names_the_place_in_the_record() -> None:
    found = next(iter(lint_names(["a\nb.csv"]))).finding()
    assert (found.pointer, found.code, found.suggestion) == ("/data_path", "name_advice", "a-b.csv")
    assert found.detail == "'a\\nb.csv' has special characters: better 'a-b.csv'."


def test_a_name_that_is_only_too_long() -> None:
    assert next(iter(lint_names(["a" * 256]))).reasons == ("too many characters",)
