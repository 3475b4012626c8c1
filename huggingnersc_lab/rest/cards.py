"""Cards and notebooks as safe HTML, in JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from huggingnersc_lab.render.html.safe_html import SafeHtml


def card_html(card: str) -> dict[str, Any]:
    """The HTML of a card. Takes up to a few seconds."""
    from huggingnersc_lab.cards import show_card

    return _as_json(show_card(card))


def cells_html(notebook: Mapping[str, Any]) -> list[dict[str, Any] | None]:
    """The HTML of each cell of a notebook; None for code. Takes up to a few seconds."""
    from huggingnersc_lab.cards import show

    cells = notebook["cells"]
    shown = iter(show(["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]))
    return [_as_json(next(shown)) if cell["cell_type"] == "markdown" else None for cell in cells]


def _as_json(shown: SafeHtml) -> dict[str, Any]:
    return {"html": shown.html, "is_cut": shown.is_cut}
