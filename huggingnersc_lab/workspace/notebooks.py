"""Copies of loader notebooks for users: files of their own, which never replace others."""

from __future__ import annotations

import json
import os
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.private_files import storage_errors
from huggingnersc_lab.render.entry import Entry
from huggingnersc_lab.store.entry import etag_of
from huggingnersc_lab.workers.operations import create_file

if TYPE_CHECKING:
    from huggingnersc_lab.catalog import Catalog
    from huggingnersc_lab.workspace.locations import Locations

METADATA_KEY = "huggingnersc_lab"
"""Metadata key under which a copy records its original: ``{"name": nickname, "digest": digest}``."""

_MOST_COPIES = 1000


def copy_of(notebook: bytes, name: str) -> bytes:
    """A copy of a loader notebook that records its original, so that a newer version can be offered.

    Args:
        notebook: the original; copied unchanged if it is not a notebook.
        name: nickname of its dataset.
    """
    try:
        document = json.loads(notebook)
        document["metadata"][METADATA_KEY] = {"name": name, "digest": etag_of(notebook)}
        # The same layout as nbformat's.
        return (json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
    except (ValueError, LookupError, TypeError, RecursionError):
        return notebook


def loader_copy(catalog: Catalog, name: str) -> tuple[str, bytes]:
    """File name and content of a copy of a dataset's loader notebook; raises ``not_found`` if it has none."""
    stored = catalog.store.open(name)
    file_name = Entry(stored.record, catalog.site).notebook_name
    content = stored.file(file_name)
    if content is None:
        raise CatalogError("not_found", f"'{name}' has no loader notebook in {stored.folder}. Nothing was written.")
    return file_name, copy_of(content, name)


def write_into(locations: Locations, folder: str, file_name: str, content: bytes) -> str:
    """Write a file to a folder (contents paths, both ways); see :func:`write_beside`."""
    with _errors():
        path, written = locations.create(folder, _names(file_name), content, "folder")
    return written if written is not None else _full(path)


def write_beside(folder: Path, file_name: str, content: bytes) -> Path:
    """Write a file under its name, or with a number appended if the name is taken: ``iris_loader-1.ipynb``.

    Args:
        folder: the folder.
        file_name: the preferred name.
        content: its content.

    Raises:
        CatalogError: ``forbidden`` if the folder is not writable, ``storage`` if writing fails.
    """
    with _errors():
        name = create_file(os.path.realpath(folder), _names(file_name), content)
    return folder / (name if name is not None else _full(str(folder)))


def _names(file_name: str) -> list[str]:
    stem, suffix = os.path.splitext(file_name)  # noqa: PTH122 - of a name, not of a path
    return [file_name, *(f"{stem}-{number}{suffix}" for number in range(1, _MOST_COPIES))]


def _errors() -> AbstractContextManager[None]:
    return storage_errors("write the notebook", "Nothing was overwritten.")


def _full(folder: str) -> NoReturn:
    detail = f"'{folder}' already contains {_MOST_COPIES} copies. Nothing was written: choose another folder."
    raise CatalogError("conflict", detail)
