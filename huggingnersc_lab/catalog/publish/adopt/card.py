"""Extracts record fields from a card on the Hub."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from huggingnersc_lab.catalog.publish.adopt.card_text import Card
from huggingnersc_lab.hub import HubRepository
from huggingnersc_lab.record.metadata.shorthands import collapse, form_schema
from huggingnersc_lab.record.model import PUBLICATION
from huggingnersc_lab.render.card import FROM_RECORD
from huggingnersc_lab.render.entry_files import CARD_FILE, RECORD_FILE

_TEXTS = ("pretty_name", "license", "license_name", "license_link")
_FORMER_KEYS = {"languages": "language", "licenses": "license"}
"""Deprecated keys of the Hub's cards, which are still in use."""
_OWN_FILES = frozenset({CARD_FILE, RECORD_FILE})
_NO_DATA = (".gitattributes", ".gitignore", ".md", ".py", ".sh", ".ipynb", ".yml", ".yaml", ".cff", ".bib", ".rst")
_NO_DATA_NAMES = frozenset({"license", "licence", "readme", "citation", "notice", "dataset_infos.json"})
_NOT_IN_A_DRAFT = frozenset({*PUBLICATION, "schema_version", "loader", "batch_script", "companions"})
_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")


def members_of(repository: HubRepository, card: str, record: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Record fields from a card; they need not be valid.

    Keys of the front matter without a record field go to ``card_data`` unchanged. If a card has several values for a
    single-valued field (two licences), the choice is left to the user; the values stay on the card.

    Args:
        repository: the repository's information from the Hub, including the parsed front matter.
        card: the card.
        record: fields of the record in the repository; differing values in the front matter are newer.
    """
    dataset = repository.dataset
    said = Card(card)
    values: dict[str, Any] = {"name": dataset.name}
    values["pretty_name"] = dataset.pretty_name or said.title or dataset.name
    values |= dict(_members(repository.card_data))
    for member in ("license", "size_categories", "task_categories", "language"):  # detected by the Hub itself
        if not _is_said(repository.card_data, member) and (known := getattr(dataset, member)):
            values[member] = list(known) if isinstance(known, tuple) else known
    further = {
        key: value
        for key, value in repository.card_data.items()
        if key not in FROM_RECORD and key not in _FORMER_KEYS and _KEY.fullmatch(key)
    }
    if "viewer" not in further and any(map(_is_data, repository.files)):
        further["viewer"] = True  # it has files to show, and our cards turn the viewer off by default
    found = {
        "description": said.description,
        "citation": said.citation,
        "homepage": said.homepage,
        "papers": said.papers,
        "card_data": further,
    }
    values |= {member: value for member, value in found.items() if value}
    if not record:
        return values
    newer = {member: values[member] for member in dict(_members(repository.card_data)) if member in values}
    known = _known(collapse(record), form_schema())
    former = {member: value for member, value in known.items() if member not in _NOT_IN_A_DRAFT}
    return {"pretty_name": values["pretty_name"], **former, **newer, "name": dataset.name}


def _members(card_data: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    former = {new: card_data[old] for old, new in _FORMER_KEYS.items() if old in card_data}
    for key, value in (former | dict(card_data)).items():
        texts = [item.strip() for item in (value if isinstance(value, list) else [value]) if isinstance(item, str)]
        texts = list(dict.fromkeys(filter(None, texts)))
        if key not in FROM_RECORD or not texts:
            continue
        if key not in _TEXTS:
            yield key, texts
        elif len(texts) == 1:
            yield key, texts[0]


def _known(value: Any, schema: Mapping[str, Any]) -> Any:
    """A value without fields unknown to the schema; they are preserved when it is published."""
    if isinstance(value, Mapping) and "properties" in schema:
        properties = schema["properties"]
        return {member: _known(item, properties[member]) for member, item in value.items() if member in properties}
    return [_known(item, schema.get("items", {})) for item in value] if isinstance(value, (list, tuple)) else value


def _is_said(card_data: Mapping[str, Any], member: str) -> bool:
    return any(card_data.get(key) for key in (member, *(old for old, new in _FORMER_KEYS.items() if new == member)))


def _is_data(path: str) -> bool:
    """Whether a file of a repository may be data, rather than documentation or code."""
    name = path.rpartition("/")[2].lower()
    is_of_card = path in _OWN_FILES or name.endswith(_NO_DATA) or name.partition(".")[0] in _NO_DATA_NAMES
    return not (is_of_card or name in _NO_DATA_NAMES)
