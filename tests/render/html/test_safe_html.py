"""Whatever other people write into a card, only what is on the list is shown of it."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import nh3
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huggingnersc_lab.render.html.allow_list import ATTRIBUTES, ELEMENTS, MAX_DEPTH, MAX_ELEMENTS, VOID, address, clean
from huggingnersc_lab.render.html.safe_html import MAX_CHARACTERS, safe_html

HERE = Path(__file__).parents[1]
HOSTILE: list[dict[str, Any]] = json.loads((HERE / "hostile_cards.json").read_text(encoding="utf-8"))
SHOWN: list[dict[str, str]] = json.loads((HERE / "shown_cards.json").read_text(encoding="utf-8"))


class Reader(HTMLParser):
    """Reads what is shown, and holds every element against the list."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.count = 0
        self.deepest = 0
        self.text = ""
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ELEMENTS
        given = dict(attrs)
        assert len(given) == len(attrs)
        allowed = ATTRIBUTES.get(tag, frozenset())
        if tag == "a":  # which leads somewhere: another one is no link
            assert (given.pop("target"), given.pop("rel")) == ("_blank", "noopener noreferrer")
            leads_out(given.get("href"))
            assert "a" not in self._open
        assert set(given) <= allowed
        given.pop("href", None)
        assert all(re.fullmatch("center|left|right|[0-9]{1,9}", value or "") for value in given.values())
        self.count += 1
        if tag not in VOID:
            self._open.append(tag)
            self.deepest = max(self.deepest, len(self._open))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    handle_decl = handle_pi = unknown_decl = handle_comment

    def close(self) -> None:
        super().close()
        assert self._open == []


def leads_out(href: str | None) -> None:
    assert href
    parts = urlsplit(href)
    assert parts.scheme in ("http", "https", "mailto")
    assert parts.hostname if parts.scheme != "mailto" else "@" in parts.path
    assert not re.search(r"[\s\x00-\x20\\\u202a-\u202e\u2066-\u2069]", href)
    assert "@" not in parts.netloc


def read(html: str) -> Reader:
    """Read what is shown; fails where anything in it is not allowed."""
    assert not re.search(r"<(?!/?[a-z][a-z0-9]*[ >])", html)
    reader = Reader()
    reader.feed(html)
    reader.close()
    # The parser of browsers finds no element there that the other one has not seen.
    assert nh3.clean(html, tags=set(ELEMENTS), attributes={}, link_rel=None).count("<") <= html.count("<")
    return reader


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


@pytest.mark.parametrize("payload", HOSTILE, ids=lambda payload: payload["id"])
def test_nothing_but_the_list_is_left_of_it_as_html(payload: dict[str, Any]) -> None:
    shown, _ = clean(payload["text"])
    read(shown)
    assert clean(shown) == (shown, True)


@pytest.mark.parametrize("example", SHOWN, ids=lambda example: example["markdown"][:20])
def test_what_people_write_is_shown(example: dict[str, str]) -> None:
    assert safe_html(example["markdown"]).html == example["html"]
    assert not safe_html(example["markdown"]).is_cut


def test_the_examples_have_every_element() -> None:
    assert set(re.findall(r"<([a-z0-9]+)", "".join(example["html"] for example in SHOWN))) == ELEMENTS


# Parts of payloads in any order: tags that are open, cut or in each other, signs of Markdown, bits of addresses.
PARTS = sorted({part for payload in HOSTILE for part in re.findall(r"</?[^<>\s]*|>|[^<>\s]+|\s+", payload["text"])})
NAMES = [*sorted(ELEMENTS), "img", "svg", "math", "style", "button", "x-y"]
TAGS = [f"<{end}{name}>" for name in NAMES for end in ("", "/")]
JUMBLE = st.lists(st.sampled_from(PARTS) | st.sampled_from(TAGS) | st.text(max_size=3), max_size=30).map("".join)


@settings(max_examples=300)
@given(JUMBLE)
def test_nothing_but_the_list_is_left_of_any_text(text: str) -> None:
    shown = safe_html(text).html
    read(shown)
    assert clean(shown)[0] == shown


@settings(max_examples=300)
@given(JUMBLE)
def test_nothing_but_the_list_is_left_of_any_html(text: str) -> None:
    shown, _ = clean(text)
    read(shown)
    assert clean(shown)[0] == shown


@given(st.text())
def test_plain_text_is_shown_as_it_is(text: str) -> None:
    """What is no markup: words of letters and digits, whatever the script."""
    words = re.findall(r"[^\W_]+", text)
    assert read(safe_html(" ".join(words)).html).text.split() == words


@pytest.mark.parametrize(
    "text",
    [
        "javascript:x()",
        "JAVASCRIPT:x()",
        "java\tscript:x()",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "//example.org",
        "/lab",
        "lab",
        "#a",
        "?a",
        "",
        " ",
        "https:example.org",
        "https:/example.org",
        "https:///example.org",
        "https://",
        "https://[::1",
        "https://[x]",
        "https://%",
        "https://a..b",
        "https://1.2.3",
        "https://1.2.3.256",
        "https://éa.org",
        "https://example.org:x",
        "https://user@example.org",
        "https://a b.org",
        "https://example.org/\u202egnp.exe",
        "https:\\\\example.org",
        "https://example.org\\@example.com",
        "mailto:",
        "mailto:javascript:x()",
        "blob:https://example.org/x",
        "view-source:https://example.org",
        "https://example.org/" + "a" * 2000,
        None,
    ],
)
def test_no_link_leads_there(text: str | None) -> None:
    assert address(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "https://a.org",
        "HTTP://a.org/b?c=d#e",
        "https://[::1]:8080/",
        "https://xn--a-9fa.org/ü",
        "mailto:a@example.org",
    ],
)
def test_a_link_may_lead_there(text: str) -> None:
    assert address(f" {text}\n") == text


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
