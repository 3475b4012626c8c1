"""Whether the index on disk is as it was written.

The library's files never change once they are there, so each has one checksum, kept in ``seal.json`` with what the
index was made from. A file that differs, is missing or was never sealed makes the whole worthless: it is a copy of
the catalog, and is made again.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from huggingnersc_lab.files import write_private

SEAL_FILE = "seal.json"


@dataclass(frozen=True)
class Seal:
    """What an index is made of.

    Attributes:
        version: its layout.
        opstamp: the library's count of changes when it was sealed.
        checksums: of each file, by name.
        sources: by nickname, what tells whether the entry has changed since.
    """

    version: int
    opstamp: int
    checksums: Mapping[str, int] = field(default_factory=dict)
    sources: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path) -> Seal | None:
        """The seal of an index; None where there is none, or it is damaged itself."""
        try:
            content = (folder / SEAL_FILE).read_bytes()
            checksum, _, body = content.partition(b"\n")
            if int(checksum) != zlib.crc32(body):
                return None
            return cls(**json.loads(body))
        except (OSError, ValueError, TypeError):
            return None

    def write(self, folder: Path) -> None:
        """Put it beside the index, atomically."""
        body = json.dumps(vars(self), separators=(",", ":")).encode()
        write_private(folder / SEAL_FILE, b"%d\n%s" % (zlib.crc32(body), body))

    def is_whole(self, folder: Path, known: Seal | None = None) -> bool:
        """Whether all files of the index are as they were when it was sealed.

        Args:
            folder: where they are.
            known: an earlier seal that was checked already: what it names as well is not read again.
        """
        unseen = self.checksums.items() - (known.checksums.items() if known else ())
        try:
            return all(_checksum(folder / name) == checksum for name, checksum in unseen)
        except OSError:
            return False


def checksums(folder: Path, former: Mapping[str, int]) -> dict[str, int]:
    """The checksums of an index's files; ``former`` ones hold for all but ``meta.json``, which names the others."""
    found = {"meta.json": _checksum(folder / "meta.json")}
    for entry in os.scandir(folder):
        if entry.name not in (SEAL_FILE, "meta.json") and not entry.name.startswith("."):
            known = former.get(entry.name)
            found[entry.name] = _checksum(folder / entry.name) if known is None else known
    return found


def opstamp_of(folder: Path) -> int | None:
    """The library's count of changes as its own ``meta.json`` says; None where that cannot be read."""
    try:
        return int(json.loads((folder / "meta.json").read_bytes())["opstamp"])
    except (OSError, ValueError, LookupError, TypeError):
        return None


def _checksum(path: Path) -> int:
    return zlib.crc32(path.read_bytes())
