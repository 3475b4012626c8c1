"""Manifests brought together, line by line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huggingnersc_lab.checksums import Entry, File
from huggingnersc_lab.checksums.manifest.line import path_of, to_line
from huggingnersc_lab.checksums.manifest.merge import merged, nearly_sorted

PATHS = st.sets(st.binary(min_size=1, max_size=3).filter(lambda path: b"\0" not in path))


def lines(paths: set[bytes], size: int) -> list[bytes]:
    return [to_line(Entry(File(path, size, 0, 0), (b"\0" * 32,), {})) for path in sorted(paths)]


@given(PATHS, PATHS, PATHS)
def test_as_a_dictionary_would(base: set[bytes], added: set[bytes], gone: set[bytes]) -> None:
    old, new = lines(base, 1), lines(added, 2)
    leaving = [line for line in old if path_of(line) in gone]
    expected = {path_of(line): line for line in [*(line for line in old if line not in leaving), *new]}
    assert list(merged(old, new, leaving)) == [expected[path] for path in sorted(expected)]


@given(st.lists(st.integers(0, 255)), st.integers(0, 5), st.randoms())
def test_lines_that_are_nearly_sorted(numbers: list[int], window: int, source) -> None:
    whole = lines({b"%d" % number for number in numbers}, 1)
    shuffled = [line for _, line in sorted((at + source.uniform(0, window), line) for at, line in enumerate(whole))]
    assert list(nearly_sorted(shuffled, window)) == whole


def test_lines_that_are_not() -> None:
    whole = lines({b"1", b"2", b"3", b"4"}, 1)
    with pytest.raises(ValueError, match="not sorted"):
        list(nearly_sorted(reversed(whole), 2))
