"""Comparing downloaded files with the digests that the record holds."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.private_files import storage_errors
from huggingnersc_lab.record.model import Distribution

ALGORITHMS = ("sha512", "sha256", "sha1", "md5")
"""Digests that are compared, the strongest first."""

BLOCK = 1 << 20


@dataclass(frozen=True)
class Verified:
    """What came of it.

    Attributes:
        right: files whose digest is the record's.
        unknown: files that the record says nothing of.
    """

    right: Sequence[Path]
    unknown: Sequence[Path]


def verify(
    files: Sequence[Path], ways: Sequence[Distribution], on_bytes: Callable[[int, str], None] = lambda *_: None
) -> Verified:
    """Compare; the label of a distribution is the name of its file.

    Args:
        files: what was downloaded.
        ways: where it was had from; one without a label speaks of the one file that there is.
        on_bytes: told of each piece that was read, and its file's name.

    Raises:
        CatalogError: ``upstream`` with the files that are not what the record says; they are kept.
    """
    known: dict[str, Mapping[str, str]] = {one.label: one.checksums for one in ways if one.label and one.checksums}
    alone = [one.checksums for one in ways if not one.label and one.checksums]
    right, unknown, wrong = [], [], []
    for path in files:
        wanted = known.get(path.name) or (alone[0] if len(files) == len(alone) == 1 else {})
        algorithm = next((name for name in ALGORITHMS if name in wanted), None)
        if algorithm is None:
            unknown.append(path)
        elif _digest(path, algorithm, on_bytes) == wanted[algorithm]:
            right.append(path)
        else:
            wrong.append(path)
    if wrong:
        named = ", ".join(f"'{path}'" for path in wrong[:10])
        detail = (
            f"{named}: not what the record says, since the checksum differs. The data was changed there, or something "
            "went wrong on the way. Remove what is wrong, then download it again."
        )
        raise CatalogError("upstream", detail)
    return Verified(right, unknown)


def _digest(path: Path, algorithm: str, on_bytes: Callable[[int, str], None]) -> str:
    digest = hashlib.new(algorithm, usedforsecurity=False)
    with storage_errors(f"read '{path}'"), path.open("rb") as stream:
        while piece := stream.read(BLOCK):
            digest.update(piece)
            on_bytes(len(piece), path.name)
    return digest.hexdigest()
