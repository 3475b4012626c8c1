"""Messages arrive as they were sent, however they are cut."""

from __future__ import annotations

import os
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huggingnersc_lab.workers.wire import Inbox, pack

NAMES = st.binary(max_size=20).map(os.fsdecode)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | NAMES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=10,
)


@settings(max_examples=200, deadline=None)
@given(messages=st.lists(st.lists(JSON | st.binary(max_size=50), max_size=4), max_size=4), length=st.integers(1, 40))
def test_what_is_sent_arrives(messages: list[list[Any]], length: int) -> None:
    sent = b"".join(pack(*values) for values in messages)
    inbox = Inbox()
    pieces = [sent[begin : begin + length] for begin in range(0, len(sent), length)]
    assert [message for piece in pieces for message in inbox.add(piece)] == messages


def test_a_name_is_sent_as_its_bytes() -> None:
    assert pack("/\udcff/ä") == b'[["/\xff/\xc3\xa4"]]\n'
    assert pack(b"\n[]", 1) == b"[3,[1]]\n\n[]"
    assert pack() == b"[]\n"


@pytest.mark.parametrize(("value", "error"), [("\ud800", ValueError), ([b"inner"], TypeError), ({1, 2}, TypeError)])
def test_what_cannot_be_sent(value: object, error: type[Exception]) -> None:
    with pytest.raises(error):
        pack(value)
