"""The card that an update compares the Hub's with: what of our card was put there last.

A pull request puts nothing there until it is merged, and it may be closed instead. So an entry that was only proposed
keeps the cards of its former publications, too, each by its publish id, and the ``record.json`` of the Hub's ``main``
tells which of them stands there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from huggingnersc_lab.catalog.publish.former import Former
from huggingnersc_lab.record.codec import unknown_members
from huggingnersc_lab.record.model import DatasetRecord
from huggingnersc_lab.record.scripts import Script
from huggingnersc_lab.render.card import render_card
from huggingnersc_lab.render.entry import Entry
from huggingnersc_lab.render.entry_files import BASE_CARD_FILE
from huggingnersc_lab.render.merge.card import base_of_adopted, base_of_newer
from huggingnersc_lab.sites import Site
from huggingnersc_lab.store import StoredEntry

MAX_KEPT = 8
"""Cards of so many former publications are kept while an entry is only proposed."""

_FORMER = re.compile(r"\.generated-card\.([0-9a-f]{32})\.md")


def base_of_update(
    site: Site, stored: StoredEntry, template: str | None, main: Former, theirs: str, ours: str
) -> str | None:
    """The base with which the card of an entry is merged into the one on the Hub; None where it is not known.

    Args:
        site: where the data lies.
        stored: the entry until now.
        template: the site's own template of the card's body.
        main: what ``main`` of its repository holds.
        theirs: the card there.
        ours: the card as it is made now.
    """
    published = main.record
    if stored.record.pull_request_url is None or _is_at(main, stored.record):
        return _of_newer(site, stored, template, stored.text(BASE_CARD_FILE))
    if published is None:  # its adoption was proposed, and is not merged
        return base_of_adopted(theirs, ours)
    kept = stored.text(_file_of(published.publish_id))
    if kept is not None:
        return kept
    made = main.card(site, template)
    return None if made is None else base_of_newer(theirs, made)


def kept_for(stored: StoredEntry, main: Former, *, is_proposal: bool) -> dict[str, bytes]:
    """File name → content of the cards that are kept with a new state of an entry.

    Args:
        stored: the entry until now.
        main: what ``main`` of its repository holds, as far as it was asked for.
        is_proposal: whether the new state is only proposed; one that is published needs none of them.
    """
    if not is_proposal:
        return {}
    known = {name: content for name, content in stored.files.items() if _FORMER.fullmatch(name)}
    last = stored.files.get(BASE_CARD_FILE)
    if last is not None and (name := _file_of(stored.record.publish_id)):
        known[name] = last
    wanted = [_file_of(record.publish_id) for record in (main.record, stored.record) if record]
    names = dict.fromkeys([*(name for name in wanted if name in known), *sorted(known)])
    return {name: known[name] for name in list(names)[:MAX_KEPT]}


def former_of(stored: StoredEntry, main: Former) -> DatasetRecord:
    """The record whose files the repository holds: that of its ``main`` where the entry's own was only proposed."""
    is_ours = main.record is not None and main.record.name == stored.record.name
    return main.record if stored.record.pull_request_url and main.record and is_ours else stored.record


def companions_of(stored: StoredEntry, kept: Iterable[str]) -> Iterator[Script]:
    """The companion files that an entry has, of those that are named."""
    names = set(kept)
    for file_name in stored.record.companions:
        if file_name in names and (text := stored.text(file_name)) is not None:
            yield Script(file_name, text)


def _is_at(main: Former, record: DatasetRecord) -> bool:
    """Whether ``main`` holds the publication that a record is of."""
    return main.record is not None and main.record.publish_id == record.publish_id is not None


def _file_of(publish_id: str | None) -> str | None:
    name = f".generated-card.{publish_id}.md"
    return name if _FORMER.fullmatch(name) else None


def _of_newer(site: Site, stored: StoredEntry, template: str | None, base: str | None) -> str | None:
    """The card as it was generated last, by a program that may know more than this one and has generated more.

    Compared with what this program makes of the same record, that is as if people had written it, and stays.
    """
    record = stored.record
    if base is None or not any(unknown_members(record)):
        return base
    loader, batch_script = (
        Script(name, text) if name and (text := stored.text(name)) is not None else None
        for name in (record.loader, record.batch_script)
    )
    entry = Entry(record, site, loader, batch_script, tuple(companions_of(stored, record.companions)))
    return base_of_newer(base, render_card(entry, template))
