"""Catalog datasets of a computing centre on the Hugging Face Hub, from JupyterLab or the command line.

>>> from huggingnersc_lab import Catalog, DatasetRecord, Site
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from huggingnersc_lab._version import __version__

if TYPE_CHECKING:
    from huggingnersc_lab.catalog import Catalog
    from huggingnersc_lab.errors import CatalogError, FieldError
    from huggingnersc_lab.record.model import Author, DatasetRecord
    from huggingnersc_lab.sites import Site

__all__ = ["Author", "Catalog", "CatalogError", "DatasetRecord", "FieldError", "Site", "__version__"]

# Imported on first use: loading the Jupyter server extension should not import what is not needed yet.
_HOMES = {
    "Author": "huggingnersc_lab.record.model",
    "Catalog": "huggingnersc_lab.catalog",
    "CatalogError": "huggingnersc_lab.errors",
    "DatasetRecord": "huggingnersc_lab.record.model",
    "FieldError": "huggingnersc_lab.errors",
    "Site": "huggingnersc_lab.sites",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def _jupyter_labextension_paths() -> list[dict[str, str]]:
    """Tell JupyterLab where the built front end is."""
    return [{"src": "labextension", "dest": "huggingnersc-lab"}]


def _jupyter_server_extension_points() -> list[dict[str, Any]]:
    """Tell Jupyter Server which application to load."""
    from huggingnersc_lab.app import HuggingNERSC

    return [{"module": "huggingnersc_lab.app", "app": HuggingNERSC}]
