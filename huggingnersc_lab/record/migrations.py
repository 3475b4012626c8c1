"""Migrates records of earlier schema versions with pure ``dict → dict`` functions, one per version.

This rewrites no files: a record stays unchanged in its catalog until somebody changes it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.record.codec import fits
from huggingnersc_lab.record.parts import LINK, PASSED, Contents, Distribution, Funding, Verification

SCHEMA_VERSION = 2
"""The version of ``record.schema.json`` that this code writes."""


_NEW_IN_2 = {
    "distributions": tuple[Distribution, ...],
    "verification": Verification,
    "contents": Contents,
    "code": tuple[str, ...],
    "funding": tuple[Funding, ...],
}


def _from_1(data: dict[str, Any]) -> dict[str, Any]:
    """Version 2 has ``distributions`` instead of ``download_link``, and ``verification`` instead of ``verified_at``.

    If a field with a name that is new in version 2 has another type, it is renamed to ``NAME_v1``.
    """
    for name in _NEW_IN_2.keys() & data.keys():
        if not fits(_NEW_IN_2[name], data[name]):
            aside = f"{name}_v1"
            while aside in data:
                aside += "_v1"
            data[aside] = data.pop(name)
    link, day = data.pop("download_link", None), data.pop("verified_at", None)
    if link is not None:
        data["distributions"] = [*data.get("distributions", ()), {"channel": LINK, "url": link}]
    if day is not None:
        data.setdefault("verification", {"status": PASSED, "at": day})
    return data | {"schema_version": 2}


STEPS: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {1: _from_1}
"""Version → the migration to the next one, which gets its own copy of the dict."""


def newer(document: Mapping[str, Any]) -> str | None:
    """Why a record is read-only: its schema is newer than ours. Otherwise None."""
    version = document.get("schema_version", SCHEMA_VERSION)
    if not isinstance(version, int) or isinstance(version, bool) or version <= SCHEMA_VERSION:
        return None
    return (
        f"This record has schema version {version}; this program knows up to {SCHEMA_VERSION}. "
        "Update huggingnersc_lab to change it."
    )


def migrate(document: Mapping[str, Any]) -> dict[str, Any]:
    """``document`` as a record of the current schema version; a record without a version is version 1.

    Raises:
        CatalogError: ``invalid_record`` if it was written for a newer version.
    """
    if (reason := newer(document)) is not None:
        raise CatalogError("invalid_record", reason)
    data = dict(document)
    version = data.get("schema_version", 1)
    if isinstance(version, int) and not isinstance(version, bool):
        while version in STEPS:
            data = STEPS[version](data)
            version = data["schema_version"]
    return data
