"""File names: suffixes, numbers, splits."""

from __future__ import annotations

import pytest

from huggingnersc_lab.inspection.names import pattern_of, series_of, split_of, suffix_of


@pytest.mark.parametrize(
    ("name", "suffix"),
    [
        ("a.H5", "h5"),
        ("a.tar.gz", "tar.gz"),
        ("a.b.c.gz", "c.gz"),
        ("a.gz", "gz"),
        (".gz", ""),
        ("..csv", ""),
        ("a.", ""),
        ("a.0001", ""),
        ("v1.2 final", ""),
        ("a.\udcff", ""),
        ("a.new\nline", ""),
        ("a." + "x" * 17, ""),
    ],
)
def test_suffixes(name: str, suffix: str) -> None:
    assert suffix_of(name) == suffix


@pytest.mark.parametrize(
    ("name", "series"),
    [
        ("part-00000-of-00010.parquet", "part-*-of-*.parquet"),
        ("run.0001", "run.*"),
        ("0001", "*"),
        ("mp4.mp4", "mp*.mp4"),
        ("data.h5", None),
        ("README", None),
        ("\u0661.h5", None),
    ],
)
def test_series(name: str, series: str | None) -> None:
    assert series_of(pattern_of(name)) == series


def test_the_suffix_is_no_part_of_the_number() -> None:
    assert pattern_of("a.h4") != pattern_of("a.h5")
    assert pattern_of("a1.h5") == pattern_of("a2.h5") != pattern_of("a10.h5")


@pytest.mark.parametrize(
    ("name", "split"),
    [
        ("train", "train"),
        ("iris-val.csv", "validation"),
        ("test_0001.png", "test"),
        ("x.test", None),
        ("latest", None),
        ("testimony.txt", None),
        ("12345", None),
        ("dev", "validation"),
    ],
)
def test_splits(name: str, split: str | None) -> None:
    assert split_of(name) == split
