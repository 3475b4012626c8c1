"""What a channel has asked of other services for one dataset, so that a retry asks for nothing twice."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from huggingnersc_lab.private_files import make_private_folder, own_folder, storage_errors, write_private
from huggingnersc_lab.regular import UnreadableError, read_text

MAX_BYTES = 1024 * 1024
"""Largest ledger that is read."""


class Ledger:
    """Notes that survive a crash, in a private file of the person's. They hold no keys.

    Args:
        path: the file; it need not exist.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def open(cls, catalog: str, dataset: str, channel: str) -> Ledger:
        """The ledger of one dataset at one channel.

        Args:
            catalog: what tells this catalog from others, a plain file name.
            dataset: nickname.
            channel: name of the channel.
        """
        return cls(own_folder("shares") / catalog / f"{dataset}.{channel}.json")

    def read(self) -> dict[str, Any]:
        """All notes. A file that cannot be read as JSON is an error: going on without it might ask for things twice.

        Raises:
            CatalogError: ``storage``.
        """
        try:
            with storage_errors(f"read '{self.path}'"):
                notes = json.loads(read_text(self.path, MAX_BYTES))
        except UnreadableError as err:
            if not self.path.exists():
                return {}
            raise self._unreadable() from err
        except ValueError as err:
            raise self._unreadable() from err
        if not isinstance(notes, dict):
            raise self._unreadable()
        return notes

    def get(self, key: str, default: Any = None) -> Any:
        """One note."""
        return self.read().get(key, default)

    def note(self, **notes: Any) -> None:
        """Write notes down, on the disk when this returns; None forgets one.

        Raises:
            CatalogError: ``storage`` or ``forbidden``.
        """
        kept: Mapping[str, Any] = {key: value for key, value in {**self.read(), **notes}.items() if value is not None}
        with storage_errors(f"write down what was shared in '{self.path}'"):
            if kept:
                make_private_folder(self.path.parent)
                write_private(self.path, json.dumps(kept, indent=2).encode())
            else:
                self.path.unlink(missing_ok=True)

    def clear(self) -> None:
        """Forget everything."""
        with storage_errors(f"remove '{self.path}'"):
            self.path.unlink(missing_ok=True)

    def _unreadable(self) -> Exception:
        from huggingnersc_lab.errors import CatalogError

        detail = (
            f"'{self.path}' says what was asked of other services before, and cannot be read. Nothing was sent, "
            "since it might be a second time. Look at the service's page, then remove the file or repair it."
        )
        return CatalogError("storage", detail)
