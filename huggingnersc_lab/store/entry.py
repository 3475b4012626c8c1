"""One entry of the catalog: its record, parsed from what others may have written, or why it cannot be read."""

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
    """A record and where it stands.

    Attributes:
        record: the record.
        folder: its folder in the catalog.
        etag: changes with every change of the record.
        read_only: why it cannot be changed here: it was written for a newer version. None for any other.
    """

    record: DatasetRecord
    folder: Path
    etag: str
    read_only: str | None = None

    def require_changeable(self) -> None:
        """Raise ``conflict`` for one that cannot be changed here."""
        if self.read_only is not None:
            raise CatalogError("conflict", f"'{self.record.name}' was left as it is. {self.read_only}")


@dataclass(frozen=True)
class StoredEntry(StoredRecord):
    """A record with the files that lay beside it at that moment.

    Attributes:
        files: content of each plain file, ``record.json`` among them.
        damaged: by name, why another file there cannot be read.
    """

    files: Mapping[str, bytes] = field(default_factory=dict)
    damaged: Mapping[str, str] = field(default_factory=dict)

    def file(self, name: str) -> bytes | None:
        """A file's content; None where there is none. Raises ``invalid_record`` for one that cannot be read."""
        if name in self.damaged:
            detail = f"{self.damaged[name]} ({self.folder}). Its curator can repair it."
            raise CatalogError("invalid_record", detail)
        return self.files.get(name)

    def text(self, name: str | None) -> str | None:
        """A file's content as text; None where there is none, or no name of one."""
        content = self.file(name) if name else None
        return None if content is None else content.decode("utf-8", "replace")


@dataclass(frozen=True)
class BrokenEntry:
    """A folder of the catalog that holds no record that can be read."""

    folder: Path
    reason: str


def read_record(content: bytes, name: str, folder: Path) -> StoredRecord:
    """The record of ``folder``, whose nickname is ``name``; raises ``invalid_record`` for a damaged one."""
    try:
        document = json.loads(content, parse_constant=_no_number, parse_float=_number)
        if not isinstance(document, dict):
            raise TypeError("it is no JSON object")
        if rb"\u" in content:  # an escape may stand for half a character, which no file can hold
            json.dumps(document, ensure_ascii=False).encode()
        record = DatasetRecord.from_dict(document)
        _check_names(record, name)
    except (ValueError, TypeError, AttributeError, RecursionError) as err:
        raise damaged(name, f"{folder / RECORD_FILE}: {err}") from err
    return StoredRecord(record, folder, etag_of(content), newer(document))


def damaged(name: str, reason: str) -> CatalogError:
    """The error of an entry that cannot be read."""
    return CatalogError("invalid_record", f"The entry '{name}' is damaged: {reason}. Its curator can repair it.")


def etag_of(content: bytes) -> str:
    """What tells one state of a file from another."""
    return hashlib.sha256(content).hexdigest()[:32]


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text[:40]} is no number that JSON can hold")


def _number(text: str) -> float:
    value = float(text)
    return value if math.isfinite(value) else _no_number(text)


def _check_names(record: DatasetRecord, name: str) -> None:
    """Raise ``ValueError`` for a record whose names lead elsewhere than to the entry and the files in its folder."""
    if record.name != name:
        raise ValueError(f"it is the record of '{record.name}'")
    for file_name in filter(None, (record.loader, record.batch_script, *record.companions)):
        if not is_name(file_name):
            raise ValueError(f"'{file_name}' is no name of a file in its folder")
