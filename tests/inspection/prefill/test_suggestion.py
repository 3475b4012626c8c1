"""Texts of others are shown on one line, without tricks."""

from __future__ import annotations

import pytest

from huggingnersc_lab.inspection.prefill.suggestion import (
    MAX_PASSAGE,
    UnreadableSourceError,
    one_line,
    passage_of,
    text_of,
)


def test_control_characters_and_overrides_are_gone() -> None:
    assert one_line("a\x1b[31m\u202eb\u2028c\td") == "a [31m b c d"


def test_long_passages_are_cut() -> None:
    assert passage_of("x" * MAX_PASSAGE) == "x" * MAX_PASSAGE
    assert passage_of("x" * 10**6) == "x" * (MAX_PASSAGE - 1) + "…"


def test_encodings() -> None:
    assert text_of(b"\xef\xbb\xbfZ\xc3\xbcrich\r\n\r") == "Zürich\n\n"
    assert text_of(b"Z\xfcrich") == "Zürich"
    with pytest.raises(UnreadableSourceError, match="is not text"):
        text_of(b"\x89PNG\0")
