"""Whatever other people write into a card, only what is on the list is shown of it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huggingnersc_lab.render.html.allow_list import ELEMENTS, MAX_DEPTH, MAX_ELEMENTS, clean
from huggingnersc_lab.render.html.safe_html import MAX_CHARACTERS, safe_html
from tests.render.html.reader import HOSTILE, JUMBLE, read

HERE = Path(__file__).parent
SHOWN: list[dict[str, str]] = json.loads((HERE / "shown_cards.json").read_text(encoding="utf-8"))


def test_the_corpus_is_large_and_names_each_payload_once() -> None:
    assert len({payload["id"] for payload in HOSTILE}) == len(HOSTILE) >= 200


@pytest.mark.parametrize("payload", HOSTILE, ids=lambda payload: payload["id"])
def test_nothing_but_the_list_is_left_of_a_hostile_card(payload: dict[str, Any]) -> None:
    shown = safe_html(payload["text"]).html
    read(shown)
    assert clean(shown) == (shown, True)


@pytest.mark.parametrize("payload", HOSTILE, ids=lambda payload: payload["id"])
def test_what_stands_below_a_hostile_text_is_shown(payload: dict[str, Any]) -> None:
    """The browser's tests put many of them into one card, but for those that are known to swallow the rest."""
    shown = safe_html(f"{payload['text']}\n\n# Below it\n").html
    assert "<h1>Below it</h1>" in shown or payload.get("alone")


@pytest.mark.parametrize("example", SHOWN, ids=lambda example: example["markdown"][:20])
def test_what_people_write_is_shown(example: dict[str, str]) -> None:
    assert safe_html(example["markdown"]).html == example["html"]
    assert not safe_html(example["markdown"]).is_cut


def test_the_examples_have_every_element() -> None:
    assert set(re.findall(r"<([a-z0-9]+)", "".join(example["html"] for example in SHOWN))) == ELEMENTS


@settings(max_examples=300)
@given(JUMBLE)
def test_nothing_but_the_list_is_left_of_any_text(text: str) -> None:
    shown = safe_html(text).html
    read(shown)
    assert clean(shown)[0] == shown


@given(st.text())
def test_plain_text_is_shown_as_it_is(text: str) -> None:
    """What is no markup: words of letters and digits, whatever the script."""
    words = re.findall(r"[^\W_]+", text)
    assert read(safe_html(" ".join(words)).html).text.split() == words


def test_a_long_text_is_cut_at_the_end_of_a_line() -> None:
    line = "a word\n\n"
    shown = safe_html(line * MAX_CHARACTERS)
    assert shown.is_cut
    assert set(shown.html.split("\n")) == {"<p>a word</p>", ""}
    assert not safe_html("a" * MAX_CHARACTERS).is_cut
    assert safe_html("a" * (MAX_CHARACTERS + 1)).is_cut


def test_a_text_of_many_elements_is_cut() -> None:
    shown = safe_html("a<br>" * MAX_ELEMENTS)  # in a paragraph, which is one more
    assert (read(shown.html).count, shown.is_cut) == (MAX_ELEMENTS, True)
    assert not safe_html("a<br>" * (MAX_ELEMENTS - 1)).is_cut


@pytest.mark.parametrize("part", ["<div>", "<blockquote>", "<ul><li>", "<table><tr><td>", "> ", "- ", "1. "])
def test_a_deeply_nested_text_is_cut(part: str) -> None:
    shown = safe_html(part * 200 + "a")
    assert shown.is_cut
    assert read(shown.html).deepest <= MAX_DEPTH
    assert not safe_html(part * 8 + "a").is_cut


def test_half_a_character_is_no_error() -> None:
    assert safe_html("a\ud800b").html == "<p>a?b</p>\n"
