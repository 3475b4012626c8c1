"""The cards of version 1, from the same record and from what version 2 makes of it.

They are the same bytes, but for sentences of ours that have been reworded since.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from huggingnersc_lab.record.migrations import migrate
from huggingnersc_lab.record.model import DatasetRecord
from huggingnersc_lab.record.scripts import Script
from huggingnersc_lab.render.card import render_card
from huggingnersc_lab.render.entry import Entry
from huggingnersc_lab.sites import load_site

CASES = json.loads((Path(__file__).parent / "v1" / "cards.json").read_text())
SITE = load_site("nersc", environ={})
REWORDED = {
    "The loader notebook does it, in the JupyterLab of": "Use the loader notebook in the JupyterLab of",
    "The loader notebook does it:": "Use the loader notebook:",
    "| Group that may read it |": "| Group with access |",
    "It was last seen to run to its end on": "It last ran successfully on",
}


def as_now(card: str) -> str:
    for former, sentence in REWORDED.items():
        card = card.replace(former, sentence)
    return card


def test_there_is_some_of_everything() -> None:
    assert sum("download_link" in case["record"] for case in CASES) >= 10
    assert sum("verified_at" in case["record"] for case in CASES) >= 10
    assert sum("batch_script" in case["record"] for case in CASES) >= 3


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["record"]["name"])
def test_a_card_is_the_same(case: dict[str, Any]) -> None:
    record, scripts = case["record"], case["scripts"]
    loader, batch_script = (
        Script(record[member], scripts[member]) if member in scripts else None for member in ("loader", "batch_script")
    )
    for document in (record, migrate(record)):
        entry = Entry(DatasetRecord.from_dict(document), SITE, loader, batch_script)
        assert render_card(entry) == as_now(case["card"])
