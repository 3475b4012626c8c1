"""Records of earlier schema versions, brought up to today's: pure ``dict → dict`` steps, one for each version."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.record.model import SCHEMA_VERSION

STEPS: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}
"""Version → the step from it to the next one. Version 1 is the first of this schema."""


def newer(document: Mapping[str, Any]) -> str | None:
    """Why a record cannot be changed: it was written for a newer version than this code knows. None for any other."""
    version = document.get("schema_version", SCHEMA_VERSION)
    if not isinstance(version, int) or isinstance(version, bool) or version <= SCHEMA_VERSION:
        return None
    return (
        f"This record has schema version {version}; this program knows up to {SCHEMA_VERSION}. "
        "Update huggingnersc_lab to change it."
    )


def migrate(document: Mapping[str, Any]) -> dict[str, Any]:
    """``document`` as a record of today's schema version.

    Raises:
        CatalogError: ``invalid_record`` when it was written for a newer version than this code knows.
    """
    if (reason := newer(document)) is not None:
        raise CatalogError("invalid_record", reason)
    data = dict(document)
    version = data.get("schema_version", SCHEMA_VERSION)
    if isinstance(version, int) and not isinstance(version, bool):
        while version in STEPS:
            data = STEPS[version](data)
            version = data["schema_version"]
    return data
