"""Single requests, and answers as JSON that can be relied on."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from huggingface_hub.errors import HfHubHTTPError, HFValidationError

from huggingnersc_lab._version import __version__
from huggingnersc_lab.hub.answers import WrongAnswerError
from huggingnersc_lab.hub.requests import checked_id, get, read_json, read_object


def answer(content: bytes) -> Any:
    return SimpleNamespace(content=content)


@pytest.mark.parametrize(
    ("content", "value"),
    [
        (b'{"a": [1, null]}', {"a": [1, None]}),
        (b"\xef\xbb\xbf[]", []),
        (b'"\\ud83d\\ude00"', "\U0001f600"),
        (b"7", 7),
    ],
)
def test_json(content: bytes, value: object) -> None:
    assert read_json(answer(content)) == value


def test_half_a_character_is_shown() -> None:
    text = read_json(answer(b'"a\\ud800"'))
    assert text.encode()
    assert text.startswith("a")
    assert text != "a"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff", "it is not UTF-8"),
        (b"{", "it is not JSON"),
        (b"", "it is not JSON"),
        (b"NaN", "number"),
        (b"[" * 100_000, "nested"),
    ],
)
def test_no_such_json(content: bytes, words: str) -> None:
    with pytest.raises(WrongAnswerError, match=words):
        read_json(answer(content))


def test_objects() -> None:
    assert read_object(answer(b"{}")) == {}
    for content in (b"[]", b"null", b'"a"'):
        with pytest.raises(WrongAnswerError, match="not a JSON object"):
            read_object(answer(content))


def test_a_request_says_who_asks_and_with_what_token(between: Any) -> None:
    between.rule = lambda _: between.reply({"a": 1})
    assert read_object(get(f"{between.url}/a", "hf_x")) == {"a": 1}
    get(f"{between.url}/a", False)
    first, second = (seen.headers for seen in between.seen)
    assert first["authorization"] == "Bearer hf_x"
    assert "authorization" not in second
    assert f"huggingnersc_lab/{__version__}" in first["user-agent"]


@pytest.mark.parametrize("status", [400, 404, 500, 304])
def test_only_a_success_is_an_answer(status: int, between: Any) -> None:
    between.rule = lambda _: between.reply(b"" if status == 304 else {}, status)
    with pytest.raises(HfHubHTTPError) as failed:
        get(f"{between.url}/a", False)
    assert failed.value.response.status_code == status


def test_ids_of_repositories() -> None:
    assert checked_id("NERSC/sky") == "NERSC/sky"
    for wrong in ("a/b/c", "a b", "../x", "NERSC/-x"):
        with pytest.raises(HFValidationError):
            checked_id(wrong)
