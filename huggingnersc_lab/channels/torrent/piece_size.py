"""How large the pieces of a torrent are."""

from __future__ import annotations

import re

from huggingnersc_lab.errors import CatalogError, FieldError

KIB = 1024
LEAST = 256 * KIB
MOST = 16 * KIB * KIB
_MOST_PIECES = 1500
_UNITS = {"": 1, "k": KIB, "ki": KIB, "m": KIB**2, "mi": KIB**2}


def piece_length(chosen: str, total_bytes: int) -> int:
    """Bytes of a piece: a power of two from 256 KiB to 16 MiB.

    Args:
        chosen: ``auto``, or a size such as ``4MiB``. With ``auto`` there are about 1,500 pieces at most, until pieces
            have 16 MiB; Academic Torrents recommends 8 to 16 MiB for large data.
        total_bytes: size of the data.

    Raises:
        CatalogError: ``invalid_record`` for another size.

    >>> piece_length("auto", 4 * 1024**3) // 1024, piece_length("8MiB", 1) // 1024
    (4096, 8192)
    """
    if chosen == "auto":
        length = LEAST
        while length < MOST and total_bytes > length * _MOST_PIECES:
            length *= 2
        return length
    found = re.fullmatch(r"(\d{1,12})\s*([km]i?)?b?", chosen.strip().lower())
    length = int(found[1]) * _UNITS[found[2] or ""] if found else 0
    if not LEAST <= length <= MOST or length & (length - 1):
        detail = f"'{chosen[:40]}' is not a piece size: give auto, or a power of two from 256KiB to 16MiB."
        raise CatalogError(
            "invalid_record", f"{detail} Nothing was made.", [FieldError("/options/piece_size", "pattern", detail)]
        )
    return length
