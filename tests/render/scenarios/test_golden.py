"""What is rendered, byte for byte.

``UPDATE_GOLDEN=1 pytest tests/render`` writes it anew, and fails so that one looks at the difference.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from huggingnersc_lab.render.batch import render_batch
from huggingnersc_lab.render.card import render_card
from huggingnersc_lab.render.citation.bibtex import bibtex
from huggingnersc_lab.render.entry import Entry
from huggingnersc_lab.render.notebook import render_notebook

GOLDEN = Path(__file__).parents[2] / "golden"


def _rendered(entry: Entry) -> dict[str, str]:
    rendered = {
        "README.md": render_card(entry),
        entry.notebook_name: render_notebook(entry),
        "citation.bib": bibtex(entry),
    }
    if entry.loader:
        batch = render_batch(entry)
        rendered[batch.file_name] = batch.text
    return rendered


def test_what_is_rendered_is_as_it_was(entry: Entry) -> None:
    folder = GOLDEN / entry.record.name
    rendered = {name: text.encode() for name, text in _rendered(entry).items()}
    if os.environ.get("UPDATE_GOLDEN"):
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in rendered.items():
            (folder / name).write_bytes(content)
        pytest.fail(f"{folder} was written anew: look at the difference, then run without UPDATE_GOLDEN.")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == rendered


def test_the_same_entry_gives_the_same_bytes(entry: Entry) -> None:
    assert _rendered(entry) == _rendered(entry)
