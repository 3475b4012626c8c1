"""What to do next, in the words of each face."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from huggingnersc_lab.hints import Hint, HintKey, with_hints


@pytest.mark.parametrize("key", get_args(HintKey))
def test_every_hint_has_a_sentence_for_each_face(key: HintKey) -> None:
    hint = Hint(key, "iris")
    for sentence in (hint.sentence("cli"), hint.sentence("panel")):
        assert sentence[0].isupper() or sentence.startswith("'")
        assert sentence.endswith(".")
        assert "{" not in sentence
    assert not re.search(r"huggingnersc |--\w|hf auth|HF_TOKEN", hint.sentence("panel"))


def test_a_hint_names_its_dataset() -> None:
    assert Hint("undo", "iris").sentence("cli") == "Run 'huggingnersc undo iris' to finish undoing it."


def test_a_hint_survives_the_way_to_a_file_and_back() -> None:
    assert Hint.from_dict({"key": "undo", "name": "iris"}) == Hint("undo", "iris")
    assert Hint.from_dict({"key": "sign_in"}) == Hint("sign_in")


@pytest.mark.parametrize("data", [{}, {"key": "of a later version"}, {"key": None}, {"key": ["undo"]}])
def test_an_unknown_hint_is_none(data: dict[str, object]) -> None:
    assert Hint.from_dict(data) is None


def test_an_error_that_was_written_down_ends_with_its_hints() -> None:
    hints = [{"key": "remove", "name": "iris"}, {"key": "of a later version"}, {"key": "undo", "name": "iris"}]
    error = {"code": "conflict", "detail": "It stands there.", "hints": hints}
    assert with_hints(error, "panel") == {
        "code": "conflict",
        "detail": "It stands there. Press Undo to remove it. Press Undo to finish undoing it.",
    }
    assert with_hints({"detail": "It is so."}, "cli") == {"detail": "It is so."}
