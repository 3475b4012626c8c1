"""One entry of the catalog: its record, parsed from untrusted input, or why it cannot be read."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.record.migrations import newer
from huggingnersc_lab.record.model import DatasetRecord
from huggingnersc_lab.store.names import is_name

RECORD_FILE = "record.json"


@dataclass(frozen=True)
class StoredRecord:
    """A record and its location.

    Attributes:
        record: the record.
        folder: its folder in the catalog.
        etag: changes whenever the record changes.
        read_only: why it cannot be changed here: its schema is newer than ours. Otherwise None.
    """

    record: DatasetRecord
    folder: Path
    etag: str
    read_only: str | None = None

    def require_changeable(self) -> None:
        """Raise ``conflict`` if it cannot be changed here."""
        if self.read_only is not None:
            raise CatalogError("conflict", f"'{self.record.name}' was not changed. {self.read_only}")


@dataclass(frozen=True)
class StoredEntry(StoredRecord):
    """A record with the files next to it, read at the same moment.

    Attributes:
        files: content of each regular file, including ``record.json``.
        damaged: why other files cannot be read, by name.
    """

    files: Mapping[str, bytes] = field(default_factory=dict)
    damaged: Mapping[str, str] = field(default_factory=dict)

    def file(self, name: str) -> bytes | None:
        """A file's content; None if it does not exist. Raises ``invalid_record`` if it cannot be read."""
        if name in self.damaged:
            detail = f"{self.damaged[name]} ({self.folder}). The curator can repair it."
            raise CatalogError("invalid_record", detail)
        return self.files.get(name)

    def text(self, name: str | None) -> str | None:
        """A file's content as text; None without a file or name."""
        content = self.file(name) if name else None
        return None if content is None else content.decode("utf-8", "replace")


@dataclass(frozen=True)
class BrokenEntry:
    """A folder of the catalog without a readable record."""

    folder: Path
    reason: str


def read_record(content: bytes, name: str, folder: Path) -> StoredRecord:
    """The record in ``folder``, with the nickname ``name``; raises ``invalid_record`` if it is damaged."""
    try:
        document = json.loads(content, parse_constant=_no_number, parse_float=_number)
        if not isinstance(document, dict):
            raise TypeError("it is not a JSON object")
        if rb"\u" in content:  # an escape may be a lone surrogate, which no file can contain
            json.dumps(document, ensure_ascii=False).encode()
        record = DatasetRecord.from_dict(document)
        _check_names(record, name)
    except (ValueError, TypeError, AttributeError, RecursionError) as err:
        raise damaged(name, f"{folder / RECORD_FILE}: {err}") from err
    return StoredRecord(record, folder, etag_of(content), newer(document))


def damaged(name: str, reason: str) -> CatalogError:
    """The error for an entry that cannot be read."""
    return CatalogError("invalid_record", f"The entry '{name}' is damaged: {reason}. The curator can repair it.")


def etag_of(content: bytes) -> str:
    """Identifies a state of a file."""
    return hashlib.sha256(content).hexdigest()[:32]


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text[:40]} is not a valid JSON number")


def _number(text: str) -> float:
    value = float(text)
    return value if math.isfinite(value) else _no_number(text)


def _check_names(record: DatasetRecord, name: str) -> None:
    """Raise ``ValueError`` if a record's names refer to something outside the entry and its folder."""
    if record.name != name:
        raise ValueError(f"it is the record of '{record.name}'")
    for file_name in filter(None, (record.loader, record.batch_script, *record.companions)):
        if not is_name(file_name):
            raise ValueError(f"'{file_name}' is not a valid file name")
