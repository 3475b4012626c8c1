"""The licences, tasks and other values known to the Hub, from the package's vocabulary."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

_RECORD = Path(__file__).parent.parent / "record"

# The Hub's tag types, and the vocabulary's list for each.
_TYPES = {
    "annotations_creators": "annotations_creators",
    "language_creators": "language_creators",
    "library": "libraries",
    "license": "licenses",
    "modality": "modalities",
    "multilinguality": "multilinguality",
    "size_categories": "size_categories",
    "task_categories": "task_categories",
    "task_ids": "task_ids",
}


@lru_cache(maxsize=1)
def _vocabulary() -> dict[str, Any]:
    try:
        content: dict[str, Any] = json.loads((_RECORD / "vocabulary.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return content


def ids(name: str) -> frozenset[str]:
    """The ids of one list of the vocabulary (``licenses``); empty if there is no such list."""
    return frozenset(entry["id"] for entry in _vocabulary().get(name, ()))


def tags_by_type() -> dict[str, list[dict[str, str]]]:
    """The response of ``/api/datasets-tags-by-type``."""
    return {
        kind: [
            {"id": f"{kind}:{entry['id']}", "label": entry.get("label", entry["id"]), "type": kind}
            for entry in _vocabulary().get(name, ())
        ]
        for kind, name in _TYPES.items()
    }
