"""The digests that one read of the data gives."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from typing import Final, Protocol

from huggingnersc_lab.errors import CatalogError, FieldError

RANGE_BYTES: Final = 64 * 2**20
"""BLAKE3 digests of byte ranges of this size are always kept, for the fingerprint and for ``verify-data --part``."""

ALGORITHMS: Final = ("md5", "sha256", "blake3")
"""Digests of whole files that can be asked for; ``blake3`` is what ``b3sum`` prints."""


class Hasher(Protocol):
    """What computes one digest."""

    def update(self, data: memoryview, /) -> object:
        """Take in more bytes."""

    def digest(self) -> bytes:
        """The digest of what was taken in."""


def sha1() -> Hasher:
    """SHA-1, of a torrent's pieces."""
    return hashlib.sha1(usedforsecurity=False)


def blake3() -> Hasher:
    """BLAKE3."""
    from blake3 import blake3 as new

    return new()


def _md5() -> Hasher:
    return hashlib.md5(usedforsecurity=False)


HASHERS: Final[dict[str, Callable[[], Hasher]]] = {"md5": _md5, "sha256": hashlib.sha256, "blake3": blake3}


def chosen(algorithms: Iterable[str]) -> tuple[str, ...]:
    """Algorithms in the order of :data:`ALGORITHMS`, each once.

    Raises:
        CatalogError: ``invalid_record`` for one that is not known.
    """
    asked = set(algorithms)
    if unknown := sorted(asked - set(ALGORITHMS)):
        detail = f"There is no digest '{unknown[0]}'. Use one of {', '.join(ALGORITHMS)}. Nothing was read."
        raise CatalogError("invalid_record", detail, [FieldError("/algorithms", "unknown_value", detail)])
    return tuple(name for name in ALGORITHMS if name in asked)


def ranges_of(size: int) -> int:
    """How many ranges a file has; an empty file has one."""
    return max(1, -(-size // RANGE_BYTES))
