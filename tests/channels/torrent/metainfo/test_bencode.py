from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huggingnersc_lab.channels.torrent.metainfo import bencode

VALUES = st.recursive(
    st.integers(-(10**18), 10**18) | st.binary(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.binary(max_size=8), inner, max_size=4),
    max_leaves=20,
)


@pytest.mark.parametrize(
    ("value", "data"),
    [
        (0, b"i0e"),
        (-42, b"i-42e"),
        (b"spam", b"4:spam"),
        ("\u00fc", b"2:\xc3\xbc"),
        ([b"a", 1], b"l1:ai1ee"),
        ({"b": 1, "a": {"x": []}}, b"d1:ad1:xlee1:bi1ee"),
    ],
)
def test_the_form_of_bep_3(value: Any, data: bytes) -> None:
    assert bencode.encode(value) == data


@given(VALUES)
def test_what_is_written_is_read(value: Any) -> None:
    assert bencode.decode(bencode.encode(value)) == value


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"x",
        b"i01e",
        b"i-0e",
        b"ie",
        b"i1",
        b"i" + b"9" * 50 + b"e",
        b"5:ab",
        b"99999999999999:a",
        b"01:a",
        b"-1:a",
        b"l",
        b"d",
        b"d1:ae",
        b"di1ei2ee",
        b"d1:bi1e1:ai1ee",
        b"d1:ai1e1:ai2ee",
        b"i1ei2e",
        b"l" * 100_000,
        b"d1:a" * 100_000,
    ],
)
def test_what_is_malformed_or_a_bomb_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"byte \d+"):
        bencode.decode(data)


@given(st.binary(max_size=200))
def test_whatever_comes_ends_in_a_value_or_a_reason(data: bytes) -> None:
    try:
        found = bencode.decode(data)
    except ValueError:
        return
    assert bencode.encode(found) == data
