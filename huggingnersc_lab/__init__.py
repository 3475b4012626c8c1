"""Catalog datasets of a computing centre on the Hugging Face Hub."""

from __future__ import annotations

from typing import Any

from huggingnersc_lab._version import __version__

__all__ = ["__version__"]


def _jupyter_labextension_paths() -> list[dict[str, str]]:
    """Tell JupyterLab where the built front end lies."""
    return [{"src": "labextension", "dest": "huggingnersc-lab"}]


def _jupyter_server_extension_points() -> list[dict[str, Any]]:
    """Tell Jupyter Server which application to load."""
    from huggingnersc_lab.app import HuggingNERSC

    return [{"module": "huggingnersc_lab.app", "app": HuggingNERSC}]
