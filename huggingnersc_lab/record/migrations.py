"""Records of earlier schema versions, brought up to today's: pure ``dict → dict`` steps, one for each version.

Nothing is rewritten by that: a record lies in its catalog as it was written until somebody changes it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.record.codec import fits
from huggingnersc_lab.record.parts import LINK, PASSED, Contents, Distribution, Funding, Verification

SCHEMA_VERSION = 2
"""Version of ``record.schema.json`` that this code writes."""


_NEW_IN_2 = {
    "distributions": tuple[Distribution, ...],
    "verification": Verification,
    "contents": Contents,
    "code": tuple[str, ...],
    "funding": tuple[Funding, ...],
}


def _from_1(data: dict[str, Any]) -> dict[str, Any]:
    """Version 2 has ``distributions`` for ``download_link``, and ``verification`` for ``verified_at``.

    What somebody kept under a name that version 2 gives a meaning, and that has another form, goes to ``NAME_v1``.
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
"""Version → the step from it to the next one; it is given a dict of its own."""


def newer(document: Mapping[str, Any]) -> str | None:
    """The reason why a record is read-only: its schema is newer than ours. None for any other."""
    version = document.get("schema_version", SCHEMA_VERSION)
    if not isinstance(version, int) or isinstance(version, bool) or version <= SCHEMA_VERSION:
        return None
    return (
        f"This record has schema version {version}; this program knows up to {SCHEMA_VERSION}. "
        "Update huggingnersc_lab to change it."
    )


def migrate(document: Mapping[str, Any]) -> dict[str, Any]:
    """``document`` as a record of today's schema version; one that names no version is of the first.

    Raises:
        CatalogError: ``invalid_record`` when it was written for a newer version than this code knows.
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
