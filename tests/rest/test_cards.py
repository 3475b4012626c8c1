"""What of a card or a notebook may be shown, as JSON."""

from __future__ import annotations

from typing import Any

import pytest

from huggingnersc_lab import cards
from huggingnersc_lab.render.html.safe_html import SafeHtml
from huggingnersc_lab.rest.cards import card_html, cells_html


def cell(source: list[str], kind: str = "markdown") -> dict[str, Any]:
    return {"cell_type": kind, "source": source}


def test_a_card_without_its_front_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cards, "show", lambda texts: [SafeHtml(f"<{text}>", is_cut=True) for text in texts])
    assert card_html("---\na: 1\n---\n\n# T\n") == {"html": "<# T\n>", "is_cut": True}


def test_text_of_a_notebook_in_its_place_and_no_code(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []

    def show(texts: list[str]) -> list[SafeHtml]:
        asked.append(texts)
        return [SafeHtml(text.upper()) for text in texts]

    monkeypatch.setattr(cards, "show", show)
    notebook = {"cells": [cell(["a\n", "b"]), cell(["x = 1"], "code"), cell(["c"])]}
    assert cells_html(notebook) == [{"html": "A\nB", "is_cut": False}, None, {"html": "C", "is_cut": False}]
    assert asked == [["a\nb", "c"]]  # all at once: they share their time
    assert cells_html({"cells": []}) == []


def test_nothing_hostile_is_left() -> None:
    shown = card_html("# T\n\n<script>alert(1)</script>[a](javascript:x())\n")
    assert shown["html"].startswith("<h1>T</h1>")
    assert "<script" not in shown["html"]
    assert "href" not in shown["html"]
