"""The list of a snapshot's files, which detects damage."""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

MANIFEST_FILE = "manifest.json"


@dataclass(frozen=True)
class Manifest:
    """The state of a snapshot's files when they were written.

    Attributes:
        checksums: by name, CRC-32 of the content.
        stamps: by name, see :func:`stamp_of`.
    """

    checksums: Mapping[str, int]
    stamps: Mapping[str, Sequence[int]]

    @classmethod
    def read(cls, folder: Path, version: int) -> Manifest | None:
        """The manifest of a snapshot; None if it is missing, damaged or of another version.

        Args:
            folder: the snapshot's folder.
            version: schema version.
        """
        try:
            checksum, _, body = (folder / MANIFEST_FILE).read_bytes().partition(b"\n")
            if int(checksum) != zlib.crc32(body):
                return None
            members = json.loads(body)
            known = members["version"] == version
            return cls(dict(members["checksums"]), dict(members["stamps"])) if known else None
        except (OSError, ValueError, LookupError, TypeError):
            return None

    def write(self, folder: Path, version: int) -> None:
        """Write the manifest, with a checksum of its own, to a snapshot's folder.

        Raises:
            OSError: it cannot be written.
        """
        body = json.dumps({"version": version, **vars(self)}, separators=(",", ":")).encode()
        (folder / MANIFEST_FILE).write_bytes(b"%d\n%s" % (zlib.crc32(body), body))

    def is_untouched(self, path: Path) -> bool:
        """Whether a file of the snapshot still has the stamp it was written with."""
        try:
            return stamp_of(path) == self.stamps.get(path.name)
        except OSError:
            return False


def stamp_of(path: Path) -> list[int]:
    """Size, modification time and inode: changes if a file is written or replaced.

    Raises:
        OSError: the file cannot be checked.
    """
    status = os.stat(path)  # noqa: PTH116 - many files
    return [status.st_size, status.st_mtime_ns, status.st_ino]
