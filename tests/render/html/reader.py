"""A reader of what is shown that holds it against the list, and hostile texts to try."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import nh3
from hypothesis import strategies as st

from huggingnersc_lab.render.html.allow_list import ATTRIBUTES, ELEMENTS, VOID

HOSTILE: list[dict[str, Any]] = json.loads((Path(__file__).parent / "hostile_cards.json").read_text(encoding="utf-8"))


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


# Parts of payloads in any order: tags that are open, cut or in each other, signs of Markdown, bits of addresses.
PARTS = sorted({part for payload in HOSTILE for part in re.findall(r"</?[^<>\s]*|>|[^<>\s]+|\s+", payload["text"])})
NAMES = [*sorted(ELEMENTS), "img", "svg", "math", "style", "button", "x-y"]
TAGS = [f"<{end}{name}>" for name in NAMES for end in ("", "/")]
JUMBLE = st.lists(st.sampled_from(PARTS) | st.sampled_from(TAGS) | st.text(max_size=3), max_size=30).map("".join)
