"""Loader notebooks as people get them: files of their own, never in the place of another."""

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
"""Under this key of its metadata a copy remembers its original: ``{"name": nickname, "digest": digest}``."""

_MOST_COPIES = 1000


def copy_of(notebook: bytes, name: str) -> bytes:
    """A loader notebook as people get it: it remembers its original, so that a newer one can be offered.

    Args:
        notebook: the original; what is no notebook is copied as it is.
        name: nickname of its dataset.
    """
    try:
        document = json.loads(notebook)
        document["metadata"][METADATA_KEY] = {"name": name, "digest": etag_of(notebook)}
        # As nbformat writes it.
        return (json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
    except (ValueError, LookupError, TypeError, RecursionError):
        return notebook


def loader_copy(catalog: Catalog, name: str) -> tuple[str, bytes]:
    """File name and content of a copy of a dataset's loader notebook; raises ``not_found`` where it has none."""
    stored = catalog.store.open(name)
    file_name = Entry(stored.record, catalog.site).notebook_name
    content = stored.file(file_name)
    if content is None:
        raise CatalogError("not_found", f"'{name}' has no loader notebook in {stored.folder}. Nothing was written.")
    return file_name, copy_of(content, name)


def write_into(locations: Locations, folder: str, file_name: str, content: bytes) -> str:
    """Write a file into a folder of the file browser's (contents paths, both ways); see :func:`write_beside`."""
    with _errors():
        path, written = locations.create(folder, _names(file_name), content, "folder")
    return written if written is not None else _full(path)


def write_beside(folder: Path, file_name: str, content: bytes) -> Path:
    """Write a file under its name, or with a number behind it where there is one already: ``iris_loader-1.ipynb``.

    Args:
        folder: where to.
        file_name: the name wanted.
        content: what it holds.

    Raises:
        CatalogError: ``forbidden`` where the folder may not be written to, ``storage`` where it cannot.
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
    detail = f"'{folder}' holds {_MOST_COPIES} copies already. Nothing was written: choose another folder."
    raise CatalogError("conflict", detail)
