"""Cards of other people, over HTTP: what of them may be shown, in time."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from huggingnersc_lab import cards
from huggingnersc_lab.cards import CardRenderer

HOSTILE = "---\nlicense: mit\n---\n<button data-commandlinker-command='x'>Press</button> ![plot](https://a.org/b.png)\n"
ENDLESS = "> " * 30 + "a\n" + "b\n" * 40_000


def put(root: Path, card: str) -> None:
    (root / "sky").mkdir(parents=True)
    record = '{"schema_version": 1, "name": "sky", "pretty_name": "Sky", "size_categories": ["n<1K"]}'
    (root / "sky" / "record.json").write_text(record)
    (root / "sky" / "README.md").write_text(card)


async def test_a_card_comes_as_it_is_and_as_what_may_be_shown(ask: Any, root: Path) -> None:
    put(root, HOSTILE)
    entry = (await ask("GET", "/records/sky")).data
    assert entry["card"] == HOSTILE
    link = '<a href="https://a.org/b.png" target="_blank" rel="noopener noreferrer">plot</a>'
    assert entry["card_html"] == {"html": f"<p>Press {link}</p>\n", "is_cut": False}


async def test_a_card_that_takes_too_long_hides_nothing_else(
    ask: Any, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    impatient = CardRenderer(seconds=0.5)
    monkeypatch.setattr(cards, "renderer", lambda: impatient)
    put(root, ENDLESS)
    start = time.monotonic()
    entry = (await ask("GET", "/records/sky")).data
    assert time.monotonic() - start < 20
    assert (entry["record"]["pretty_name"], entry["card"]) == ("Sky", ENDLESS)
    assert entry["card_html"] == {"html": "", "is_cut": True}
    impatient.close()
