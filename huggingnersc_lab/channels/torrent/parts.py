"""The parts of a dataset that get a torrent each."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from huggingnersc_lab.channels.base import Dataset
from huggingnersc_lab.channels.torrent.metainfo import Metainfo
from huggingnersc_lab.channels.torrent.piece_size import piece_length
from huggingnersc_lab.checksums import Manifest, Progress, digest_tree, walk
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.private_files import own_folder, storage_errors

_NAMED = 5


@dataclass(frozen=True)
class Part:
    """A file or folder that becomes a torrent.

    Attributes:
        root: where it is.
        label: its path in the data; empty if it is all of it.
    """

    root: Path
    label: str = ""


@dataclass(frozen=True)
class Hashed:
    """A part whose pieces are known.

    Attributes:
        part: the part.
        metainfo: the torrent, without addresses.
        fingerprint: of its data.
    """

    part: Part
    metainfo: Metainfo
    fingerprint: str | None


def parts_of(data: Path, *, split: bool) -> list[Part]:
    """All of the data, or each file and folder in it by itself.

    Raises:
        CatalogError: ``not_found`` or ``forbidden`` if it cannot be listed.
    """
    if not split or not data.is_dir():
        return [Part(data)]
    with storage_errors(f"list '{data}'"):
        names = sorted(os.fsencode(name) for name in os.listdir(data))  # noqa: PTH208 - names as bytes sort
    return [Part(data / os.fsdecode(name), os.fsdecode(name)) for name in names]


def hash_part(
    part: Part, folder: Path, chosen: str, threads: int | None, on_progress: Callable[[Progress], None]
) -> Hashed:
    """Read a part and compute its pieces. What was computed before, and has not changed, is not read again.

    The files are in the order of their paths, compared byte by byte, so that the same data gives the same infohash.

    Args:
        part: the part.
        folder: where its manifest is kept.
        chosen: piece size; see :func:`~huggingnersc_lab.channels.torrent.piece_size.piece_length`.
        threads: threads that compute; one for each processor if None.
        on_progress: told how far it is.

    Raises:
        CatalogError: ``invalid_record`` for names that no torrent can hold, ``conflict`` for files that cannot be read
            or changed meanwhile, and what :func:`digest_tree` raises.
    """
    files = list(walk(part.root))
    if not sum(file.size for file in files):
        raise CatalogError("invalid_record", f"There is no data in '{part.root}', so there is nothing to share.")
    name = _text(part.root.resolve().name.encode("utf-8", "surrogateescape"))
    paths = [_path(file.path) for file in files]
    length = piece_length(chosen, sum(file.size for file in files))
    outcome = digest_tree(
        part.root, Manifest(folder), files=files, piece_length=length, threads=threads, on_progress=on_progress
    )
    if outcome.pieces is None:
        listed = "; ".join(f"{os.fsdecode(one.path)}: {one.detail}" for one in outcome.problems[:_NAMED])
        detail = f"Not all files could be read: {listed}. Nothing was made; what was read is kept for the next time."
        raise CatalogError("conflict", detail)
    is_file = part.root.is_file()
    entries = tuple((() if is_file else path, file.size) for path, file in zip(paths, files, strict=True))
    return Hashed(part, Metainfo(name, entries, length, outcome.pieces), outcome.summary.fingerprint)


def manifest_folder(dataset: Dataset, part: Part) -> Path:
    """Where the manifest of a part is kept: each part has one of its own, since its pieces begin with it."""
    key = hashlib.sha256(os.fsencode(part.root)).hexdigest()[:16]
    return own_folder("checksums") / "torrents" / f"{dataset.name}-{key}"


def _path(raw: bytes) -> tuple[str, ...]:
    return tuple(_text(part) for part in raw.split(b"/"))


def _text(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError as err:
        shown = raw.decode("utf-8", "backslashreplace")
        detail = f"The name '{shown}' is not UTF-8, which torrents need. Nothing was made: rename it first."
        raise CatalogError("invalid_record", detail) from err
