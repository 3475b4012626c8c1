"""JSON that can be written again."""

from __future__ import annotations

import json

import pytest

from huggingnersc_lab.record.strict_json import has_halves, loads, with_shown_halves


def test_json_is_read() -> None:
    assert loads('{"a": [1, -2.5e3, "é", true, null]}') == {"a": [1, -2500.0, "é", True, None]}
    assert loads('{"a": 1, "a": 2}', object_pairs_hook=list) == [("a", 1), ("a", 2)]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("NaN", "^NaN is not a JSON number$"),
        ("[-Infinity]", "^-Infinity is not a JSON number$"),
        ("1e999", "^the number 1e999 is too large$"),
        ("-1e999", "^the number -1e999 is too large$"),
        (f"1{'0' * 19}.5e999", "^the number 10000000000000000000… is too large$"),
        ("9" * 5000, "^a number in it has too many digits$"),
        ("[" * 100_000, "^it is nested too deeply$"),
    ],
)
def test_what_python_alone_would_take(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        loads(text)


@pytest.mark.parametrize("text", ["", "{", "{'a': 1}", "[1,]", "1 2"])
def test_what_is_no_json_says_where(text: str) -> None:
    with pytest.raises(json.JSONDecodeError):
        loads(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (r'"\ud800"', r'"\\ud800"'),
        (r'"\uDFFF x"', r'"\\uDFFF x"'),
        (r'"\ud83d\ude00"', r'"\ud83d\ude00"'),
        (r'"\ud83d\ud83d\ude00"', r'"\\ud83d\ud83d\ude00"'),
        (r'"\ude00\ud83d"', r'"\\ude00\\ud83d"'),
        (r'"\\ud800"', r'"\\ud800"'),
        (r'"\\\ud800"', r'"\\\\ud800"'),
        (r'"\u00e9\n"', r'"\u00e9\n"'),
    ],
)
def test_half_a_character_is_shown_as_it_is_written(text: str, shown: str) -> None:
    assert with_shown_halves(text) == shown
    assert has_halves(text) == (shown != text)
    assert not has_halves(shown)
    loads(shown).encode()
