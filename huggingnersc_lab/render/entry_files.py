"""All files of an entry, and which of them are sent to the Hub."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from huggingnersc_lab.record.model import CATALOG_ONLY, dump_record
from huggingnersc_lab.record.scripts import Script
from huggingnersc_lab.render.batch import render_batch
from huggingnersc_lab.render.card import render_card
from huggingnersc_lab.render.entry import Entry
from huggingnersc_lab.render.notebook import render_notebook

CARD_FILE = "README.md"
RECORD_FILE = "record.json"
BASE_CARD_FILE = ".generated-card.md"
"""The card as generated, to detect what people changed on the Hub."""


def with_batch_script(entry: Entry) -> Entry:
    """The entry, with a generated batch script if it is distributed and has none."""
    if not entry.record.is_distributed or entry.batch_script or not entry.loader:
        return entry
    script = render_batch(entry)
    return replace(entry, record=replace(entry.record, batch_script=script.file_name), batch_script=script)


def entry_files(entry: Entry, template: str | None = None) -> dict[str, bytes]:
    """File name → content of all files in the entry's catalog folder.

    Args:
        entry: the entry to render.
        template: the site's own template of the card's body.
    """
    entry = with_batch_script(entry)
    card = render_card(entry, template).encode()
    files = {
        CARD_FILE: card,
        BASE_CARD_FILE: card,
        RECORD_FILE: dump_record(entry.record.without(*CATALOG_ONLY).to_dict()),
        entry.notebook_name: render_notebook(entry).encode(),
    }
    return files | {script.file_name: script.text.encode() for script in _scripts(entry)}


def hub_files(entry: Entry) -> Iterator[str]:
    """Names of the files that are sent to the Hub: the notebook stays at the site, with the data."""
    yield CARD_FILE
    yield from (script.file_name for script in _scripts(with_batch_script(entry)))
    yield RECORD_FILE


def _scripts(entry: Entry) -> Iterator[Script]:
    if entry.loader:
        yield entry.loader
    if entry.batch_script:
        yield entry.batch_script
    yield from entry.companions
