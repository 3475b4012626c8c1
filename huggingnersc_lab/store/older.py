"""Reading an older catalog that is brought in: a tree of folders that others may write to, as into this one."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.store import tree
from huggingnersc_lab.store.files import storage_errors

_DEEPEST = 32
"""Folders below so many others are not looked into."""

_MOST_NAMES = 100_000


def find_files(root: Path, suffix: str) -> list[tuple[str, ...]]:
    """Where the files are whose names end so, as the parts of their paths below the root; no link is followed.

    Raises:
        CatalogError: ``not_found`` when there is no such folder, ``forbidden`` or ``storage`` when it cannot be listed.
    """
    try:
        with storage_errors(f"look through '{root}'"), tree.open_root(str(root)) as above:
            return sorted(_found(above, suffix))
    except CatalogError as err:
        if err.code != "not_found":
            raise
        raise CatalogError("not_found", f"'{root}' is not a folder. Nothing was imported.") from err


def _found(above: int, suffix: str) -> Iterator[tuple[str, ...]]:
    for folder, below, names, _ in os.fwalk(".", dir_fd=above):
        parts = Path(folder).parts
        if len(parts) >= _DEEPEST:
            below.clear()
        yield from ((*parts, name) for name in names if name.endswith(suffix))


def names_in(root: Path, parts: Sequence[str], suffix: str) -> list[str]:
    """The names in a folder below the root that end so, sorted; raises like :func:`read_older`."""
    with _told(root, parts), tree.pass_to(str(root), parts) as passed:
        if passed is None:
            return []
        folder = os.open(".", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC, dir_fd=passed)
        try:
            return [name for name in tree.names_at(folder, _MOST_NAMES) if name.endswith(suffix)]
        finally:
            os.close(folder)


def read_older(root: Path, parts: Sequence[str], names: Sequence[str]) -> dict[str, bytes]:
    """Some files of a folder below the root; those that are not there are left out.

    Raises:
        CatalogError: ``invalid_record`` for what is no plain file, ``forbidden`` for what may not be read.
    """
    with _told(root, parts):
        return tree.read_files(str(root), parts, names) or {}


@contextmanager
def _told(root: Path, parts: Sequence[str]) -> Iterator[None]:
    folder = root.joinpath(*parts)
    try:
        with storage_errors(f"read '{folder}'"):
            yield
    except tree.UnsafeError as err:
        raise CatalogError("invalid_record", f"'{folder}' was left out: {err}.") from err
