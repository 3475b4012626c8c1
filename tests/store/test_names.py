"""Which names a catalog's folders and files can have."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huggingnersc_lab.store.names import is_name, is_plain_name, shown

ANY = st.binary(max_size=300).map(os.fsdecode) | st.text(max_size=300)


@pytest.mark.parametrize("name", ["iris", "a", "sst-2", "x" * 200, "\N{GREEK SMALL LETTER ALPHA}" * 100, "a b", "a.b"])
def test_names_of_entries(name: str) -> None:
    assert is_name(name)
    assert is_plain_name(name)


@pytest.mark.parametrize("name", [".iris", "x" * 201, "x" * 255, "\N{GREEK SMALL LETTER ALPHA}" * 101])
def test_names_of_files_only(name: str) -> None:
    assert is_plain_name(name)
    assert not is_name(name)


@pytest.mark.parametrize("name", ["", ".", "..", "a/b", "/", "a\0", "a\n", "\N{ZERO WIDTH SPACE}", "\udcff", "x" * 256])
def test_no_names(name: str) -> None:
    assert not is_plain_name(name)
    assert not is_name(name)


@given(ANY)
def test_a_plain_name_is_one_part_of_a_path(name: str) -> None:
    if is_plain_name(name):
        assert len(os.fsencode(name)) <= 255
        assert name.encode().decode() == name
        assert Path(os.path.normpath(f"/catalog/{name}")).parts == ("/", "catalog", name)
        assert shown(name) == name


@given(st.binary(min_size=1, max_size=300).map(os.fsdecode))
def test_whatever_a_folder_holds_can_be_shown(name: str) -> None:
    assert shown(name).isprintable()
    assert shown(name).encode()
