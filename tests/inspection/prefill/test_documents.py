"""YAML and JSON of others: nothing in them takes much time, or any code with it."""

from __future__ import annotations

import time

import pytest

from huggingnersc_lab.inspection.prefill.documents import (
    MAX_YAML_BYTES,
    json_object,
    paragraphs_of,
    text_at,
    words_of,
    yaml_object,
)
from huggingnersc_lab.inspection.prefill.suggestion import UnreadableSourceError

BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{name}: &{name} [{','.join([f'*{before}'] * 9)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


def test_scalars_are_texts() -> None:
    assert yaml_object("version: 1.10\ndate: 2024-01-01\nok: no\n") == {
        "version": "1.10",
        "date": "2024-01-01",
        "ok": "no",
    }


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (BOMB, "aliases"),
        ("[" * 5000, "nested|valid"),
        ("a: [" + "[" * 40 + "]" * 41, "nested"),
        ("- a\n" * 9, "mapping"),
        ("a: b: c", "valid"),
        ("a: !!python/object/apply:os.system [ls]\nb: &x 1\nc: *x", "aliases|valid"),
        ("a: " + "x" * MAX_YAML_BYTES, "KiB"),
        ("", "mapping"),
        ("a: \x07", "valid"),
    ],
)
def test_what_is_refused(text: str, reason: str) -> None:
    begin = time.monotonic()
    with pytest.raises(UnreadableSourceError, match=reason):
        yaml_object(text)
    assert time.monotonic() - begin < 60


def test_tags_make_no_objects() -> None:
    assert yaml_object("a: !!python/name:os.system ls") == {"a": "ls"}


@pytest.mark.parametrize("content", [b"[]", b"{", b"\0", b'{"a": NaN}', b'{"a":' + b"[" * 5000, b'{"a": 1, "a": 2}'])
def test_what_is_no_json_object(content: bytes) -> None:
    with pytest.raises(UnreadableSourceError):
        json_object(content)


def test_texts() -> None:
    assert text_at({"a": 1, "b": " x\ny "}, "a", "b") == "x y"
    assert text_at(["a"], "a") == ""
    assert words_of(["a, b", {"@value": "c"}, 4, "a, b"]) == ["a b", "c"]
    assert paragraphs_of("<p>One\ntwo.</p><p><b>Three</b>.</p>") == "One two.\n\nThree ."
    assert paragraphs_of(3) == ""
