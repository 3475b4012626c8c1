"""The resources that a user requested from Slurm last, per site; they are the defaults of the next job."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.jobs.executors.slurm_resources import RESOURCES, check_resources
from huggingnersc_lab.private_files import make_private_folder, own_folder, storage_errors, write_private

MAX_BYTES = 100_000
"""A larger file is not ours."""


class SlurmChoices:
    """A user's choices, in a private file.

    Args:
        path: the file; the user's default file if omitted.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or own_folder("choices") / "slurm.json"

    def of(self, site: str) -> dict[str, Any]:
        """The last choices for the site, by name; invalid values in the file are ignored."""
        found = self._read().get(site)
        return (
            {} if not isinstance(found, Mapping) else {key: value for key, value in found.items() if _fits(key, value)}
        )

    def remember(self, site: str, resources: Mapping[str, Any]) -> None:
        """Add choices to the earlier ones; an empty string removes one. Storage errors are ignored."""
        kept = {key: value for key, value in {**self.of(site), **resources}.items() if value != ""}
        if kept == self.of(site):
            return
        content = json.dumps({**self._read(), site: kept}, indent=1).encode()
        with suppress(CatalogError), storage_errors("save the resources requested from Slurm"):
            make_private_folder(self._path.parent)
            write_private(self._path, content)

    def _read(self) -> dict[str, Any]:
        try:
            if self._path.stat().st_size > MAX_BYTES:
                return {}
            return dict(json.loads(self._path.read_bytes()))
        except (OSError, ValueError, TypeError, RecursionError):
            return {}


def _fits(name: object, value: object) -> bool:
    if name not in RESOURCES:
        return False
    try:
        check_resources({str(name): value})
    except CatalogError:
        return False
    return True
